#include "base/fs_posix.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include "base/descriptor.h"

namespace belay::base {

namespace {

/// Answers from the kernel's caches or fails with EAGAIN; never waits (openat2(2), since Linux 5.12).
int open_cached(const std::string& path, unsigned flags) {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC | flags;
  how.resolve = RESOLVE_CACHED;
  return static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how));
}

/// Status as the kernel remembers it; a network or user-space file system is not asked.
bool remembered(int fd, struct statx& out) {
  return ::statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_INO,
                 &out) == 0;
}

bool same_device(const struct statx& a, const struct statx& b) {
  return a.stx_dev_major == b.stx_dev_major && a.stx_dev_minor == b.stx_dev_minor;
}

/// On a disk, or on the file system that this program itself was started from: if those do not answer, nothing does. Network and
/// user-space file systems have major number 0, as do tmpfs and overlays, which are taken for them.
bool answers(const struct statx& node) {
  if (node.stx_dev_major != 0) return true;
  const Descriptor root(::open("/", O_PATH | O_CLOEXEC));
  struct statx status {};
  return root.open() && remembered(root.get(), status) && same_device(node, status);
}

bool answers(int fd) {
  struct statx status {};
  return remembered(fd, status) && answers(status);
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) return "/";
  return path.substr(0, slash);
}

NodeKind kind_of(unsigned mode) {
  if (S_ISDIR(mode)) return NodeKind::directory;
  if (S_ISREG(mode)) return NodeKind::file;
  if (S_ISLNK(mode)) return NodeKind::symlink;
  return NodeKind::other;
}

bool is_mount(const struct statx& status) {
  return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0 && (status.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0;
}

bool has_other_names(const struct statx& status, NodeKind kind) {
  return is_mount(status) || (status.stx_nlink > 1 && (kind == NodeKind::file || kind == NodeKind::other));
}

FileId id_of(const struct statx& status) {
  return {(std::uint64_t{status.stx_dev_major} << 32U) | status.stx_dev_minor, status.stx_ino};
}

/// Nothing can be at a path that the kernel would not take.
bool means_missing(int error) { return error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG; }

Result<std::string> link_target(int fd) {
  std::array<char, PATH_MAX> buffer;
  const ssize_t size = ::readlinkat(fd, "", buffer.data(), buffer.size());
  if (size < 0) return fail(Errc::io, system_text(errno));
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

class Directory {
 public:
  explicit Directory(int fd) : stream_(::fdopendir(fd)) {}
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    if (stream_ != nullptr) ::closedir(stream_);
  }
  [[nodiscard]] DIR* get() const { return stream_; }

 private:
  DIR* stream_;
};

}  // namespace

std::string system_text(int error) {
  const char* text = strerrordesc_np(error);
  std::string out = text != nullptr ? text : "unknown error";
  if (out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

bool may_block(const std::string& path) {
  const Descriptor node(open_cached(path, 0));
  if (node.open()) return !answers(node.get());
  const int error = errno;
  if (error == EACCES || error == ELOOP || error == ENOTDIR || error == ENAMETOOLONG) return false;
  if (error != EAGAIN && error != ENOENT) return true;
  if (path.size() <= 1 || may_block(parent_of(path))) return true;
  if (error == ENOENT) return false;
  // The folder is on a file system that answers and the name is no mount point, since those are always in the cache: this look-up ends.
  const Descriptor primed(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (!primed.open()) return false;
  const Descriptor again(open_cached(path, 0));
  return again.open() ? !answers(again.get()) : errno == EAGAIN;
}

void PosixFiles::warn() const {
  if (!before_blocking_) return;
  const auto call = std::move(before_blocking_);
  before_blocking_ = nullptr;
  call();
}

Result<Node> PosixFiles::lookup(const std::string& path) const {
  int fd = open_cached(path, O_NOFOLLOW);
  if (fd < 0 && !means_missing(errno) && errno != EACCES && errno != ELOOP) {
    if (before_blocking_ && may_block(parent_of(path))) warn();
    fd = ::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
  }
  const int error = errno;
  const Descriptor node(fd);
  if (!node.open()) {
    if (means_missing(error)) return Node{};
    return fail(Errc::io, system_text(error));
  }
  struct statx status {};
  if (!remembered(fd, status)) return fail(Errc::io, system_text(errno));
  Node out{kind_of(status.stx_mode), {}};
  if (has_other_names(status, out.kind)) {
    const auto before = [this](const std::string& folder) {
      if (before_blocking_ && may_block(folder)) warn();
    };
    if (out.kind != NodeKind::directory && status.stx_nlink > 1) out.same = other_names_.of_file(path, id_of(status), before);
    if (is_mount(status)) other_names_.add_of_mount(path, out.same);
  }
  if (out.kind != NodeKind::symlink) return out;
  if (before_blocking_ && !answers(status)) warn();
  BELAY_TRY(out.target, link_target(fd));
  return out;
}

Result<std::vector<std::string>> PosixFiles::list(const std::string& path, std::size_t limit) const {
  if (before_blocking_ && may_block(path)) warn();
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fail(errno == ENOENT ? Errc::not_found : Errc::io, system_text(errno));
  const Directory folder(fd);
  if (folder.get() == nullptr) {
    ::close(fd);
    return fail(Errc::io, "out of memory");
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (names.size() == limit) return fail(Errc::too_large, "more than " + std::to_string(limit) + " names");
    names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return fail(Errc::io, system_text(errno));
  return names;
}

Result<std::string> PosixFiles::read(const std::string& path, std::size_t limit) const {
  if (before_blocking_ && may_block(path)) warn();
  return read_file(path, limit);
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  // O_NONBLOCK: a pipe that somebody put there must not wait for its writer.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.open()) return fail(errno == ENOENT ? Errc::not_found : Errc::io, system_text(errno));
  return read_open_file(file.get(), limit);
}

Result<std::string> read_open_file(int descriptor, std::size_t limit) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return fail(Errc::io, system_text(errno));
  if (!S_ISREG(status.st_mode)) return fail(Errc::untrusted, "not a regular file");
  if (status.st_size < 0 || static_cast<std::size_t>(status.st_size) > limit) return fail(Errc::too_large, "too large");
  // One byte more than the file says it has: an end is seen without another call, and files of /proc say nothing.
  std::string out(static_cast<std::size_t>(status.st_size) + 1, '\0');
  std::size_t size = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, out.data() + size, out.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(Errc::io, system_text(errno));
    const bool short_read = static_cast<std::size_t>(got) < out.size() - size;
    size += static_cast<std::size_t>(got);
    if (size > limit) return fail(Errc::too_large, "too large");
    // read(2) of a regular file gives less than there is room for at its end only; files of /proc also in between, and say that they have nothing.
    if (got == 0 || (short_read && status.st_size != 0)) break;
    if (size == out.size()) out.resize(out.size() + 4096);
  }
  out.resize(size);
  return out;
}

}  // namespace belay::base
