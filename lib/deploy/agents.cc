#include "deploy/agents.h"

#include <array>

namespace belay::deploy {

namespace {

using model::Agent;

constexpr std::array<AgentSettings, 4> kAgents{{
    {.agent = Agent::claude,
     .name = "claude",
     .title = "Claude Code",
     .folder = ".claude",
     .user_file = ".claude/settings.json",
     .project_files = ".claude/settings.json .claude/settings.local.json",
     .managed_file = "/etc/claude-code/managed-settings.json",
     .managed_folder = "/etc/claude-code/managed-settings.d",
     .event = "PreToolUse",
     .start = Start::exec,
     .shell = "/bin/sh -c",
     .command_key = "command",
     .timeout_key = "timeout",
     .timeout = 10,
     .fail_closed_since = "2.1.295",
     .moved_by = "CLAUDE_CONFIG_DIR",
     .verdict_path = "hookSpecificOutput/permissionDecision",
     .shell_tool = "Bash"},
    {.agent = Agent::codex,
     .name = "codex",
     .title = "Codex CLI",
     .folder = ".codex",
     .user_file = ".codex/hooks.json",
     .managed_file = "/etc/codex/hooks.json",
     .event = "PreToolUse",
     .shell = "/bin/bash -c",
     .command_key = "command",
     .timeout_key = "timeout",
     .timeout = 10,
     .moved_by = "CODEX_HOME",
     .verdict_path = "hookSpecificOutput/permissionDecision",
     .shell_tool = "Bash"},
    {.agent = Agent::gemini,
     .name = "gemini",
     .title = "Gemini CLI",
     .folder = ".gemini",
     .user_file = ".gemini/settings.json",
     .project_files = ".gemini/settings.json",
     .managed_file = "/etc/gemini-cli/settings.json",
     .event = "BeforeTool",
     .shell = "/bin/bash -c",
     .command_key = "command",
     .timeout_key = "timeout",
     .timeout = 10'000,
     .managed_moved_by = "GEMINI_CLI_SYSTEM_SETTINGS_PATH",
     .verdict_path = "decision",
     .shell_tool = "run_shell_command"},
    {.agent = Agent::copilot,
     .name = "copilot",
     .title = "GitHub Copilot CLI",
     .folder = ".copilot",
     .user_file = ".copilot/hooks/belay.json",
     .project_files = ".github/copilot/settings.json .github/copilot/settings.local.json",
     .managed_folder = "/etc/github-copilot/policy.d",
     .event = "preToolUse",
     .grouped = false,
     .own_file = true,
     .shell = "/bin/bash --norc --noprofile -c",
     .command_key = "bash",
     .timeout_key = "timeoutSec",
     .timeout = 10,
     .moved_by = "COPILOT_HOME",
     .verdict_path = "permissionDecision",
     .shell_tool = "bash"},
}};

}  // namespace

std::span<const AgentSettings> all_agents() { return kAgents; }

const AgentSettings* settings_of(Agent agent) {
  for (const AgentSettings& one : kAgents) {
    if (one.agent == agent) return &one;
  }
  return nullptr;
}

}  // namespace belay::deploy
