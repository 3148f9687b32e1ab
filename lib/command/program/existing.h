#pragma once

#include "command/program/effects.h"

namespace belay::command::program {

/// Is an operand of the role `existing` a file, so that it counts as one behind `--`? git(1): a name that a branch or tag has is that, and any other
/// that something lies under is a path.
[[nodiscard]] bool names_file(const Reading& reading, const Effects& effects);

}  // namespace belay::command::program
