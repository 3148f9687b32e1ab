#include "trust/chain.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "base/fs_posix.h"

namespace belay::trust {

namespace {

using base::Errc;
using base::fail;

base::Result<void> check_open(int fd, const std::string& what, bool last) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return fail(Errc::io, "`" + what + "`: " + base::system_text(errno));
  BELAY_CHECK(check_owner({status.st_uid, status.st_mode}, what));
  if (last && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
    return fail(Errc::untrusted, "`" + what + "` is not a regular file");
  return {};
}

/// `name` in the folder `fd`, which is closed. Everything but the last component is only a way through (O_PATH).
base::Result<int> step(int fd, const std::string& name, const std::string& what, int flags) {
  const int next = ::openat(fd, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
  const int error = errno;
  ::close(fd);
  if (next >= 0) return next;
  if (error == ENOENT) return fail(Errc::not_found, "`" + what + "` does not exist");
  if (error == ELOOP) return fail(Errc::untrusted, "`" + what + "` is a symbolic link");
  if (error == ENOTDIR) return fail(Errc::untrusted, "`" + what + "` has no directory or is a symbolic link");
  return fail(Errc::io, "`" + what + "`: " + base::system_text(error));
}

base::Result<int> walk(const std::string& path) {
  int fd = ::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fail(Errc::io, "`/`: " + base::system_text(errno));
  std::string_view rest = path;
  std::string done;
  for (;;) {
    while (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
    if (const auto sound = check_open(fd, done.empty() ? "/" : done, rest.empty()); !sound) {
      ::close(fd);
      return tl::unexpected(sound.error());
    }
    if (rest.empty()) return fd;
    const std::string name(rest.substr(0, rest.find('/')));
    rest.remove_prefix(name.size());
    done += "/" + name;
    const bool last = rest.find_first_not_of('/') == std::string_view::npos;
    BELAY_TRY(fd, step(fd, name, done, last ? O_RDONLY | O_NONBLOCK | O_NOCTTY : O_PATH | O_DIRECTORY));
  }
}

}  // namespace

base::Result<void> check_owner(const Ownership& node, const std::string& what) {
  if (node.uid != 0) return fail(Errc::untrusted, "`" + what + "` belongs to uid " + std::to_string(node.uid) + ", not to root");
  if ((node.mode & (S_IWGRP | S_IWOTH)) != 0) return fail(Errc::untrusted, "`" + what + "` can be written by others than root");
  return {};
}

base::Result<void> check_own(const Ownership& node, std::uint32_t gid, std::uint32_t uid, const std::string& what) {
  if (node.uid != uid && node.uid != 0) {
    return fail(Errc::untrusted, "`" + what + "` belongs to uid " + std::to_string(node.uid) + ", not to uid " + std::to_string(uid));
  }
  const bool shared = (node.mode & S_IWGRP) != 0 && gid != uid;
  if (shared || (node.mode & S_IWOTH) != 0) return fail(Errc::untrusted, "`" + what + "` can be written by others: chmod go-w");
  return {};
}

base::Result<int> open_checked(const std::string& path) {
  if (path.empty() || path[0] != '/') return fail(Errc::internal, "`" + path + "` is not absolute");
  return walk(path);
}

base::Result<void> check_chain(const std::string& path) {
  BELAY_TRY(const int fd, open_checked(path));
  ::close(fd);
  return {};
}

}  // namespace belay::trust
