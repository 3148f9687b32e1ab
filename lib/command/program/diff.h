#pragma once

#include "command/program/effects.h"

namespace belay::command::program {

/// A patch in the unified format (diff(1), git-diff(1)): the files that it changes are written, and of those that it makes the text is known.
void apply_patch(const Text& diff, const Change& change, Effects& effects);

}  // namespace belay::command::program
