#pragma once

#include <string_view>

#include "command/program/effects.h"

namespace belay::command::program {

/// Code that is a list of commands: of vi, debuggers, expect, make, crontab and shells other than sh. Scripting languages are read in
/// command/inline. Any other language has no effect. `parameters` are the operands of the call.
void apply_commands(std::string_view language, const Text& code, const Change& change, Effects& effects, const std::vector<Text>& parameters);

/// awk and jq: what their code takes out of the environment is printed.
void run_environment_printers(std::string_view language, const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
