#include "deploy/document.h"

#include <array>

#include "json/pretty.h"
#include "json/writer.h"

namespace belay::deploy {

namespace {

using json::Tree;

/// Set empty for the agent and all it starts. The first switches every hook off, managed ones too, and any repository's settings can set it;
/// the others make the loader or the shell run somebody's code inside programs that a call starts.
constexpr std::array kPinnedAlways{"CLAUDE_CODE_SIMPLE"};
constexpr std::array kPinnedEnforcing{"LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH", "BASH_ENV", "ENV"};

Tree pinned_environment(Profile profile) {
  Tree env = Tree::object();
  for (const char* name : kPinnedAlways) env.set(name, Tree::string(""));
  if (profile == Profile::observe) return env;
  for (const char* name : kPinnedEnforcing) env.set(name, Tree::string(""));
  return env;
}

Tree hooks_of(const AgentSettings& agent, const Hook& hook) {
  Tree handlers = Tree::array({handler_of(agent, hook)});
  if (!agent.grouped) return Tree::object({{std::string(agent.event), std::move(handlers)}});
  Tree groups = Tree::array({Tree::object({{"hooks", std::move(handlers)}})});
  return Tree::object({{std::string(agent.event), std::move(groups)}});
}

Document claude(const AgentSettings& agent, const Hook& hook) {
  Document out;
  Tree root = Tree::object();
  if (hook.profile == Profile::enforce) {
    root.set("requiredMinimumVersion", Tree::string(agent.fail_closed_since));
    root.set("allowManagedHooksOnly", Tree::boolean(true));
  }
  root.set("env", pinned_environment(hook.profile));
  root.set("hooks", hooks_of(agent, hook));
  out.text = json::pretty(root);
  out.notes = {"put it into " + std::string(agent.managed_file) + ", a file of " + std::string(agent.managed_folder) +
                   ", or the managed settings of the console",
               "the first source that has any setting wins, the others are ignored: put it into every one that you use"};
  if (hook.profile == Profile::enforce) {
    out.notes.emplace_back(
        "`onFailure` is honoured from Claude Code " + std::string(agent.fail_closed_since) +
        "; older versions ignore it, so `requiredMinimumVersion` (honoured from 2.1.163) keeps them from starting");
    out.notes.emplace_back("take LD_LIBRARY_PATH out if your developers need their own");
  }
  return out;
}

std::string toml_string(std::string_view text) {
  std::string out;
  json::append_string(out, text);  // every escape that JSON has, a basic string of TOML has too
  return out;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

Document codex(const AgentSettings& agent, const Hook& hook) {
  const Tree handler = handler_of(agent, hook);
  const std::string event(agent.event);
  Document out;
  if (hook.profile == Profile::enforce) out.text += "allow_managed_hooks_only = true\n\n";
  out.text += "[features]\nhooks = true\n\n[hooks]\nmanaged_dir = " + toml_string(folder_of(hook.program)) + "\n\n[[hooks." +
              event + "]]\n\n[[hooks." + event +
              ".hooks]]\ntype = \"command\"\ncommand = " + toml_string(handler.string_at(agent.command_key)) +
              "\ntimeout = " + std::to_string(agent.timeout) + "\n";
  out.notes = {"put it into /etc/codex/requirements.toml",
               "Codex skips managed hooks when `managed_dir` is no existing folder, and `features.hooks = true` keeps users from "
               "switching hooks off",
               "what is typed into an interactive shell that a call opened (write_stdin) reaches no hook"};
  return out;
}

Document gemini(const AgentSettings& agent, const Hook& hook) {
  Document out;
  Tree root = Tree::object();
  root.set("hooksConfig", Tree::object({{"enabled", Tree::boolean(true)}}));
  root.set("hooks", hooks_of(agent, hook));
  out.text = json::pretty(root);
  out.notes = {"put it into " + std::string(agent.managed_file),
               "a project can still name the hook in `hooksConfig.disabled`: Gemini CLI has no setting against that"};
  return out;
}

Document copilot(const AgentSettings& agent, const Hook& hook) {
  Document out;
  Tree root = Tree::object();
  root.set("version", Tree::number(1));
  root.set("hooks", hooks_of(agent, hook));
  out.text = json::pretty(root);
  out.notes = {"put it into " + std::string(agent.managed_folder) +
                   "/belay.json, root's and writable by nobody else (documented by GitHub; " +
                   "not confirmed with 1.0.102), or into ~/" + std::string(agent.user_file),
               "a repository's `disableAllHooks` switches hooks of users off"};
  return out;
}

}  // namespace

Document managed_document(const AgentSettings& agent, const Hook& hook) {
  switch (agent.agent) {
    case model::Agent::claude: return claude(agent, hook);
    case model::Agent::codex: return codex(agent, hook);
    case model::Agent::gemini: return gemini(agent, hook);
    case model::Agent::copilot: return copilot(agent, hook);
    case model::Agent::copilot_pascal:
    case model::Agent::unknown: break;
  }
  return {};
}

}  // namespace belay::deploy
