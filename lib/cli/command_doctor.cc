#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include "audit/journal.h"
#include "base/fs_posix.h"
#include "base/text.h"
#include "cli/deploying.h"
#include "cli/hook_record.h"
#include "cli/machine.h"
#include "cli/terminal.h"
#include "deploy/diagnose.h"
#include "image/policy_records.h"
#include "json/writer.h"
#include "trust/chain.h"

namespace belay::cli {

namespace {

using deploy::Check;
using deploy::Facts;
using deploy::Health;
using trust::Standing;

constexpr std::chrono::milliseconds kTrialLimit{5000};
constexpr const char* kVariables[] = {"CLAUDE_CONFIG_DIR", "CLAUDE_CODE_SIMPLE", "CODEX_HOME", "COPILOT_HOME",
                                      "GEMINI_CLI_SYSTEM_SETTINGS_PATH"};

deploy::PolicyFacts policy_facts(const Program& program, const trust::Installation& installation,
                                 std::vector<std::string>& sinks) {
  deploy::PolicyFacts out;
  PolicyRequest request;
  request.embedded = program.embedded;
  request.installation = installation;
  base::Diagnostics diagnostics;
  const auto store = open_policy(request, diagnostics);
  if (!store) {
    complain(diagnostics);
    out.error = store.error().what;
    return out;
  }
  out.mode = store->mode;
  sinks = store->sinks;
  out.audit_required = store->audit_required;
  out.strict = store->strict;
  for (const decide::Layer& layer : store->layers) out.rules += layer.image->count<image::RuleRecord>(image::Section::rules);
  // A managed machine whose rules were never compiled denies every call.
  out.needs_image = !store->sources.empty() || installation.standing == trust::Standing::system;
  out.fresh = !out.needs_image || image_is_fresh(installation, program.embedded);
  return out;
}

/// The nearest folder of `path` that exists.
std::string existing_folder(std::string path) {
  struct stat status {};
  do {
    const std::size_t slash = path.rfind('/');
    path = slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
  } while (path != "/" && ::stat(path.c_str(), &status) != 0);
  return path;
}

/// Nothing is created: the first call does that.
std::string why_not_writable(const std::string& log) {
  const int fd = ::open(log.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0) {
    struct stat status {};
    const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    ::close(fd);
    return regular ? std::string() : "`" + log + "` is not a regular file";
  }
  if (errno != ENOENT) return "`" + log + "`: " + base::system_text(errno);
  const std::string folder = existing_folder(log);
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return {};
  return "`" + log + "` does not exist, and `" + folder + "`: " + base::system_text(errno);
}

/// By the real uid and gid, whatever rights the program itself was given.
bool users_own(const std::string& log) {
  struct stat status {};
  if (::stat(log.c_str(), &status) != 0) return false;
  if (::getuid() != 0) return ::access(log.c_str(), W_OK) == 0;
  return status.st_uid != 0 || (status.st_mode & S_IWOTH) != 0;
}

/// The file belongs to the group that the program is installed with, or lies where this user cannot even look.
bool writable_through(const Program& program, const std::string& file, const std::string& log) {
  struct stat own {};
  if (::stat(file.c_str(), &own) != 0 || (own.st_mode & S_ISGID) == 0) return false;
  struct stat status {};
  if (::stat(log.c_str(), &status) != 0) return program.records_for_others && errno == EACCES;
  return status.st_gid == own.st_gid && (status.st_mode & S_IWGRP) != 0;
}

deploy::LogFacts log_facts(const Program& program, const Facts& facts, const std::vector<std::string>& sinks) {
  deploy::LogFacts out;
  const Sinks where = sinks_of(sinks);
  out.to_file = where.file;
  out.to_journal = where.journal;
  if (where.journal) {
    if (const auto reached = audit::reach_journal(); !reached) out.journal_error = reached.error().what;
  }
  const std::string& log = facts.installation.log;
  if (log.empty() || !where.file) return out;
  out.through_program = facts.installation.standing == Standing::system && writable_through(program, facts.program, log);
  if (!out.through_program) out.error = why_not_writable(log);
  out.users_own = users_own(log);
  return out;
}

/// What others could change of what a user's installation rests on: the program, the policy, the log, and every folder above them.
std::vector<std::string> exposed(const trust::Installation& installation, const std::string& program) {
  std::vector<std::string> out;
  if (installation.standing != Standing::user) return out;
  for (const std::string& path : {installation.sources, mode_file(installation), installation.image, installation.log, program}) {
    for (std::size_t at = 1; at != std::string::npos && !path.empty();) {
      at = path.find('/', at + 1);
      const std::string part = path.substr(0, at);
      struct stat status {};
      if (::stat(part.c_str(), &status) != 0) break;
      // Where everybody may put things but not replace another's, as in /tmp.
      if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0) continue;
      const auto checked = trust::check_own({status.st_uid, status.st_mode}, status.st_gid, ::getuid(), part);
      const bool known = checked || std::find(out.begin(), out.end(), checked.error().what) != out.end();
      if (!known) out.push_back(checked.error().what);
    }
  }
  return out;
}

std::vector<std::string> untrusted(const trust::Installation& installation, const std::string& program) {
  std::vector<std::string> out;
  if (installation.standing != Standing::system) return out;
  for (const std::string& path : {installation.sources, mode_file(installation), installation.image, program}) {
    if (path.empty()) continue;
    const auto checked = trust::check_chain(path);
    if (!checked && checked.error().code != base::Errc::not_found) out.push_back(checked.error().what);
  }
  return out;
}

deploy::Surroundings surroundings(const Machine& machine) {
  deploy::Surroundings out;
  out.home = machine.home;
  out.project = process_folder();
  const char* const path = std::getenv("PATH");
  for (const std::string_view folder : base::split(path == nullptr ? "" : path, ':')) out.search.emplace_back(folder);
  return out;
}

Facts gather(const Program& program) {
  const Machine machine = look_at_machine();
  Facts facts;
  facts.program = program_or_stop({});
  facts.version = program.version;
  std::vector<std::string> sinks;
  if (auto installation = trust::find_installation(machine.account())) {
    facts.installation = *std::move(installation);
    facts.policy = policy_facts(program, facts.installation, sinks);
  } else {
    facts.installation.standing = Standing::system;
    facts.installation.sources = trust::SystemPaths().sources;
    facts.policy.error = installation.error().what;
  }
  facts.log = log_facts(program, facts, sinks);
  facts.exposed = exposed(facts.installation, facts.program);
  facts.untrusted = untrusted(facts.installation, facts.program);
  const deploy::Surroundings where = surroundings(machine);
  facts.files = deploy::gather_settings(where);
  facts.codex = deploy::gather_codex(where);
  facts.in_use = deploy::agents_in_use(where);
  facts.claude_version = deploy::claude_version(where);
  for (const char* name : kVariables) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') facts.variables.emplace_back(name);
  }
  facts.hooks = deploy::hooks_to_try(facts.files, facts.codex);
  for (deploy::TriedHook& hook : facts.hooks) {
    hook.trial = deploy::run_hook(hook.registration, *hook.agent, deploy::trial_payload(*hook.agent), kTrialLimit);
  }
  return facts;
}

std::string as_json(const std::vector<Check>& checks) {
  std::string out;
  json::Writer w(out);
  w.begin_object().field("healthy", deploy::healthy(checks)).key("checks").begin_array();
  for (const Check& one : checks) {
    w.begin_object().field("id", one.id).field("health", deploy::name_of(one.health)).field("what", one.what);
    w.field_if("advice", one.advice).end_object();
  }
  w.end_array().end_object();
  return out + "\n";
}

std::string mark(Health health, bool colour) {
  switch (health) {
    case Health::ok: return painted("ok  ", Paint::green, colour);
    case Health::warn: return painted("warn", Paint::yellow, colour);
    case Health::fail: break;
  }
  return painted("FAIL", Paint::red, colour);
}

std::string as_text(const std::vector<Check>& checks, bool colour) {
  std::string out;
  for (const Check& one : checks) {
    out += mark(one.health, colour) + "  " + base::printable(one.what) + "\n";
    if (!one.advice.empty()) out += "        " + painted(base::printable(one.advice), Paint::faint, colour) + "\n";
  }
  return out + (deploy::healthy(checks) ? "healthy\n" : "not healthy\n");
}

}  // namespace

void add_doctor(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand(
      "doctor", "is this installation really enforcing? Runs the registered hooks with a call that they must refuse");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "every check as JSON");
  command->footer("Exit code: 0 healthy, 1 not.");
  command->callback([&program, json] {
    const auto checks = deploy::diagnose(gather(program));
    print(*json ? as_json(checks) : as_text(checks, wants_colour()));
    program.status = deploy::healthy(checks) ? ExitCode::ok : ExitCode::findings;
  });
}

}  // namespace belay::cli
