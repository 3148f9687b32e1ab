#include "deploy/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>

#include "base/fs_posix.h"

namespace belay::deploy {

namespace {

using base::Errc;
using base::fail;

tl::unexpected<base::Error> refused(const std::string& what, int error) {
  return fail(Errc::io, "`" + what + "`: " + base::system_text(error));
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

base::Result<void> make_folders(const std::string& folder) {
  for (std::size_t at = folder.find('/', 1);; at = folder.find('/', at + 1)) {
    const std::string part = folder.substr(0, at);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return refused(part, errno);
    if (at == std::string::npos) return {};
  }
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

/// The new file as the old one was, for everybody who reads it.
bool dress(int fd, const std::string& path, std::uint32_t mode) {
  struct stat old {};
  if (::stat(path.c_str(), &old) != 0) return ::fchmod(fd, mode) == 0;
  if (::geteuid() == 0 && ::fchown(fd, old.st_uid, old.st_gid) != 0) return false;
  return ::fchmod(fd, old.st_mode & 07777U) == 0;
}

}  // namespace

base::Result<std::optional<std::string>> read_if_there(const std::string& path) {
  auto text = base::read_file(path, kMaxSettings);
  if (text) return std::optional<std::string>(*std::move(text));
  if (text.error().code == Errc::not_found) return std::optional<std::string>();
  return fail(text.error().code, "`" + path + "`: " + text.error().what);
}

base::Result<std::string> real_file(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return path;
  std::array<char, PATH_MAX> target;
  if (::realpath(path.c_str(), target.data()) != nullptr) return std::string(target.data());
  if (errno == ENOENT) return fail(Errc::not_found, "`" + path + "` is a symbolic link that leads nowhere");
  return refused(path, errno);
}

base::Result<void> replace_file(const std::string& path, std::string_view text, std::uint32_t mode) {
  BELAY_CHECK(make_folders(folder_of(path)));
  std::string temporary = path + ".XXXXXX";
  const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return refused(temporary, errno);
  const bool written = write_all(fd, text) && dress(fd, path, mode) && ::fsync(fd) == 0;
  int error = errno;
  ::close(fd);
  if (written && ::rename(temporary.c_str(), path.c_str()) == 0) return {};
  if (written) error = errno;
  ::unlink(temporary.c_str());
  return refused(path, error);
}

}  // namespace belay::deploy
