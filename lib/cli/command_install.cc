#include <unistd.h>

#include <CLI/App.hpp>
#include <memory>

#include "cli/deploying.h"
#include "cli/machine.h"
#include "cli/terminal.h"
#include "deploy/file.h"
#include "deploy/install.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

using trust::Standing;

struct InstallOptions {
  std::string agent;
  std::string profile;
  std::string file;
  std::string program;
  bool json = false;
};

/// What was done, for both outputs.
struct Installed {
  const deploy::AgentSettings* agent = nullptr;
  deploy::Edited edited;
  std::string policy_file;  ///< empty: none was written
  std::string mode;         ///< of the policy
  std::string image;        ///< empty: none was written
};

std::string settings_file_or_stop(const InstallOptions& options, const deploy::AgentSettings& agent, const Machine& machine) {
  if (!options.file.empty()) return options.file;
  if (!machine.home.empty()) return machine.home + "/" + std::string(agent.user_file);
  throw Stop{ExitCode::usage, "this user has no home in the password database", "name the settings file: --file PATH"};
}

/// The default policy may be broken or absent: then it is as strict as it gets.
model::Mode mode_of_installation(const Program& program, const trust::Installation& installation) {
  base::Diagnostics ignored;
  PolicyRequest request;
  request.embedded = program.embedded;
  request.installation = installation;
  const auto store = open_policy(request, ignored);
  return store ? store->mode : model::Mode::enforce;
}

deploy::Profile profile_for(const InstallOptions& options, const Program& program, const trust::Installation& installation) {
  if (!options.profile.empty()) return profile_or_stop(options.profile);
  const bool observes = mode_of_installation(program, installation) == model::Mode::observe;
  return observes ? deploy::Profile::observe : deploy::Profile::enforce;
}

std::optional<std::string> new_policy_or_stop(const InstallOptions& options, deploy::Profile profile, const trust::Installation& installation) {
  if (options.profile.empty()) return std::nullopt;
  if (installation.standing == Standing::bare) {
    throw Stop{ExitCode::usage, "there is no place for a policy: this user has no home in the password database"};
  }
  auto text = policy_with_mode_or_stop(mode_file(installation), profile);
  if (text && installation.standing == Standing::system && ::geteuid() != 0) {
    throw Stop{ExitCode::usage, "the policy is root's here, and says another mode", "leave --profile out, or let root change " + mode_file(installation)};
  }
  return text;
}

/// So that no call has to compile. Errors are those of rules that were there before; the registration stands all the same.
void compile_image(Program& program, const trust::Installation& installation, Installed& done) {
  if (installation.standing == Standing::bare || ::access(installation.sources.c_str(), W_OK) != 0) return;
  base::Diagnostics diagnostics;
  const auto compiled = compile_installation(installation, program.embedded, diagnostics);
  complain(diagnostics);
  const std::uint32_t mode = installation.standing == Standing::system ? 0644 : 0600;
  const auto written = compiled.and_then([&](const CompiledPolicy& policy) {
    return policy.sources.empty() ? base::Result<void>() : write_image(installation.image, policy.image, mode);
  });
  if (written) {
    if (!compiled->sources.empty()) done.image = installation.image;
    return;
  }
  complain("belay: " + written.error().what + "\n" + (compiled ? "" : "  = help: every call is denied until the rules can be read\n"));
  program.status = ExitCode::policy;
}

std::string installed_json(const Installed& done) {
  std::string out;
  json::Writer w(out);
  w.begin_object().field("agent", done.agent->name).field("file", done.edited.file).field("changed", done.edited.changed);
  w.field_if("backup", done.edited.backup).field_if("policy", done.policy_file).field("mode", done.mode).field_if("image", done.image);
  w.end_object();
  return out + "\n";
}

std::string installed_text(const Installed& done) {
  std::string out = std::string(done.agent->title) + ": " + (done.edited.changed ? "registered in " : "is registered already in ") + done.edited.file + "\n";
  if (!done.edited.backup.empty()) out += "the file as it was: " + done.edited.backup + "\n";
  if (!done.policy_file.empty()) out += "mode `" + done.mode + "` written to " + done.policy_file + "\n";
  out += done.mode == "observe" ? "It observes: calls are recorded (belay log tail) and let through.\n" : "It enforces.\n";
  if (done.agent->agent == model::Agent::codex) out += "Codex skips it until you have trusted it: start codex and type /hooks.\n";
  return out + "Running sessions keep the hooks they started with. Next: belay doctor\n";
}

void install(Program& program, const InstallOptions& options) {
  const deploy::AgentSettings& agent = agent_or_stop(options.agent);
  const Machine machine = look_at_machine();
  const trust::Installation installation = installation_or_stop(machine.account());
  const deploy::Profile profile = profile_for(options, program, installation);
  const deploy::Hook hook{program_or_stop(options.program), profile};
  // Everything that may be refused is looked at before anything is written.
  const auto new_policy = new_policy_or_stop(options, profile, installation);
  const auto plan = value_or_stop(deploy::plan_install(settings_file_or_stop(options, agent, machine), agent, hook), ExitCode::policy);
  Installed done;
  done.agent = &agent;
  done.mode = deploy::name_of(profile);
  if (new_policy) {
    done.policy_file = mode_file(installation);
    const std::uint32_t mode = installation.standing == Standing::system ? 0644 : 0600;
    value_or_stop(deploy::real_file(done.policy_file).and_then([&](const std::string& file) { return deploy::replace_file(file, *new_policy, mode); }),
                  ExitCode::policy);
  }
  done.edited = value_or_stop(deploy::carry_out(plan), ExitCode::policy);
  compile_image(program, installation, done);
  print(options.json ? installed_json(done) : installed_text(done));
}

void uninstall(const InstallOptions& options) {
  const deploy::AgentSettings& agent = agent_or_stop(options.agent);
  const Machine machine = look_at_machine();
  const auto plan = value_or_stop(deploy::plan_uninstall(settings_file_or_stop(options, agent, machine), agent), ExitCode::policy);
  const deploy::Edited done = value_or_stop(deploy::carry_out(plan), ExitCode::policy);
  if (options.json) {
    std::string out;
    json::Writer(out).begin_object().field("agent", agent.name).field("file", done.file).field("removed", std::uint64_t{done.removed}).end_object();
    return print(out + "\n");
  }
  if (done.removed == 0) return print(std::string(agent.title) + ": nothing to remove in " + done.file + "\n");
  print(std::string(agent.title) + ": removed from " + done.file + "\nPolicy and log stay. Running sessions keep the hooks they started with.\n");
}

void describe(CLI::App& command, InstallOptions& options) {
  command.add_option("agent", options.agent, "claude, codex, gemini or copilot")->required()->type_name("AGENT");
  command.add_option("--file", options.file, "the agent's settings file, if it is not in its usual place below the home")->type_name("PATH");
  command.add_flag("--json", options.json, "what was done, as JSON");
}

void add_uninstall(CLI::App& app) {
  CLI::App* command = app.add_subcommand("uninstall", "take belay out of an agent's settings; nothing else in them changes");
  const auto options = std::make_shared<InstallOptions>();
  describe(*command, *options);
  command->callback([options] { uninstall(*options); });
}

}  // namespace

void add_install(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("install", "register belay as a hook in an agent's settings of this account");
  const auto options = std::make_shared<InstallOptions>();
  describe(*command, *options);
  command->add_option("--profile", options->profile,
                      "observe: record, and let through; enforce: stop. Written to policy.toml; without it the policy keeps its mode");
  command->add_option("--program", options->program, "the program to register, if not this one")->type_name("PATH");
  command->callback([&program, options] { install(program, *options); });
  add_uninstall(app);
}

}  // namespace belay::cli
