#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "deploy/agents.h"
#include "json/tree.h"

/// What in settings keeps a registered hook from being called.
namespace belay::deploy {

enum class Scope : std::uint8_t { managed, user, project };
[[nodiscard]] std::string_view name_of(Scope scope);

/// One settings file that exists.
struct SettingsFile {
  const AgentSettings* agent = nullptr;
  Scope scope = Scope::user;
  std::string path;
  std::string error;  ///< why it could not be read; `content` is empty then
  json::Tree content = json::Tree::object();
};

struct SwitchedOff {
  std::string path;          ///< the file that does it
  std::string what;          ///< "`disableAllHooks` is true"
  bool managed_too = false;  ///< hooks of managed settings are off as well
  bool only_users = false;   ///< it stands in managed settings and shuts the others out
};

/// Everything in `files` that keeps hooks of `agent` from being called. Files of other agents are skipped.
[[nodiscard]] std::vector<SwitchedOff> switched_off(const AgentSettings& agent, std::span<const SettingsFile> files);

}  // namespace belay::deploy
