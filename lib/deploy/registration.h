#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "deploy/agents.h"
#include "json/tree.h"

/// Our hook in an agent's settings: put in, taken out, found. Nothing else of the settings is touched.
namespace belay::deploy {

enum class Profile : std::uint8_t {
  observe,  ///< a hook that fails lets the call through, as the agent does by itself
  enforce,  ///< a hook that fails blocks, as far as the agent can be told so
};
[[nodiscard]] std::string_view name_of(Profile profile);

struct Hook {
  std::string program;  ///< absolute path of belay
  Profile profile = Profile::enforce;
};

/// The handler to register.
[[nodiscard]] json::Tree handler_of(const AgentSettings& agent, const Hook& hook);

/// Registers the hook for every tool, once: a registration of ours that meets every tool is replaced in its place, all others of ours
/// go. Whether anything changed. Errc::invalid when `hooks` is not what the agent's settings have there; `settings` may then be half changed.
[[nodiscard]] base::Result<bool> add_hook(json::Tree& settings, const AgentSettings& agent, const Hook& hook);

/// Takes every registration of ours out, with groups and lists that become empty by it. How many there were.
[[nodiscard]] base::Result<std::size_t> remove_hook(json::Tree& settings, const AgentSettings& agent);

/// One registration of belay in settings.
struct Registration {
  std::vector<std::string> argv;  ///< program first
  std::string shell;              ///< what the agent gives its shell; empty when it starts `argv` itself
  std::string matcher;            ///< the tools it is called for; empty for all
  bool background = false;        ///< the agent does not wait for the answer
  bool conditional = false;       ///< only for calls that a rule of the agent picks
  bool fails_closed = false;      ///< a failing hook blocks
  std::uint64_t timeout = 0;      ///< in the agent's unit; 0: not said
};
[[nodiscard]] std::vector<Registration> registrations(const json::Tree& settings, const AgentSettings& agent);

}  // namespace belay::deploy
