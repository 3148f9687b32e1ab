#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "trust/accounts.h"

/// Which of the two modes of trust this machine is in, and where policy, cache and log are then.
namespace belay::trust {

enum class Standing : std::uint8_t {
  system,  ///< /etc/belay exists: root's files and nothing else
  user,    ///< the files below the home that the password database names
  bare,    ///< no home is known: what is built in, and nothing is kept
};

/// Where a system installation keeps its files. Compiled in; a parameter only so that tests can look elsewhere.
struct SystemPaths {
  std::string sources = "/etc/belay";
  std::string image = "/var/cache/belay/policy.img";
  std::string log = "/var/log/belay/audit.jsonl";
};

/// All paths are absolute; empty ones do not exist in this standing.
struct Installation {
  Standing standing = Standing::bare;
  std::string sources;  ///< the folder whose *.toml are the policy
  std::string image;    ///< the compiled policy
  std::string log;      ///< the audit log
};

/// Only ENOENT means that there is no system installation: what cannot be looked at, or is no directory, is one that failed
/// (Errc::untrusted). `account` may be null.
[[nodiscard]] base::Result<Installation> find_installation(const Account* account, const SystemPaths& system = {});

}  // namespace belay::trust
