#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "deploy/switches.h"

/// Looks at the machine for a diagnosis. Reads files, runs nothing.
namespace belay::deploy {

struct Surroundings {
  std::string home;                 ///< of the account
  std::string project;              ///< the folder whose project settings count
  std::string managed_root;         ///< put before the absolute paths of managed settings; empty but in tests
  std::vector<std::string> search;  ///< folders of PATH
};

/// Every JSON settings file of every agent that exists, managed ones first.
[[nodiscard]] std::vector<SettingsFile> gather_settings(const Surroundings& where);

/// A file of Codex that is TOML.
struct TomlFile {
  Scope scope = Scope::user;
  std::string path;
  std::string text;
};
[[nodiscard]] std::vector<TomlFile> gather_codex(const Surroundings& where);

/// Agents with a folder in the home.
[[nodiscard]] std::vector<const AgentSettings*> agents_in_use(const Surroundings& where);

/// The version of the Claude Code that the search path finds, from where it is installed, without running it; empty when that does not tell.
[[nodiscard]] std::string claude_version(const Surroundings& where);

}  // namespace belay::deploy
