#include "cli/deploying.h"

#include <unistd.h>

#include <array>
#include <climits>
#include <memory>

#include "agent/adapter.h"
#include "base/text.h"
#include "cli/terminal.h"
#include "deploy/file.h"
#include "deploy/policy_text.h"
#include "policy/load.h"

namespace belay::cli {

namespace {

std::string this_program() {
  std::array<char, PATH_MAX> target;
  const ssize_t size = ::readlink("/proc/self/exe", target.data(), target.size());
  const std::string path(target.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  constexpr std::string_view kGone = " (deleted)";
  if (path.empty() || path.ends_with(kGone)) {
    throw Stop{ExitCode::usage, "the path of this program is not known", "name it: --program /usr/bin/belay"};
  }
  return path;
}

/// The mode that `text` says, read by the loader that reads policies.
model::Mode mode_or_stop(const std::string& file, const std::string& text) {
  const auto source = std::make_shared<const base::SourceText>(file, text);
  const std::array<policy::SourcePtr, 1> sources{source};
  base::Diagnostics diagnostics;
  const policy::Policy policy = policy::load(std::span<const policy::SourcePtr>(sources), diagnostics);
  if (!diagnostics.has_errors()) return policy.mode;
  complain(diagnostics);
  throw Stop{ExitCode::policy, "`" + file + "` cannot be read; nothing was changed", "repair it first: belay lint " + file};
}

}  // namespace

const deploy::AgentSettings& agent_or_stop(const std::string& name) {
  const deploy::AgentSettings* const found = deploy::settings_of(agent::agent_named(name));
  if (found != nullptr) return *found;
  std::string known;
  for (const deploy::AgentSettings& one : deploy::all_agents()) known += (known.empty() ? "" : ", ") + std::string(one.name);
  throw Stop{ExitCode::usage, "belay cannot be registered with `" + base::printable(name) + "`", "one of " + known};
}

deploy::Profile profile_or_stop(const std::string& name) {
  for (const auto profile : {deploy::Profile::observe, deploy::Profile::enforce}) {
    if (name == deploy::name_of(profile)) return profile;
  }
  throw Stop{ExitCode::usage, "there is no profile `" + base::printable(name) + "`", "observe or enforce"};
}

std::string program_or_stop(const std::string& given) {
  if (given.empty()) return this_program();
  if (!given.starts_with('/')) throw Stop{ExitCode::usage, "`" + given + "` is not absolute: agents start it from any folder"};
  return given;
}

std::string mode_file(const trust::Installation& installation) { return installation.sources + "/policy.toml"; }

std::optional<std::string> policy_with_mode_or_stop(const std::string& file, deploy::Profile profile) {
  const auto wanted = profile == deploy::Profile::observe ? model::Mode::observe : model::Mode::enforce;
  const auto old = value_or_stop(deploy::read_if_there(file), ExitCode::policy);
  if (old && mode_or_stop(file, *old) == wanted) return std::nullopt;
  std::string text = deploy::with_mode(old.value_or(""), deploy::name_of(profile));
  if (mode_or_stop(file, text) == wanted) return text;
  throw Stop{ExitCode::policy, "`" + file + "` says its mode in a way that cannot be changed safely; nothing was changed",
             "write `mode = \"" + std::string(deploy::name_of(profile)) + "\"` into its table [policy]"};
}

}  // namespace belay::cli
