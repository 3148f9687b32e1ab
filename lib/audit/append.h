#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "base/result.h"

/// A log that is open for appending.
///
/// A line and its newline go into it in one write, so that records of concurrent processes never mix on a local file system (the kernel holds the
/// inode's lock across an appending write). Each line is linked to the one before it (chain.h), for which the file is locked (flock(2)) while its
/// end is looked at and the line is written. Whoever finds it locked for more than 20 ms goes on without: a record is never lost for a link.
/// Nothing is synced.
namespace belay::audit {

class LogFile {
 public:
  /// Creates the file with mode 0600; follows no symlink in the last component; refuses what is not a regular file or has more than one name.
  /// A file that may be written and not read gets lines without links. Errc::untrusted for the wrong kind of file, Errc::io for what the
  /// system refuses.
  [[nodiscard]] static base::Result<LogFile> open(const std::string& path);
  /// The same without creating it: the package's shared log, before privileges are dropped.
  [[nodiscard]] static base::Result<LogFile> open_existing(const std::string& path);

  LogFile(LogFile&& other) noexcept;
  LogFile& operator=(LogFile&& other) noexcept;
  ~LogFile();

  /// A write that was cut short is ended with a newline, so that only this record is lost, and is an error; so does the next one for a line
  /// that somebody else left unfinished.
  [[nodiscard]] base::Result<void> append(std::string_view line);
  /// `line` with the link that it would have now, for a writer that cannot look any more when it has to write.
  [[nodiscard]] std::string foreseen(std::string_view line);
  [[nodiscard]] int descriptor() const { return fd_; }

 private:
  explicit LogFile(int fd) : fd_(fd) {}
  [[nodiscard]] static base::Result<LogFile> open(const std::string& path, int flags);
  void look_at_end();

  int fd_ = -1;
  off_t seen_ = -1;    ///< the size at which the end was looked at last
  std::string link_;   ///< to the line that ended there
  bool whole_ = true;  ///< it had its newline
};

}  // namespace belay::audit
