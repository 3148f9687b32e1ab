#include "trust/installation.h"

#include <sys/stat.h>

#include <cerrno>

#include "base/fs_posix.h"

namespace belay::trust {

namespace {

using base::Errc;
using base::fail;

/// Whether the folder exists.
base::Result<bool> is_there(const std::string& folder) {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0) {
    if (errno == ENOENT) return false;
    return fail(Errc::untrusted, "`" + folder + "` cannot be looked at: " + base::system_text(errno));
  }
  if (!S_ISDIR(status.st_mode)) return fail(Errc::untrusted, "`" + folder + "` is not a directory");
  return true;
}

}  // namespace

base::Result<Installation> find_installation(const Account* account, const SystemPaths& system) {
  BELAY_TRY(const bool managed, is_there(system.sources));
  if (managed) return Installation{Standing::system, system.sources, system.image, system.log};
  if (account == nullptr || account->home.empty()) return Installation{};
  const std::string home = account->home == "/" ? std::string() : account->home;
  return Installation{Standing::user, home + "/.config/belay", home + "/.cache/belay/policy.img",
                      home + "/.local/state/belay/audit.jsonl"};
}

}  // namespace belay::trust
