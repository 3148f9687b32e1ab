#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/call.h"

namespace belay::cli {

struct HookOptions {
  model::Agent agent = model::Agent::unknown;  ///< --agent; unknown: as the payload says
  std::vector<std::string> policy;             ///< --policy
};

/// Reads `belay [--policy PATH]… hook [--agent NAME] [--policy PATH]…`. By hand: a library that may print, throw or exit has no place before
/// an answer. Errc::invalid for anything else, `--help` included: there is no exit code that could say it.
[[nodiscard]] base::Result<HookOptions> read_hook_options(std::span<char* const> arguments);

}  // namespace belay::cli
