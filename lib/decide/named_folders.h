#pragma once

#include <span>
#include <string>
#include <vector>

#include "decide/judge.h"

namespace belay::decide {

/// Folders where the files lie that `path` conditions name, the project and the working folder among them; each once. Where other names of a
/// file are worth looking for (base/other_names.h). Goes over every rule: only for calls that meet such a file.
[[nodiscard]] std::vector<std::string> named_folders(std::span<const Layer> layers, const path::Places& places);

}  // namespace belay::decide
