#include <algorithm>

#include "deploy/codex_config.h"
#include "deploy/command_line.h"
#include "deploy/diagnose.h"

namespace belay::deploy {

namespace {

using model::Agent;

/// Says things about one agent; ids begin with its name.
class AgentDoctor {
 public:
  AgentDoctor(const AgentSettings& agent, const Facts& facts, std::vector<Check>& out) : agent_(agent), facts_(facts), out_(out) {
    for (const TriedHook& hook : facts.hooks) {
      if (hook.agent == &agent) hooks_.push_back(&hook);
    }
    managed_ = std::any_of(hooks_.begin(), hooks_.end(), [](const TriedHook* hook) { return hook->scope == Scope::managed; });
  }

  void run() {
    if (hooks_.empty()) return not_registered();
    for (const TriedHook* hook : hooks_) {
      answers(*hook);
      reaches(*hook);
      on_failure(*hook);
    }
    twice();
    switches();
    if (agent_.agent == Agent::codex) codex();
    variables();
  }

 private:
  void say(std::string_view what, Health health, std::string text, std::string advice = {}) {
    out_.push_back({std::string(agent_.name) + "." + std::string(what), health, std::string(agent_.title) + ": " + std::move(text), std::move(advice)});
  }

  void not_registered() {
    for (const SettingsFile& file : facts_.files) {
      if (file.agent == &agent_ && !file.error.empty()) say("settings", Health::fail, file.path + " cannot be read: " + file.error, "repair it");
    }
    if (std::find(facts_.in_use.begin(), facts_.in_use.end(), &agent_) == facts_.in_use.end()) return;
    say("registered", Health::warn, "is used on this account and does not call belay", "belay install " + std::string(agent_.name));
  }

  static std::string shown(const Registration& hook) {
    if (!hook.shell.empty()) return hook.shell;
    std::string out;
    for (const std::string& word : hook.argv) out += (out.empty() ? "" : " ") + shell_quoted(word);
    return out;
  }

  void answers(const TriedHook& hook) {
    const std::string where = std::string(name_of(hook.scope)) + " settings " + hook.file;
    const std::string fault = fault_of(hook.trial, agent_);
    if (fault.empty()) {
      say("answers", Health::ok, where + " call `" + shown(hook.registration) + "`, which refuses what it must");
      return;
    }
    say("answers", Health::fail, where + " call `" + shown(hook.registration) + "`, which does not refuse what it must: " + fault,
        "belay install " + std::string(agent_.name) + " registers this program instead");
  }

  void reaches(const TriedHook& hook) {
    const Registration& one = hook.registration;
    const std::string repair = "belay install " + std::string(agent_.name);
    if (!one.matcher.empty()) say("matcher", Health::fail, hook.file + " calls it only for tools that match `" + one.matcher + "`", repair);
    if (one.background) say("async", Health::fail, hook.file + " does not wait for its answer (`async`)", repair);
    if (one.conditional) say("if", Health::fail, hook.file + " calls it only for calls that its `if` picks", repair);
    constexpr std::uint64_t kFloor = 5;  // belay answers within a second; the rest is for a machine under load
    if (one.timeout != 0 && one.timeout * 10 < agent_.timeout * kFloor) {
      say("timeout", Health::warn, hook.file + " gives it little time (" + std::string(agent_.timeout_key) + " " + std::to_string(one.timeout) +
          "): a hook that is out of time lets the call through", repair);
    }
  }

  void on_failure(const TriedHook& hook) {
    const bool observing = facts_.policy.error.empty() && facts_.policy.mode == model::Mode::observe;
    if (!hook.registration.fails_closed) {
      say("fail-closed", observing ? Health::ok : Health::warn, "a hook that is killed or missing lets the call through",
          observing ? "" : "belay install " + std::string(agent_.name) + " --profile enforce");
      return;
    }
    if (agent_.fail_closed_since.empty()) {
      say("fail-closed", Health::ok, "a hook that is killed or missing blocks; one that the agent itself ends for being slow does not");
      return;
    }
    const std::string since(agent_.fail_closed_since);
    if (facts_.claude_version.empty()) {
      say("fail-closed", Health::warn, "`onFailure` applies from version " + since + "; which one is installed here cannot be seen", "claude --version");
    } else if (earlier(facts_.claude_version, since)) {
      say("fail-closed", Health::warn, facts_.claude_version + " accepts `onFailure` and ignores it: a hook that is killed or missing lets the call through",
          "update to " + since + " or later");
    } else {
      say("fail-closed", Health::ok, facts_.claude_version + ": a hook that is killed, missing or slow blocks (`onFailure`)");
    }
  }

  void twice() {
    const auto users = std::count_if(hooks_.begin(), hooks_.end(), [](const TriedHook* hook) { return hook->scope == Scope::user; });
    if (users > 1) say("twice", Health::warn, "calls belay " + std::to_string(users) + " times for each tool call", "belay install " + std::string(agent_.name));
  }

  /// What switches hooks off matters as far as it reaches those that are registered.
  void switches() {
    for (const SwitchedOff& one : switched_off(agent_, facts_.files)) {
      if (managed_ && !one.managed_too) continue;
      if (one.only_users && managed_) continue;
      say("switched-off", Health::fail, "does not call its hooks: in " + one.path + " " + one.what, "take that out of " + one.path);
    }
  }

  void codex() {
    bool pinned = false;
    for (const TomlFile& file : facts_.codex) pinned = pinned || (file.scope == Scope::managed && codex_hooks_feature(file.text) == Feature::on);
    bool trusted = false;
    for (const TomlFile& file : facts_.codex) {
      if (codex_hooks_feature(file.text) == Feature::off && !pinned) {
        say("switched-off", Health::fail, "does not call its hooks: in " + file.path + " `features.hooks` is false", "take that out of " + file.path);
      }
      for (const TriedHook* hook : hooks_) trusted = trusted || codex_trusts(file.text, hook->file);
    }
    if (!managed_ && !trusted) {
      say("trusted", Health::fail, "skips the hook until a person has trusted it", "start codex, type /hooks, and trust belay's; again after every change of it");
    }
  }

  [[nodiscard]] bool set(std::string_view variable) const {
    return std::find(facts_.variables.begin(), facts_.variables.end(), variable) != facts_.variables.end();
  }

  void variables() {
    if (!agent_.moved_by.empty() && !managed_ && set(agent_.moved_by)) {
      say("moved", Health::warn, "reads its settings elsewhere where " + std::string(agent_.moved_by) + " is set, as it is here",
          "belay install " + std::string(agent_.name) + " --file THAT-FOLDER/" + file_name());
    }
    if (!agent_.managed_moved_by.empty() && managed_ && set(agent_.managed_moved_by)) {
      say("moved", Health::fail, "skips its managed settings where " + std::string(agent_.managed_moved_by) + " is set, as it is here", "unset it");
    }
    if (agent_.agent == Agent::claude && set("CLAUDE_CODE_SIMPLE")) {
      say("switched-off", Health::fail, "calls no hooks where CLAUDE_CODE_SIMPLE is set, as it is here", "unset it; `env` of managed settings can pin it empty");
    }
  }

  [[nodiscard]] std::string file_name() const {
    return std::string(agent_.user_file.substr(agent_.user_file.find('/') + 1));
  }

  const AgentSettings& agent_;
  const Facts& facts_;
  std::vector<Check>& out_;
  std::vector<const TriedHook*> hooks_;
  bool managed_ = false;
};

}  // namespace

void diagnose_agent(const AgentSettings& agent, const Facts& facts, std::vector<Check>& out) { AgentDoctor(agent, facts, out).run(); }

}  // namespace belay::deploy
