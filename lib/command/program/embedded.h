#pragma once

#include <string_view>

#include "command/program/effects.h"

namespace belay::command::program {

/// Languages that are text with calls in it: macros of m4, TeX and rpm, actions of fzf, directives of configuration files. Only the calls
/// that run, read or write something are looked for, wherever they stand.
[[nodiscard]] bool is_embedded(std::string_view language);
void read_embedded(std::string_view language, const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
