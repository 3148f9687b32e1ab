#pragma once

#include <span>

#include "command/program/effects.h"

namespace belay::command::program {

/// What a program without knowledge seems to start: its operands from the first on that names a known program (`wrapper rm -rf x`), and
/// code behind the options that by convention take some (`-c 'rm -rf x'`). Nobody says that it does, so the effects are guesses: a rule
/// that forbids them asks.
void guess_commands(std::span<const Text> arguments, Effects& effects);

/// The command without its first undeclared options and what follows each, as soon as the subcommand words are others then: `tool --context live app delete`
/// may delete. It is a guess as well.
void guess_option_value(const Reading& reading, Effects& effects);

}  // namespace belay::command::program
