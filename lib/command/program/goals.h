#pragma once

#include <vector>

#include "command/invocation.h"

namespace belay::command::program {

/// A rule of a Makefile, a recipe of a justfile: what it makes, what has to be made before, and its commands.
struct Recipe {
  std::vector<Text> targets;
  std::vector<Text> needs;
  std::vector<Text> lines;
};

/// Which of the recipes a call with these goals may run, in the order in which they are written (GNU make manual, "How make Processes a Makefile"): those of the goals and of
/// what they need; without a goal, of the first target that is one. Patterns (`%.o`) and names with a leading dot may stand for anything and always count, and where a goal
/// or a need is not known, everything does.
[[nodiscard]] std::vector<const Recipe*> of_goals(const std::vector<Recipe>& recipes, std::vector<Text> goals);

}  // namespace belay::command::program
