#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "command/analyse.h"
#include "decide/judge.h"
#include "model/call.h"
#include "path/path.h"
#include "trust/accounts.h"

namespace belay::cli {

/// The machine and who is acting on it, by kernel fact and by the password database: no name service is asked, no lookup leaves the
/// machine. Values of the environment are only what commands would see themselves.
struct Machine {
  decide::Actor actor;
  std::uint32_t gid = 0;
  std::string passwd;                                    ///< text of the password database; empty when it cannot be read
  std::optional<trust::Account> own;                     ///< the actor's account
  std::string home;                                      ///< of the actor in the password database; empty if it has none
  std::vector<std::string> homes;                        ///< distinct: the environment's `HOME` first, then `home`
  std::vector<std::pair<std::string, std::string>> env;  ///< the variables whose value commands may use (kKnownVariables)
  std::string tmp = "/tmp";                              ///< `TMPDIR` if it is absolute

  /// Null when the uid is not in the password database.
  [[nodiscard]] const trust::Account* account() const { return own ? &*own : nullptr; }
};

/// Variables that the analysis may see. All others are unknown to it, not unset.
inline constexpr std::array<const char*, 11> kKnownVariables{
    "HOME",           "USER",          "LOGNAME",       "PWD", "OLDPWD", "TMPDIR", "SHELL", "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"};

/// Of the password database only the actor's line is taken apart: there may be thousands.
[[nodiscard]] Machine look_at_machine();

/// Borrows the machine.
[[nodiscard]] command::World world_of(const Machine& machine, const base::FileView* files);
[[nodiscard]] path::Places places_of(const Machine& machine, const model::Call& call);

/// The folder that this process runs in, by the kernel alone; `/` when it has been removed or cannot be reached.
[[nodiscard]] std::string process_folder();

}  // namespace belay::cli
