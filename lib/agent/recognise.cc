#include <array>
#include <string_view>

#include "agent/protocol.h"

namespace belay::agent {

namespace {

using json::Value;
using model::Agent;

bool pascal_case(std::string_view s) { return !s.empty() && s.front() >= 'A' && s.front() <= 'Z'; }

bool has_string(Value p, std::string_view key) { return p[key].is_string(); }

bool path_has(Value p, std::string_view folder) { return p.string_at("transcript_path").find(folder) != std::string_view::npos; }

/// Agents that send what only they send, and that belay has no dialect for: Windsurf, Cursor, Antigravity, Cline, Grok,
/// Droid, Qwen, VS Code, Kimi.
bool certainly_foreign(Value p) {
  if (p["agent_action_name"] || p["cursor_version"] || p["conversation_id"]) return true;
  if (p["toolCall"] || p["clineVersion"] || p["preToolUse"]) return true;
  if (p["hookEventName"] || path_has(p, "/.qwen/") || path_has(p, "/.factory/")) return true;
  if (p.string_at("tool_use_id").find("__vscode-") != std::string_view::npos) return true;
  return p["tool_call_id"] && !p["transcript_path"];
}

bool gemini_event(std::string_view event) {
  constexpr std::array<std::string_view, 8> kOnlyGemini{"BeforeTool",  "AfterTool",  "BeforeAgent",         "AfterAgent",
                                                        "BeforeModel", "AfterModel", "BeforeToolSelection", "PreCompress"};
  for (const std::string_view name : kOnlyGemini) {
    if (event == name) return true;
  }
  return false;
}

bool codex_marks(Value p, std::string_view event) {
  const bool tool_event = event == "PreToolUse" || event == "PostToolUse" || event == "PermissionRequest";
  return p["turn_id"] || path_has(p, "/.codex/") || (tool_event && has_string(p, "model") && !p["timestamp"]);
}

bool claude_marks(Value p) {
  if (p["prompt_id"] || p["effort"] || p["scratchpad_dir"] || path_has(p, "/.claude/")) return true;
  return p.string_at("tool_use_id").starts_with("toolu_");
}

/// Those with an ISO time stamp and PascalCase events: Gemini's shared events, Copilot's PascalCase, VS Code, Qwen.
Agent time_stamped(Value p, Agent named) {
  if (path_has(p, "/.gemini/")) return Agent::gemini;
  if (p["permission_mode"] || p["tool_use_id"]) return Agent::unknown;  // Qwen Code; VS Code's own agent
  if (path_has(p, "/.copilot/") || !p["transcript_path"]) return Agent::copilot_pascal;
  return named == Agent::copilot ? Agent::copilot_pascal : named == Agent::gemini ? named : Agent::unknown;
}

}  // namespace

model::Agent recognise(json::Value p, model::Agent named) {
  if (certainly_foreign(p)) return Agent::unknown;
  const std::string_view event = p.string_at("hook_event_name");
  if (has_string(p, "sessionId") && p["timestamp"].is_number() && (event.empty() || event == "Notification"))
    return Agent::copilot;
  if (gemini_event(event)) return Agent::gemini;
  if (!pascal_case(event)) return event.empty() ? named : Agent::unknown;
  if (codex_marks(p, event)) return Agent::codex;
  if (claude_marks(p)) return Agent::claude;
  if (has_string(p, "timestamp")) return time_stamped(p, named);
  return named == Agent::copilot ? Agent::copilot_pascal : named;
}

}  // namespace belay::agent
