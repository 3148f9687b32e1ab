#pragma once

#include <optional>
#include <string>

#include "cli/program.h"
#include "deploy/agents.h"
#include "deploy/registration.h"
#include "trust/installation.h"

/// What `install`, `settings` and `doctor` share.
namespace belay::cli {

/// Stops with ExitCode::usage for an agent that belay cannot be registered with.
[[nodiscard]] const deploy::AgentSettings& agent_or_stop(const std::string& name);
/// `observe` or `enforce`; stops otherwise.
[[nodiscard]] deploy::Profile profile_or_stop(const std::string& name);

/// `given`, made sure that agents can start it from any folder; empty: this program, by the kernel.
[[nodiscard]] std::string program_or_stop(const std::string& given);

/// The policy file that says the mode.
[[nodiscard]] std::string mode_file(const trust::Installation& installation);

/// The new text of the policy file `file` for `profile`; nothing when it says so already. Stops when the file is not one that could be
/// changed safely.
[[nodiscard]] std::optional<std::string> policy_with_mode_or_stop(const std::string& file, deploy::Profile profile);

}  // namespace belay::cli
