#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace belay::audit {

/// Adds `line` and a newline to the file in one write, so that records of concurrent processes never mix on a local file system (the
/// kernel holds the inode's lock across an appending write). Creates the file with mode 0600; follows no symlink in the last
/// component; refuses what is not a regular file or has more than one name. A write that was cut short is ended with a newline, so that only this
/// record is lost, and is an error. Never waits for a lock, never syncs.
/// Errc::untrusted for the wrong kind of file, Errc::io for what the system refuses.
[[nodiscard]] base::Result<void> append_line(const std::string& path, std::string_view line);

/// The same on a descriptor that is open for appending (the package's shared log, opened before privileges are dropped).
[[nodiscard]] base::Result<void> append_line(int descriptor, std::string_view line);

/// The log as append_line opens it, for a record that may have to be written when nothing can be opened any more. The caller closes.
[[nodiscard]] base::Result<int> open_log(const std::string& path);

}  // namespace belay::audit
