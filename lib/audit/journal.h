#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace belay::audit {

/// Where the machine's own log listens. Compiled in; a parameter only so that tests can listen themselves.
struct JournalPaths {
  std::string journal = "/run/systemd/journal/socket";  ///< systemd's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL)
  std::string syslog = "/dev/log";                      ///< what every syslog daemon listens on (RFC 3164)
};

/// As syslog(3) numbers them.
enum class Priority : unsigned char { warning = 4, notice = 5, info = 6 };

/// Hands `line` to the journal, or where there is none to syslog, as one datagram on a local socket: who sent it is the kernel's word there, and
/// what arrived is out of the sender's reach. Never waits: a daemon that is too busy is Errc::io, like one that is absent. `line` has no newline.
[[nodiscard]] base::Result<void> send_to_journal(std::string_view line, Priority priority, const JournalPaths& paths = {});

/// Whether somebody listens; sends nothing.
[[nodiscard]] base::Result<void> reach_journal(const JournalPaths& paths = {});

}  // namespace belay::audit
