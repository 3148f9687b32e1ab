#pragma once

#include "command/program/effects.h"

/// Files of recipes that a program is given with its call. `words` are the operands of the call: goals (see goals.h) and `NAME=value`.
namespace belay::command::program {

/// make(1): `$(shell cmd)` and `VAR != cmd` run when the file is read, recipe lines when their target is made.
void read_makefile(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& words);
/// just(1): indented lines are recipes, a backtick runs when the file is read.
void read_justfile(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& words);
/// Dockerfile(5): RUN, in the container that is being built.
void read_dockerfile(const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
