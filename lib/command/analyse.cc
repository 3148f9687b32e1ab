#include "command/analyse.h"

#include "command/evaluator.h"
#include "command/tools.h"

namespace belay::command {

model::Analysis analyse(const model::Call& call, const World& world, std::span<const image::View* const> knowledge,
                        const Limits& limits) {
  const Text cwd = call.cwd.empty() ? Text::hole(model::HoleTrait::any) : Text(call.cwd);
  Evaluator evaluator(world, knowledge, limits, cwd);
  for (const model::Action& action : call.actions) apply_action(action, cwd, evaluator);
  return evaluator.take();
}

}  // namespace belay::command
