#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deploy/gather.h"
#include "deploy/trial.h"
#include "model/decision.h"
#include "trust/installation.h"

/// Is this installation really enforcing? Facts in, findings out: nothing here looks at the machine.
namespace belay::deploy {

enum class Health : std::uint8_t { ok, warn, fail };
[[nodiscard]] std::string_view name_of(Health health);

struct Check {
  std::string id;  ///< stable: `policy.mode`, `claude.registered`
  Health health = Health::ok;
  std::string what;    ///< one line
  std::string advice;  ///< what to do; empty when nothing is to be done
};

struct PolicyFacts {
  std::string error;  ///< why it cannot be loaded; the rest says nothing then
  model::Mode mode = model::Mode::enforce;
  bool strict = false;  ///< its profile
  std::size_t rules = 0;
  bool needs_image = false;     ///< there are sources beside the shipped packs
  bool fresh = true;            ///< the image on disk is what they are now
  bool audit_required = false;  ///< a call that cannot be recorded is denied
};

struct LogFacts {
  bool to_file = true;           ///< `[audit] sinks`
  bool to_journal = false;
  std::string error;             ///< why the file cannot be written
  bool users_own = false;        ///< this user could change what is written there
  bool through_program = false;  ///< only the program can write there, with the rights that it is installed with
  std::string journal_error;     ///< why nothing can be sent to the journal
};

/// A registration, and what it answered.
struct TriedHook {
  const AgentSettings* agent = nullptr;
  Scope scope = Scope::user;
  std::string file;
  Registration registration;
  Trial trial;
};

struct Facts {
  std::string program;  ///< path of this program
  std::string version;
  trust::Installation installation;
  PolicyFacts policy;
  LogFacts log;
  std::vector<std::string> untrusted;  ///< what of a system installation somebody but root could change
  std::vector<std::string> exposed;    ///< what of a user installation somebody but that user and root could change
  std::vector<SettingsFile> files;
  std::vector<TomlFile> codex;
  std::vector<TriedHook> hooks;
  std::vector<const AgentSettings*> in_use;
  std::vector<std::string> variables;  ///< names of the environment's variables that are set and not empty
  std::string claude_version;
};

/// Registrations that a diagnosis may run: those of user and managed settings. A project's are somebody else's text.
[[nodiscard]] std::vector<TriedHook> hooks_to_try(const std::vector<SettingsFile>& files, const std::vector<TomlFile>& codex);

[[nodiscard]] std::vector<Check> diagnose(const Facts& facts);
/// The part about one agent.
void diagnose_agent(const AgentSettings& agent, const Facts& facts, std::vector<Check>& out);

/// No check failed.
[[nodiscard]] bool healthy(const std::vector<Check>& checks);

/// `2.1.197` before `2.1.295`; false when either is no version.
[[nodiscard]] bool earlier(std::string_view a, std::string_view b);

}  // namespace belay::deploy
