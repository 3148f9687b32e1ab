#pragma once

#include <string>
#include <vector>

#include "deploy/registration.h"

/// What an administrator deploys to many machines.
namespace belay::deploy {

struct Document {
  std::string text;
  std::vector<std::string> notes;  ///< where it goes, what it needs; for people
};

/// Managed settings of the agent. Profile::enforce also shuts what switches the hook off; Profile::observe leaves everything else of the
/// agent as users have it.
[[nodiscard]] Document managed_document(const AgentSettings& agent, const Hook& hook);

}  // namespace belay::deploy
