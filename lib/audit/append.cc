#include "audit/append.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "audit/chain.h"

namespace belay::audit {

namespace {

using base::Errc;
using base::fail;

std::string system_says(std::string_view doing, int error) {
  return std::string(doing) + ": " + (strerrordesc_np(error) != nullptr ? strerrordesc_np(error) : "unknown error");
}

/// Holds the file's lock, if it could be had soon. Whoever holds it does so for a few microseconds, unless somebody stopped it on purpose.
class Lock {
 public:
  explicit Lock(int fd) : fd_(fd) {
    constexpr int kTries = 100;
    constexpr timespec kPause{0, 200'000};
    for (int i = 0; i < kTries; ++i) {
      held_ = ::flock(fd, LOCK_EX | LOCK_NB) == 0;
      if (held_ || (errno != EWOULDBLOCK && errno != EINTR)) return;
      ::nanosleep(&kPause, nullptr);
    }
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() {
    if (held_) ::flock(fd_, LOCK_UN);
  }
  [[nodiscard]] bool held() const { return held_; }

 private:
  int fd_;
  bool held_ = false;
};

/// The end of the file from where its last line begins; empty when it could not be read or holds no beginning of one.
struct End {
  std::string_view line;
  bool found = false;
};

End last_line(std::string_view tail, bool is_all) {
  if (tail.ends_with('\n')) tail.remove_suffix(1);
  const std::size_t newline = tail.rfind('\n');
  if (newline != std::string_view::npos) return {tail.substr(newline + 1), true};
  return {tail, is_all};
}

/// The last line of a file of that size, in `buffer`. Nothing that belay writes is longer than the buffer.
template <std::size_t N>
End read_end(int fd, off_t size, std::array<char, N>& buffer, bool& whole) {
  const auto most = static_cast<off_t>(N);
  const off_t begin = size > most ? size - most : 0;
  const ssize_t got = ::pread(fd, buffer.data(), static_cast<std::size_t>(size - begin), begin);
  if (got <= 0 || got != size - begin) return {};
  const std::string_view tail(buffer.data(), static_cast<std::size_t>(got));
  whole = tail.ends_with('\n');
  return last_line(tail, begin == 0);
}

ssize_t write_parts(int fd, const Linked& linked, bool newline_first) {
  std::string_view newline = "\n";
  std::array<iovec, 7> parts{};
  std::size_t count = 0;
  // writev wants a non-const base and does not write to it.
  const auto add = [&](std::string_view text) { parts[count++] = {const_cast<char*>(text.data()), text.size()}; };
  if (newline_first) add(newline);
  for (const std::string_view part : linked.parts) {
    if (!part.empty()) add(part);
  }
  add(newline);
  ssize_t written = 0;
  do {
    written = ::writev(fd, parts.data(), static_cast<int>(count));
  } while (written < 0 && errno == EINTR);
  return written;
}

std::string loose(const std::string& link) { return link == "?" ? link : "~" + link; }

std::size_t size_of(const Linked& linked) {
  std::size_t sum = 0;
  for (const std::string_view part : linked.parts) sum += part.size();
  return sum;
}

}  // namespace

LogFile::LogFile(LogFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), seen_(other.seen_), link_(std::move(other.link_)), whole_(other.whole_) {}

LogFile& LogFile::operator=(LogFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  seen_ = other.seen_;
  link_ = std::move(other.link_);
  whole_ = other.whole_;
  return *this;
}

LogFile::~LogFile() {
  if (fd_ >= 0) ::close(fd_);
}

base::Result<LogFile> LogFile::open(const std::string& path) { return open(path, O_CREAT); }
base::Result<LogFile> LogFile::open_existing(const std::string& path) { return open(path, 0); }

base::Result<LogFile> LogFile::open(const std::string& path, int flags) {
  // O_NONBLOCK: opening a pipe that somebody put there must not wait for its reader.
  flags |= O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  int fd = ::open(path.c_str(), O_RDWR | flags, 0600);
  if (fd < 0 && errno == EACCES) fd = ::open(path.c_str(), O_WRONLY | flags, 0600);
  if (fd < 0) {
    const int error = errno;
    const bool wrong_kind = error == ELOOP || error == EISDIR || error == ENXIO;
    return fail(wrong_kind ? Errc::untrusted : Errc::io, system_says("cannot open the log", error));
  }
  LogFile file(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return fail(Errc::io, system_says("cannot look at the log", errno));
  if (!S_ISREG(status.st_mode)) return fail(Errc::untrusted, "the log is not a regular file");
  if (status.st_nlink > 1) return fail(Errc::untrusted, "the log has another name");
  return file;
}

void LogFile::look_at_end() {
  struct stat status {};
  if (::fstat(fd_, &status) != 0) status.st_size = -1;
  if (seen_ == status.st_size && seen_ >= 0) return;
  seen_ = status.st_size;
  whole_ = true;
  link_ = seen_ == 0 ? "-" : "?";
  if (seen_ <= 0) return;
  constexpr std::size_t kUsual = 4U << 10U;
  constexpr std::size_t kLongest = 64U << 10U;
  std::array<char, kUsual> small;
  if (const End end = read_end(fd_, seen_, small, whole_); end.found) {
    link_ = digest_of(end.line);
    return;
  }
  static std::array<char, kLongest> large;
  if (const End end = read_end(fd_, seen_, large, whole_); end.found) link_ = digest_of(end.line);
}

base::Result<void> LogFile::append(std::string_view line) {
  const Lock lock(fd_);
  look_at_end();
  const std::string link = lock.held() ? link_ : loose(link_);
  const Linked linked = with_link(line, link);
  const std::size_t wanted = size_of(linked) + (whole_ ? 1 : 2);
  const ssize_t written = write_parts(fd_, linked, !whole_);
  if (written < 0) return fail(Errc::io, system_says("cannot write the record", errno));
  if (static_cast<std::size_t>(written) == wanted) return {};
  if (::write(fd_, "\n", 1) != 1) return fail(Errc::io, "the record was cut short, and so is the log");
  return fail(Errc::io, "the record was cut short");
}

std::string LogFile::foreseen(std::string_view line) {
  look_at_end();
  return joined(with_link(line, loose(link_)));
}

}  // namespace belay::audit
