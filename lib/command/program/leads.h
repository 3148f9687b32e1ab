#pragma once

#include <string_view>

#include "command/program/effects.h"

namespace belay::command::program {

/// Line languages in which some first words are followed by a command: debuggers, pagers, terminals, consoles (`gdb`, `tcl`, `roff`, `lf` …).
[[nodiscard]] bool is_led(std::string_view language);
void read_led(std::string_view language, const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
