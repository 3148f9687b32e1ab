#include <array>

#include "agent/protocol.h"

/// Agents that belay has no dialect for (Cursor, Windsurf, VS Code, Cline, Qwen, Droid, Kiro …): their calls are read as far as common
/// names go and otherwise by every string they hold; a refusal is text on stderr and exit 2, which all but a few of them honour.
namespace belay::agent {

namespace {

using model::Event;

constexpr auto kTools = std::to_array<Tool>({
    {"Bash", Shape::shell, "command"}, {"bash", Shape::shell, "command"}, {"Shell", Shape::shell, "command"},
    {"shell", Shape::shell, "command"}, {"Execute", Shape::shell, "command"}, {"execute_command", Shape::shell, "command"},
    {"execute_bash", Shape::shell, "command"}, {"run_shell_command", Shape::shell, "command"},
    {"run_in_terminal", Shape::shell, "command"}, {"run_terminal_command", Shape::shell, "command"},
    {"run_terminal_cmd", Shape::shell, "command"}, {"run_command", Shape::shell, "command"},
    {"PowerShell", Shape::powershell, "command"},
    {"Read", Shape::read, "file_path path filePath"}, {"read_file", Shape::read, "file_path path filePath"},
    {"Write", Shape::write, "file_path path filePath", "content file_text"},
    {"write_file", Shape::write, "file_path path filePath", "content"},
    {"create_file", Shape::write, "file_path path filePath", "content"},
    {"Edit", Shape::write, "file_path path filePath", "new_string new_str newString"},
    {"MultiEdit", Shape::edits, "file_path path filePath", "new_string newString"},
    {"replace_string_in_file", Shape::write, "filePath", "newString"},
    {"apply_patch", Shape::patch, "input patch command"}, {"ApplyPatch", Shape::patch, "input patch command"},
    {"Glob", Shape::find_names, "path", "pattern"}, {"Grep", Shape::find_text, "path", "glob"},
    {"WebFetch", Shape::fetch, "url"},
    {"TodoWrite"}, {"WebSearch"}, {"Agent"}, {"Task"},
});

constexpr auto kEvents = std::to_array<EventName>({
    {"PreToolUse", Event::tool}, {"preToolUse", Event::tool}, {"pre_tool_use", Event::tool}, {"BeforeTool", Event::tool},
    {"beforeShellExecution", Event::tool}, {"beforeMCPExecution", Event::tool}, {"beforeReadFile", Event::tool},
    {"pre_run_command", Event::tool}, {"pre_read_code", Event::tool}, {"pre_write_code", Event::tool}, {"pre_mcp_tool_use", Event::tool},
    {"PermissionRequest", Event::permission}, {"permissionRequest", Event::permission},
    {"PostToolUse"}, {"postToolUse"}, {"post_tool_use"}, {"PostToolUseFailure"}, {"postToolUseFailure"}, {"PostToolBatch"},
    {"PermissionDenied"}, {"AfterTool"}, {"afterShellExecution"}, {"afterMCPExecution"}, {"afterFileEdit"}, {"post_run_command"},
    {"post_read_code"}, {"post_write_code"}, {"post_mcp_tool_use"},
});

}  // namespace

const Protocol& foreign() {
  static constexpr Protocol kProtocol{
      model::Agent::unknown,
      {"hook_event_name hookEventName agent_action_name hookName event", "tool_name toolName", "tool_input toolInput toolArgs",
       "session_id sessionId conversation_id", "tool_use_id tool_call_id", "agent_id agentId", "permission_mode permissionMode"},
      kEvents, kTools, mcp_double_underscore, Asking::never, false, true, nullptr, nullptr};
  return kProtocol;
}

}  // namespace belay::agent
