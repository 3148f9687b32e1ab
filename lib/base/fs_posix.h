#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/other_names.h"

/// The real file system, by system calls alone.
namespace belay::base {

/// What errno `error` means, lower case, in English whatever the locale.
[[nodiscard]] std::string system_text(int error);

/// Whether a look-up of `path` may wait for somebody: a network or user-space file system, or one that cannot be told. Itself never waits.
[[nodiscard]] bool may_block(const std::string& path);

/// Look-ups that the kernel answers from its caches are made at once (openat2(2), RESOLVE_CACHED). `before_blocking` is called once,
/// before the first one that may hang on a dead mount, which no signal can end: a watchdog is started there. `watched` gives the folders
/// in which other names of a file with several are looked for; it is asked when such a file is met, not before.
class PosixFiles final : public FileView {
 public:
  explicit PosixFiles(std::function<void()> before_blocking = {}, OtherNames::Folders watched = {})
      : before_blocking_(std::move(before_blocking)), other_names_(std::move(watched)) {}

  [[nodiscard]] Result<Node> lookup(const std::string& path) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit) const override;

 private:
  void warn() const;

  mutable std::function<void()> before_blocking_;
  mutable OtherNames other_names_;
};

/// A whole regular file. Errc::not_found (ENOENT only), untrusted (not a regular file), too_large, io.
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit);
/// The same for one that is open already, from where it stands; it stays open.
[[nodiscard]] Result<std::string> read_open_file(int descriptor, std::size_t limit);

}  // namespace belay::base
