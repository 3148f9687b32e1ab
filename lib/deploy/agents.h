#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/call.h"

/// Where and in which form each agent is told of its hook: facts about other people's programs, one row each. Measured with Claude Code
/// 2.1.197, Codex CLI 0.169.0, Gemini CLI 0.61.0 and Copilot CLI 1.0.102.
namespace belay::deploy {

/// How an agent starts the command.
enum class Start : std::uint8_t {
  exec,   ///< `command` is a program, `args` its arguments: no shell that the environment could take over
  shell,  ///< one string for a shell
};

struct AgentSettings {
  model::Agent agent = model::Agent::unknown;
  std::string_view name;            ///< as --agent takes it
  std::string_view title;           ///< for people
  std::string_view folder;          ///< below the home: is there when the agent was ever used
  std::string_view user_file;       ///< below the home
  std::string_view project_files;   ///< below the project's root, blank separated; read for switches, never run
  std::string_view managed_file;    ///< absolute; empty: none is known
  std::string_view managed_folder;  ///< of further *.json; empty: none
  std::string_view event;           ///< that comes before a tool call
  bool grouped = true;              ///< handlers lie in groups with a `matcher`
  bool own_file = false;            ///< the user file holds nothing but our hook
  Start start = Start::shell;
  std::string_view shell;  ///< the shell and its options, blank separated, as the agent starts it
  std::string_view command_key;
  std::string_view timeout_key;
  std::uint64_t timeout = 0;           ///< ten seconds in the agent's unit; belay answers within one (its own deadline)
  std::string_view fail_closed_since;  ///< first version that knows `onFailure`; empty: a shell form has to say `|| exit 2`
  std::string_view moved_by;           ///< variable that moves the user file elsewhere
  std::string_view managed_moved_by;   ///< the same of the managed file
  std::string_view verdict_path;       ///< where the answer holds `deny`, components separated by `/`
  std::string_view shell_tool;         ///< name of the tool that runs shell text
};

[[nodiscard]] std::span<const AgentSettings> all_agents();
/// Null for an agent that belay cannot be registered with.
[[nodiscard]] const AgentSettings* settings_of(model::Agent agent);

}  // namespace belay::deploy
