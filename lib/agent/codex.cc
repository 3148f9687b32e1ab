#include <array>

#include "agent/protocol.h"

/// Codex CLI: https://developers.openai.com/codex/hooks; answers as measured with 0.169.0. Its reader of answers is closed: one key more
/// than the three of a denial, or any decision but `deny`, and the tool runs.
namespace belay::agent {

namespace {

using model::Event;

constexpr auto kTools = std::to_array<Tool>({
    {"Bash", Shape::shell, "command"},
    {"shell", Shape::shell, "command"},
    {"local_shell", Shape::shell, "command"},
    {"exec_command", Shape::shell, "cmd command"},
    {"apply_patch", Shape::patch, "command input patch"},
    {"view_image", Shape::read, "path"},
    {"create_goal"}, {"get_goal"}, {"update_goal"}, {"update_plan"}, {"request_user_input"}, {"web_search"},
});

constexpr auto kEvents = std::to_array<EventName>({
    {"PreToolUse", Event::tool}, {"PermissionRequest", Event::permission},
    {"PostToolUse"}, {"UserPromptSubmit"}, {"SessionStart"}, {"SessionEnd"}, {"Stop"}, {"SubagentStart"}, {"SubagentStop"},
    {"PreCompact"}, {"PostCompact"}, {"Notification"},
});

}  // namespace

const Protocol& codex() {
  static constexpr Protocol kProtocol{
      model::Agent::codex,
      {"hook_event_name", "tool_name", "tool_input", "session_id", "tool_use_id", "agent_id", "permission_mode"},
      kEvents, kTools, mcp_double_underscore, Asking::never, false, true, nested_decision, nested_permission};
  return kProtocol;
}

}  // namespace belay::agent
