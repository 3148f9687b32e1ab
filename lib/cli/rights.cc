#include "cli/rights.h"

#include <unistd.h>

namespace belay::cli {

bool has_borrowed_rights() { return ::getegid() != ::getgid() || ::geteuid() != ::getuid(); }

bool give_up_rights() {
  // The group first: without the user's rights it could not be given up any more.
  const gid_t group = ::getgid();
  const uid_t user = ::getuid();
  return ::setresgid(group, group, group) == 0 && ::setresuid(user, user, user) == 0;
}

}  // namespace belay::cli
