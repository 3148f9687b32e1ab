#include "deploy/diagnose.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "deploy/codex_config.h"

namespace belay::deploy {

namespace {

using trust::Standing;

void standing(const Facts& facts, std::vector<Check>& out) {
  switch (facts.installation.standing) {
    case Standing::system:
      out.push_back(
          {"trust.standing", Health::ok, "system installation: policy in " + facts.installation.sources + ", root's", {}});
      for (const std::string& what : facts.untrusted) {
        out.push_back({"trust.ownership", Health::fail, what,
                       "make it and every folder above it root's, writable by nobody else: chown root, chmod go-w"});
      }
      return;
    case Standing::user:
      for (const std::string& what : facts.exposed) {
        out.push_back({"trust.exposed", Health::fail, what, "make it yours alone: chown, chmod go-w"});
      }
      out.push_back(
          {"trust.standing", Health::warn,
           "user installation: a program of the same user, an agent's included, could change policy, record and registration",
           "where that matters, install for the system: policy in /etc/belay, root's; registration in the agent's managed "
           "settings"});
      return;
    case Standing::bare:
      out.push_back({"trust.standing", Health::warn,
                     "this uid is not in the password database: the shipped packs decide, and nothing is recorded",
                     "give the account a line in /etc/passwd, or install for the system in /etc/belay"});
      return;
  }
}

void policy(const Facts& facts, std::vector<Check>& out) {
  const PolicyFacts& policy = facts.policy;
  if (!policy.error.empty()) {
    out.push_back({"policy.loads", Health::fail, "the policy cannot be loaded, so every call is denied: " + policy.error,
                   "belay lint " + facts.installation.sources});
    return;
  }
  out.push_back({"policy.loads", Health::ok,
                 "the policy loads: " + std::to_string(policy.rules) + " rules, " + (policy.strict ? "strict" : "standard") + " profile", {}});
  if (policy.mode == model::Mode::observe) {
    out.push_back({"policy.mode", Health::warn, "it observes: calls are recorded and, but for floor rules, let through",
                   "to enforce: `mode = \"enforce\"` in policy.toml, or belay install AGENT --profile enforce"});
  } else {
    out.push_back({"policy.mode", Health::ok, "it enforces", {}});
  }
  if (!policy.needs_image) return;
  if (policy.fresh) {
    out.push_back({"policy.image", Health::ok, "the compiled policy is what its sources are", {}});
    return;
  }
  const bool system = facts.installation.standing == Standing::system;
  out.push_back({"policy.image", system ? Health::fail : Health::warn,
                 system ? "the compiled policy is not what its sources are: the old one decides"
                        : "the compiled policy is absent or old: every call compiles the sources anew",
                 system ? "sudo belay compile" : "belay compile"});
}

void journal(const Facts& facts, std::vector<Check>& out) {
  if (!facts.log.to_journal) return;
  if (facts.log.journal_error.empty()) {
    out.push_back({"log.journal", Health::ok, "calls are recorded in the machine's journal, which the user cannot change", {}});
    return;
  }
  out.push_back({"log.journal", facts.policy.audit_required ? Health::fail : Health::warn,
                 "nothing can be sent to the journal: " + facts.log.journal_error,
                 "start systemd-journald or a syslog daemon, or take `journal` out of `[audit] sinks`"});
}

void log_file(const Facts& facts, std::vector<Check>& out) {
  const std::string& path = facts.installation.log;
  if (path.empty() || !facts.log.to_file) return;
  if (!facts.log.error.empty()) {
    out.push_back({"log.writable", facts.policy.audit_required ? Health::fail : Health::warn,
                   "the log cannot be written: " + facts.log.error,
                   facts.policy.audit_required ? "until it can, calls are denied, as `[audit]` wants it"
                                               : "until it can, calls are decided and not recorded"});
    return;
  }
  const bool evidence_elsewhere = facts.log.to_journal && facts.log.journal_error.empty();
  if (facts.installation.standing == Standing::system && facts.log.users_own && !evidence_elsewhere) {
    out.push_back({"log.evidence", Health::fail,
                   path + " can be changed by the user who is watched: a convenience copy, no evidence",
                   "let the package make it (setgid belay), or add the sink `journal`"});
    return;
  }
  const std::string how = facts.log.through_program ? ", which only the program can write to, by its group" : "";
  out.push_back({"log.writable", Health::ok, "calls are recorded in " + path + how, {}});
}

void log(const Facts& facts, std::vector<Check>& out) {
  log_file(facts, out);
  journal(facts, out);
}

void program(const Facts& facts, std::vector<Check>& out) {
  out.push_back({"program", Health::ok, "belay " + facts.version + " at " + facts.program, {}});
}

void nobody_registered(const Facts& facts, std::vector<Check>& out) {
  if (!facts.hooks.empty()) return;
  out.push_back({"agents", Health::fail, "no agent calls belay on this account", "belay install claude --profile observe"});
}

using Version = std::array<unsigned, 3>;

std::optional<Version> version_of(std::string_view text) {
  Version out{};
  std::size_t n = 0;
  for (const std::string_view part : base::split(text, '.')) {
    if (n == out.size() || part.empty() || !base::is_digit(part.front())) return std::nullopt;
    std::from_chars(part.data(), part.data() + part.size(), out[n++]);
  }
  return n == out.size() ? std::optional<Version>(out) : std::nullopt;
}

}  // namespace

std::string_view name_of(Health health) {
  switch (health) {
    case Health::ok: return "ok";
    case Health::warn: return "warn";
    case Health::fail: return "fail";
  }
  return "fail";
}

bool earlier(std::string_view a, std::string_view b) {
  const auto left = version_of(a);
  const auto right = version_of(b);
  return left && right && *left < *right;
}

std::vector<TriedHook> hooks_to_try(const std::vector<SettingsFile>& files, const std::vector<TomlFile>& codex) {
  std::vector<TriedHook> out;
  for (const SettingsFile& file : files) {
    if (file.scope == Scope::project) continue;
    for (Registration& one : registrations(file.content, *file.agent))
      out.push_back({file.agent, file.scope, file.path, std::move(one), {}});
  }
  for (const TomlFile& file : codex) {
    if (file.scope != Scope::managed) continue;
    for (Registration& one : codex_managed_hooks(file.text)) {
      out.push_back({settings_of(model::Agent::codex), Scope::managed, file.path, std::move(one), {}});
    }
  }
  return out;
}

std::vector<Check> diagnose(const Facts& facts) {
  std::vector<Check> out;
  program(facts, out);
  standing(facts, out);
  policy(facts, out);
  log(facts, out);
  nobody_registered(facts, out);
  for (const AgentSettings& agent : all_agents()) diagnose_agent(agent, facts, out);
  return out;
}

bool healthy(const std::vector<Check>& checks) {
  return std::none_of(checks.begin(), checks.end(), [](const Check& one) { return one.health == Health::fail; });
}

}  // namespace belay::deploy
