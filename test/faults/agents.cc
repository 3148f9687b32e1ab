#include "agents.h"

#include <algorithm>

namespace belay::faults {

namespace {

bool is_json(std::string_view text) { return text.starts_with('{') && (text.ends_with("}") || text.ends_with("}\n")); }

/// Its own denial with a reason, alone and whole.
bool is_denial(const Agent& agent, std::string_view out) {
  return is_json(out) && out.starts_with(agent.denial) && out.find("eason\":\"") != std::string_view::npos &&
         out.find("eason\":\"\"") == std::string_view::npos;
}

/// A well-formed answer outranks exit 2, so one in another shape lets the call through.
bool claude_stops(const Agent& agent, const End& end) {
  if (is_denial(agent, end.out)) return end.exit == 0 || end.exit == 2;
  return end.exit == 2 && !is_json(end.out);
}

/// Without stderr exit 2 is nothing; what stands on stdout does not matter then.
bool codex_stops(const Agent& agent, const End& end) {
  if (end.exit == 2) return !end.err.empty();
  return end.exit == 0 && is_denial(agent, end.out);
}

/// Takes JSON on stderr for an answer when stdout is empty.
bool gemini_stops(const Agent& agent, const End& end) {
  if (is_denial(agent, end.out)) return end.exit == 0 || end.exit == 2;
  if (end.exit != 2 || end.err.empty() || is_json(end.out)) return false;
  return !end.out.empty() || !end.err.starts_with('{');
}

/// The only one that holds back when its hook fails, but for one that is late.
bool copilot_stops(const Agent& agent, const End& end) {
  if (end.hung) return false;
  return end.exit != 0 || is_denial(agent, end.out);
}

constexpr std::string_view kClaudeDenial =
    R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":")";
constexpr std::string_view kPascalPrompt =
    R"({"hook_event_name":"UserPromptSubmit","session_id":"s","timestamp":"2026-11-22T08:36:30.466Z","cwd":"/tmp","prompt":"hello"})";

}  // namespace

const std::array<Agent, 5> kAgents{{
    {"claude",
     R"({"session_id":"s","transcript_path":"/home/dev/.claude/projects/p/s.jsonl","cwd":"/tmp","permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":")",
     R"("},"tool_use_id":"toolu_1"})", R"({"session_id":"s","cwd":"/tmp","hook_event_name":"UserPromptSubmit","prompt":"hello"})",
     kClaudeDenial, claude_stops},
    {"codex",
     R"({"session_id":"s","turn_id":"t","transcript_path":"/home/dev/.codex/sessions/r.jsonl","cwd":"/tmp","hook_event_name":"PreToolUse","model":"m","permission_mode":"default","tool_name":"Bash","tool_input":{"command":")",
     R"("},"tool_use_id":"call_1"})",
     R"({"session_id":"s","turn_id":"t","cwd":"/tmp","hook_event_name":"UserPromptSubmit","model":"m","permission_mode":"default","prompt":"hello"})",
     kClaudeDenial, codex_stops},
    {"gemini",
     R"({"session_id":"s","transcript_path":"/home/dev/.gemini/tmp/c.jsonl","cwd":"/tmp","hook_event_name":"BeforeTool","timestamp":"2026-11-22T08:36:02.848Z","tool_name":"run_shell_command","tool_input":{"command":")",
     R"("}})",
     R"({"session_id":"s","transcript_path":"/x","cwd":"/tmp","hook_event_name":"BeforeAgent","timestamp":"2026-11-22T08:36:02.848Z","prompt":"hello"})",
     R"({"decision":"deny","reason":")", gemini_stops},
    {"copilot", R"({"sessionId":"s","timestamp":1795336513225,"cwd":"/tmp","toolName":"bash","toolArgs":{"command":")", R"("}})",
     R"({"sessionId":"s","timestamp":1795336513225,"cwd":"/tmp","prompt":"hello"})",
     R"({"permissionDecision":"deny","permissionDecisionReason":")", copilot_stops},
    {"copilot-pascal",
     R"({"hook_event_name":"PreToolUse","session_id":"s","timestamp":"2026-11-22T08:36:30.466Z","cwd":"/tmp","tool_name":"Bash","tool_input":{"command":")",
     R"("}})", kPascalPrompt, R"({"permissionDecision":"deny","permissionDecisionReason":")", copilot_stops},
}};

std::string call(const Agent& agent, std::string_view command) {
  return std::string(agent.before) + std::string(command) + std::string(agent.after);
}

bool stops(const Agent& agent, const End& end) { return !end.hung && end.signal == 0 && agent.stops(agent, end); }

bool stops_everywhere(const End& end) {
  return std::all_of(kAgents.begin(), kAgents.end(), [&](const Agent& agent) { return stops(agent, end); });
}

}  // namespace belay::faults
