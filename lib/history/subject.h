#pragma once

#include <string>

#include "model/call.h"

namespace belay::history {

/// What a call does, in one line as far as `most` bytes hold it: the command, the path, the URL …; nothing in it can harm a terminal.
[[nodiscard]] std::string subject_of(const model::Call& call, std::size_t most = 160);

}  // namespace belay::history
