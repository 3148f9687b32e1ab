#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Other names of files that have several: hard links and bind mounts. Nothing here is asked for ordinary files.
namespace belay::base {

/// Which file it is among all of the machine.
struct FileId {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const FileId&, const FileId&) = default;
};

/// The kernel keeps no list of a file's names, so they are looked for where a name would matter: in the folders that somebody watches,
/// and beside the file. Folders are read once per object; of one with more than 20 000 names only the first ones.
class OtherNames {
 public:
  using Folders = std::function<std::vector<std::string>()>;  ///< absolute, without trailing slash
  using Before = std::function<void(const std::string&)>;     ///< told of every folder before it is read: that may wait

  explicit OtherNames(Folders watched) : watched_(std::move(watched)) {}

  /// Names of the file `id`, which was found at `path`, without `path` itself. A name that cannot be looked at is no name.
  [[nodiscard]] std::vector<std::string> of_file(const std::string& path, FileId id, const Before& before);
  /// Appends where else that is seen which is mounted at `path`. A mount table that cannot be read has no rows.
  void add_of_mount(const std::string& path, std::vector<std::string>& to);

 private:
  struct Entry {
    std::uint64_t inode;
    std::string path;
  };
  void read(const std::string& folder, const Before& before);

  Folders watched_;
  std::set<std::string> read_;
  std::vector<Entry> entries_;
  std::optional<std::string> mounts_;
};

/// What the text of /proc/self/mountinfo (proc(5)) says: other places where what is mounted at `path` is seen, because the same tree or
/// one around it is mounted there too. Of several mounts at one place the last one counts.
[[nodiscard]] std::vector<std::string> other_places(std::string_view mountinfo, std::string_view path);

}  // namespace belay::base
