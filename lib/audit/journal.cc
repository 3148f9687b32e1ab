#include "audit/journal.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace belay::audit {

namespace {

using base::Errc;
using base::fail;

/// A socket that is connected to whoever listens at a path.
class Channel {
 public:
  explicit Channel(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return;
    std::memcpy(static_cast<void*>(address.sun_path), path.c_str(), path.size() + 1);
    // The address of a socket is passed by its common beginning (sockaddr(3type)).
    connected_ = fd_ >= 0 && ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] base::Result<void> send(const std::string& datagram) const {
    const ssize_t sent = ::send(fd_, datagram.data(), datagram.size(), MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(datagram.size())) return {};
    const char* const why = sent < 0 ? strerrordesc_np(errno) : nullptr;
    return fail(Errc::io, "cannot send the record to the journal: " + std::string(why != nullptr ? why : "it was cut short"));
  }

 private:
  int fd_;
  bool connected_ = false;
};

std::string native(std::string_view line, Priority priority) {
  return "SYSLOG_IDENTIFIER=belay\nPRIORITY=" + std::to_string(static_cast<unsigned>(priority)) +
         "\nMESSAGE=" + std::string(line) + "\n";
}

std::string classic(std::string_view line, Priority priority) {
  constexpr unsigned kAuthPrivate = 10U << 3U;
  return "<" + std::to_string(kAuthPrivate | static_cast<unsigned>(priority)) + ">belay[" + std::to_string(::getpid()) +
         "]: " + std::string(line);
}

tl::unexpected<base::Error> nobody() { return fail(Errc::io, "neither the journal nor a syslog daemon listens on this machine"); }

}  // namespace

base::Result<void> send_to_journal(std::string_view line, Priority priority, const JournalPaths& paths) {
  if (const Channel journal(paths.journal); journal.connected()) return journal.send(native(line, priority));
  if (const Channel syslog(paths.syslog); syslog.connected()) return syslog.send(classic(line, priority));
  return nobody();
}

base::Result<void> reach_journal(const JournalPaths& paths) {
  if (Channel(paths.journal).connected() || Channel(paths.syslog).connected()) return {};
  return nobody();
}

}  // namespace belay::audit
