#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/shells/script.h"

namespace belay::command::shells {

/// What stands between `function` and the end of its line.
struct FunctionHead {
  std::string name;
  std::vector<std::string> arguments;  ///< names of `--argument-names`
  std::string event;                   ///< of `--on-event`
  bool handles = false;  ///< something else than a call may start it: an event, a signal, a variable, a process that ends
};
[[nodiscard]] FunctionHead read_function_head(Script& in);

}  // namespace belay::command::shells
