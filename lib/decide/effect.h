#pragma once

#include <string>

#include "model/operation.h"

namespace belay::decide {

/// What an operation does, in plain words for whoever is refused it: "deletes /home/dev and everything below it". Printable, at most about
/// 200 bytes; never says how the command was spelt, nor anything out of a stored script but programs, paths and hosts.
[[nodiscard]] std::string effect_of(const model::Operation& op);

}  // namespace belay::decide
