#include <array>

#include "agent/protocol.h"
#include "json/writer.h"

/// Claude Code: https://code.claude.com/docs/en/hooks; answers as measured with 2.1.197.
namespace belay::agent {

namespace {

using model::Event;

constexpr auto kTools = std::to_array<Tool>({
    {"Bash", Shape::shell, "command"},
    {"PowerShell", Shape::powershell, "command"},
    {"Monitor", Shape::shell, "command"},
    {"Monitor", Shape::fetch, "ws.url"},
    {"Read", Shape::read, "file_path"},
    {"Write", Shape::write, "file_path", "content"},
    {"Edit", Shape::write, "file_path", "new_string"},
    {"MultiEdit", Shape::edits, "file_path", "new_string"},
    {"NotebookRead", Shape::read, "notebook_path"},
    {"NotebookEdit", Shape::write, "notebook_path", "new_source"},
    {"Glob", Shape::find_names, "path", "pattern"},
    {"Grep", Shape::find_text, "path", "glob"},
    {"LS", Shape::list, "path"},
    {"WebFetch", Shape::fetch, "url"},
    {"WebSearch"}, {"Agent"}, {"Task"}, {"Skill"}, {"SlashCommand"}, {"ToolSearch"},
    {"TodoWrite"}, {"TodoRead"}, {"TaskCreate"}, {"TaskUpdate"}, {"TaskList"}, {"TaskGet"}, {"TaskOutput"}, {"TaskStop"},
    {"BashOutput"}, {"KillShell"}, {"AgentOutputTool"}, {"AskUserQuestion"}, {"EnterPlanMode"}, {"ExitPlanMode"},
    {"CronList"}, {"ListMcpResourcesTool"}, {"ReportFindings"}, {"LSP"},
});

constexpr auto kEvents = std::to_array<EventName>({
    {"PreToolUse", Event::tool}, {"PermissionRequest", Event::permission},
    {"PermissionDenied"}, {"PostToolUse"}, {"PostToolUseFailure"}, {"PostToolBatch"}, {"UserPromptSubmit"}, {"UserPromptExpansion"},
    {"SessionStart"}, {"SessionEnd"}, {"Setup"}, {"ConfigChange"}, {"SubagentStart"}, {"SubagentStop"}, {"Stop"}, {"StopFailure"},
    {"Notification"}, {"PreCompact"}, {"PostCompact"}, {"TaskCreated"}, {"TaskCompleted"}, {"TeammateIdle"}, {"CwdChanged"},
    {"DirectoryAdded"}, {"FileChanged"}, {"InstructionsLoaded"}, {"WorktreeCreate"}, {"WorktreeRemove"}, {"Elicitation"},
    {"ElicitationResult"}, {"MessageDisplay"}, {"PreModelSwitch"}, {"PostModelSwitch"},
});

}  // namespace

std::vector<std::string> mcp_double_underscore(std::string_view tool, json::Value) {
  constexpr std::string_view kPrefix = "mcp__";
  if (!tool.starts_with(kPrefix)) return {};
  tool.remove_prefix(kPrefix.size());
  const std::size_t end = tool.find("__");
  if (end == std::string_view::npos) return {"mcp:" + std::string(tool) + "/"};
  return {"mcp:" + std::string(tool.substr(0, end)) + "/" + std::string(tool.substr(end + 2))};
}

std::string nested_decision(Word word, std::string_view reason) {
  std::string out;
  json::Writer(out).begin_object().key("hookSpecificOutput").begin_object()
      .field("hookEventName", "PreToolUse").field("permissionDecision", name_of(word)).field("permissionDecisionReason", reason)
      .end_object().end_object();
  return out;
}

std::string nested_permission(Word word, std::string_view reason) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object().key("hookSpecificOutput").begin_object().field("hookEventName", "PermissionRequest");
  writer.key("decision").begin_object().field("behavior", name_of(word));
  if (word == Word::deny) writer.field("message", reason);
  writer.end_object().end_object().end_object();
  return out;
}

const Protocol& claude() {
  static constexpr Protocol kProtocol{
      model::Agent::claude,
      {"hook_event_name", "tool_name", "tool_input", "session_id", "tool_use_id", "agent_id", "permission_mode"},
      kEvents, kTools, mcp_double_underscore, Asking::always, true,
      false,  // exit 2 on PermissionRequest is not honoured
      nested_decision, nested_permission};
  return kProtocol;
}

}  // namespace belay::agent
