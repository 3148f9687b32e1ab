#pragma once

#include <array>
#include <string>
#include <string_view>

#include "child.h"

/// Agents, as far as a hook meets them: what they send before a command runs, and what of an answer stops it. The rules are measured with the
/// real programs (docs/agents.md): a table of what each of them does with exit codes, output that is cut off, and shapes that are not its own.
namespace belay::faults {

struct Agent {
  std::string_view name;
  std::string_view before;  ///< the payload up to the command, in JSON
  std::string_view after;
  std::string_view prompt;  ///< the same agent's payload of an event that no call follows
  std::string_view denial;  ///< what its denial on stdout begins with
  bool (*stops)(const Agent& agent, const End& end);
};

extern const std::array<Agent, 5> kAgents;

/// A call of a shell command. `command` is the inside of a JSON string.
[[nodiscard]] std::string call(const Agent& agent, std::string_view command);
/// Whether this agent would not run the tool after its hook ended so.
[[nodiscard]] bool stops(const Agent& agent, const End& end);
/// Whether none would, whichever it is.
[[nodiscard]] bool stops_everywhere(const End& end);

}  // namespace belay::faults
