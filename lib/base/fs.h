#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace belay::base {

/// What lies at a path, without following the last component.
enum class NodeKind : std::uint8_t { missing, directory, file, symlink, other };

struct Node {
  NodeKind kind = NodeKind::missing;
  std::string target;  ///< of a symlink, as stored
  /// Other absolute names of the same file or folder, as far as anybody looked for them: hard links of a file that has several names,
  /// whatever else shows what is mounted here. Almost always none.
  std::vector<std::string> same = {};
};

/// The only way the analysis sees the file system. An implementation may refuse (Errc::io, Errc::deadline): the caller then
/// treats the path as unknown, never as absent. Replay and rule cases pass a recorded or invented one; a null pointer means
/// the capability is refused and paths stay lexical.
class FileView {
 public:
  FileView() = default;
  FileView(const FileView&) = delete;
  FileView& operator=(const FileView&) = delete;
  virtual ~FileView() = default;

  /// `path` is absolute. Errc::io when it cannot be known (EACCES, ELOOP …).
  [[nodiscard]] virtual Result<Node> lookup(const std::string& path) const = 0;
  /// Names in a directory without `.` and `..`, at most `limit` (Errc::too_large beyond).
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& path, std::size_t limit) const = 0;
  /// All bytes of a regular file, at most `limit` (Errc::too_large beyond). Whoever does not offer it refuses (Errc::io).
  [[nodiscard]] virtual Result<std::string> read(const std::string& path, std::size_t limit) const {
    (void)path, (void)limit;
    return fail(Errc::io, "files are not read here");
  }
};

}  // namespace belay::base
