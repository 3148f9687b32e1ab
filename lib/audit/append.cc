#include "audit/append.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace belay::audit {

namespace {

using base::Errc;
using base::fail;

std::string system_says(std::string_view doing, int error) {
  return std::string(doing) + ": " + (strerrordesc_np(error) != nullptr ? strerrordesc_np(error) : "unknown error");
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

}  // namespace

base::Result<void> append_line(int descriptor, std::string_view line) {
  char newline = '\n';
  // writev wants a non-const base and does not write to it.
  std::array<iovec, 2> parts{{{const_cast<char*>(line.data()), line.size()}, {&newline, 1}}};
  ssize_t written = 0;
  do {
    written = ::writev(descriptor, parts.data(), static_cast<int>(parts.size()));
  } while (written < 0 && errno == EINTR);
  if (written < 0) return fail(Errc::io, system_says("cannot write the record", errno));
  if (static_cast<std::size_t>(written) == line.size() + 1) return {};
  if (::write(descriptor, &newline, 1) != 1) return fail(Errc::io, "the record was cut short, and so is the log");
  return fail(Errc::io, "the record was cut short");
}

base::Result<int> open_log(const std::string& path) {
  // O_NONBLOCK: opening a pipe that somebody put there must not wait for its reader.
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Descriptor file(::open(path.c_str(), kFlags, 0600));
  if (file.get() < 0) {
    const int error = errno;
    const bool wrong_kind = error == ELOOP || error == EISDIR || error == ENXIO;
    return fail(wrong_kind ? Errc::untrusted : Errc::io, system_says("cannot open the log", error));
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return fail(Errc::io, system_says("cannot look at the log", errno));
  if (!S_ISREG(status.st_mode)) return fail(Errc::untrusted, "the log is not a regular file");
  if (status.st_nlink > 1) return fail(Errc::untrusted, "the log has another name");
  return file.release();
}

base::Result<void> append_line(const std::string& path, std::string_view line) {
  BELAY_TRY(const int descriptor, open_log(path));
  const Descriptor file(descriptor);
  return append_line(file.get(), line);
}

}  // namespace belay::audit
