#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "deploy/registration.h"

namespace belay::deploy {

/// What became of a settings file.
struct Edited {
  bool changed = false;
  std::string file;         ///< the one that was, or would have been, written: a symbolic link's target
  std::string backup;       ///< the file as it was without belay; empty when there was none to keep
  std::size_t removed = 0;  ///< registrations taken out (uninstall)
};

/// What is going to be written: nothing has happened yet.
struct Plan {
  Edited edited;                      ///< `backup` is the file that is going to be made
  std::string text;                   ///< the new content
  std::optional<std::string> before;  ///< the old one, to be kept in `edited.backup`
  bool remove = false;                ///< the file held nothing but our hook and goes
};

/// Registers the hook in the agent's settings at `file`, which may not exist. Keeps everything else of it: unknown keys, order, spelling of
/// numbers, indentation. What is not one JSON object is an error that says the byte.
[[nodiscard]] base::Result<Plan> plan_install(const std::string& file, const AgentSettings& agent, const Hook& hook);
/// Takes our registrations out again; a file that held nothing else and was ours alone is to be removed.
[[nodiscard]] base::Result<Plan> plan_uninstall(const std::string& file, const AgentSettings& agent);

/// Does it, each file in one step; nothing when nothing changes.
[[nodiscard]] base::Result<Edited> carry_out(const Plan& plan);

}  // namespace belay::deploy
