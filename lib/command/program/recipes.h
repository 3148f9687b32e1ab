#pragma once

#include "command/program/effects.h"

/// Files of recipes that a program is given with its call: which target is made is not told apart, every recipe counts.
namespace belay::command::program {

/// make(1): `$(shell cmd)` and `VAR != cmd` run when the file is read, recipe lines when their target is made.
void read_makefile(const Text& code, const Change& change, Effects& effects);
/// just(1): indented lines are recipes, a backtick runs when the file is read.
void read_justfile(const Text& code, const Change& change, Effects& effects);
/// Dockerfile(5): RUN, in the container that is being built.
void read_dockerfile(const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
