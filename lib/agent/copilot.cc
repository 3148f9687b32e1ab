#include <array>

#include "agent/protocol.h"
#include "json/writer.h"

/// GitHub Copilot CLI: https://docs.github.com/en/copilot/reference/hooks-reference; answers as measured with 1.0.102. The case of the
/// event's name in the settings decides the dialect: camelCase events bring camelCase payloads, PascalCase ones payloads that look
/// like Claude's but keep Copilot's input keys. permissionRequest is camelCase in both.
namespace belay::agent {

namespace {

using model::Event;

constexpr std::string_view kPath = "path file_path";
constexpr std::string_view kWritten = "file_text content new_str new_string diff";

constexpr auto kCamelTools = std::to_array<Tool>({
    {"bash", Shape::shell, "command"},
    {"powershell", Shape::powershell, "command"},
    {"write_bash", Shape::keystrokes, "input"},
    {"write_powershell", Shape::powershell, "input"},
    {"view", Shape::read, kPath},
    {"create", Shape::write, kPath, kWritten},
    {"edit", Shape::write, kPath, kWritten},
    {"write", Shape::write, kPath, kWritten},
    {"str_replace_editor", Shape::editor, kPath, kWritten},
    {"apply_patch", Shape::patch, "input patch command"},
    {"grep", Shape::find_text, "path", "glob"},
    {"rg", Shape::find_text, "path", "glob"},
    {"glob", Shape::find_names, "path", "pattern"},
    {"web_fetch", Shape::fetch, "url"},
    // Copilot's own to-do database, in memory.
    {"sql"},
    {"web_search"}, {"task"}, {"skill"}, {"read_bash"}, {"stop_bash"}, {"list_bash"}, {"read_powershell"}, {"stop_powershell"},
    {"list_powershell"}, {"list_agents"}, {"read_agent"}, {"ask_user"}, {"update_todo"}, {"report_intent"}, {"store_memory"},
    {"fetch_copilot_cli_documentation"}, {"exit_plan_mode"}, {"task_complete"},
});

constexpr auto kPascalTools = std::to_array<Tool>({
    {"Bash", Shape::shell, "command"},
    {"PowerShell", Shape::powershell, "command"},
    {"Read", Shape::read, kPath},
    {"Write", Shape::write, kPath, kWritten},
    {"Create", Shape::write, kPath, kWritten},
    {"Edit", Shape::write, kPath, kWritten},
    {"MultiEdit", Shape::edits, kPath, "new_str new_string"},
    {"Glob", Shape::find_names, "path", "pattern"},
    {"Grep", Shape::find_text, "path", "glob"},
    {"WebFetch", Shape::fetch, "url"},
    {"WebSearch"}, {"Agent"}, {"Task"}, {"Skill"}, {"TodoWrite"}, {"AskUserQuestion"},
});

constexpr auto kPascalAndCamel = [] {
  std::array<Tool, kPascalTools.size() + kCamelTools.size()> all{};
  std::size_t n = 0;
  for (const Tool& tool : kPascalTools) all[n++] = tool;
  for (const Tool& tool : kCamelTools) all[n++] = tool;
  return all;
}();

constexpr auto kCamelEvents = std::to_array<EventName>({
    {"preToolUse", Event::tool}, {"permissionRequest", Event::permission},
    {"sessionStart"}, {"sessionEnd"}, {"userPromptSubmitted"}, {"userPromptTransformed"}, {"postToolUse"}, {"postToolUseFailure"},
    {"agentStop"}, {"subagentStart"}, {"subagentStop"}, {"preCompact"}, {"errorOccurred"}, {"notification"}, {"Notification"},
});

constexpr auto kPascalEvents = std::to_array<EventName>({
    {"PreToolUse", Event::tool}, {"PermissionRequest", Event::permission},
    {"SessionStart"}, {"SessionEnd"}, {"UserPromptSubmit"}, {"UserPromptSubmitted"}, {"UserPromptTransformed"}, {"PostToolUse"},
    {"PostToolUseFailure"}, {"Stop"}, {"AgentStop"}, {"SubagentStart"}, {"SubagentStop"}, {"PreCompact"}, {"ErrorOccurred"},
    {"Notification"},
});

/// `server/tool` in a permission request, `server-tool` elsewhere, where both may hold a dash: every split is a name. Tools of Copilot
/// itself have no dash.
std::vector<std::string> mcp_names(std::string_view tool, json::Value) {
  constexpr std::size_t kMostSplits = 6;
  const auto named = [&](std::size_t at) { return "mcp:" + std::string(tool.substr(0, at)) + "/" + std::string(tool.substr(at + 1)); };
  if (const std::size_t slash = tool.find('/'); slash != std::string_view::npos) return {named(slash)};
  std::vector<std::string> out;
  for (std::size_t at = tool.find('-'); at != std::string_view::npos && out.size() < kMostSplits; at = tool.find('-', at + 1)) {
    if (at > 0 && at + 1 < tool.size()) out.push_back(named(at));
  }
  return out;
}

std::string flat_decision(Word word, std::string_view reason) {
  std::string out;
  json::Writer(out).begin_object().field("permissionDecision", name_of(word)).field("permissionDecisionReason", reason).end_object();
  return out;
}

/// Hooks registered in Claude's form are read in Claude's form, others flat; both places together are read either way.
std::string both_decisions(Word word, std::string_view reason) {
  std::string out = flat_decision(word, reason);
  out.back() = ',';
  return out + nested_decision(word, reason).substr(1);
}

std::string permission(Word word, std::string_view reason) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object().field("behavior", name_of(word));
  if (word == Word::deny) writer.field("message", reason);
  writer.end_object();
  return out;
}

}  // namespace

const Protocol& copilot() {
  static constexpr Protocol kProtocol{
      model::Agent::copilot,
      {"hookName hook_event_name", "toolName", "toolArgs toolInput", "sessionId", "toolCallId", "agentId agent_id", ""},
      kCamelEvents, kCamelTools, mcp_names, Asking::always, true, true, flat_decision, permission};
  return kProtocol;
}

const Protocol& copilot_pascal() {
  static constexpr Protocol kProtocol{
      model::Agent::copilot_pascal,
      {"hook_event_name", "tool_name", "tool_input", "session_id", "tool_use_id", "agent_id", ""},
      kPascalEvents, kPascalAndCamel, mcp_names, Asking::always, true, true, both_decisions, permission};
  return kProtocol;
}

}  // namespace belay::agent
