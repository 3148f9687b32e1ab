#pragma once

#include <vector>

#include "command/program/effects.h"

namespace belay::command::program {

/// The arguments that `env -S` makes of a string (GNU coreutils manual, "env invocation"): blanks and `\_` set them apart, `${NAME}` is a variable
/// of the environment, `\c` ends the string, and `#` at the beginning of a word does too.
[[nodiscard]] std::vector<Text> split_string(const Text& text, const Effects& effects);

}  // namespace belay::command::program
