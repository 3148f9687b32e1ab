#pragma once

#include <optional>
#include <span>

#include "model/text.h"

/// What find(1) prints: paths below where it starts, one a line.
namespace belay::command {

/// `args` are those after the program's name. A starting point that the tests may leave in is a line of its own; what is found below it is
/// one line with a hole; so it is with `-print0`, since no text can hold a NUL. Nothing when the expression prints otherwise (`-printf`, `-ls`) or the tests cannot be read.
[[nodiscard]] std::optional<model::Text> find_output(std::span<const model::Text> args);

}  // namespace belay::command
