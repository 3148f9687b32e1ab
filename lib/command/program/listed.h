#pragma once

#include "command/program/effects.h"
#include "command/program/reader.h"

/// Programs that print names of files: `ls`, `rg --files`, `git ls-files`, `grep -l`.
namespace belay::command::program {

/// What the command prints, where that is nothing but such names (`lists`, `names` in docs/knowledge.md).
void print_listed(const Reading& reading, Effects& effects);

}  // namespace belay::command::program
