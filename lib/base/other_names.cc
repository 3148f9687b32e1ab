#include "base/other_names.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/fs_posix.h"

namespace belay::base {

namespace {

constexpr std::size_t kMostEntries = 20'000;
constexpr std::size_t kMountTable = 4U << 20U;
constexpr std::size_t kMostNames = 8;  ///< of one file

/// Trees of the kernel's own, where no file of ours has another name; some of them are endless.
constexpr std::array<std::string_view, 3> kKernelTrees{"/proc", "/sys", "/dev"};

bool is_kernels(std::string_view path) {
  return std::any_of(kKernelTrees.begin(), kKernelTrees.end(), [&](std::string_view tree) {
    return path.starts_with(tree) && (path.size() == tree.size() || path[tree.size()] == '/');
  });
}

bool is_file(const std::string& path, FileId id) {
  struct statx status {};
  const int flags = AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;
  if (::statx(AT_FDCWD, path.c_str(), flags, STATX_INO, &status) != 0) return false;
  return id == FileId{(std::uint64_t{status.stx_dev_major} << 32U) | status.stx_dev_minor, status.stx_ino};
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

/// One row of the mount table, as far as it matters.
struct Mount {
  std::string_view device;  ///< `8:1`
  std::string_view root;    ///< of the tree that is seen, within its file system; blanks and such as `\040`
  std::string_view place;   ///< where it is seen, written so too
};

std::string_view take_field(std::string_view& line) {
  const std::string_view field = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), field.size() + 1));
  return field;
}

/// Calls `use` with each row.
template <class Use>
void each_mount(std::string_view table, Use use) {
  while (!table.empty()) {
    std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    (void)take_field(line);
    (void)take_field(line);
    Mount mount;
    mount.device = take_field(line);
    mount.root = take_field(line);
    mount.place = take_field(line);
    if (!mount.place.empty()) use(mount);
  }
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

std::string unescaped(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const bool escape =
        field[i] == '\\' && i + 3 < field.size() && is_octal(field[i + 1]) && is_octal(field[i + 2]) && is_octal(field[i + 3]);
    out.push_back(escape ? static_cast<char>((field[i + 1] - '0') * 64 + (field[i + 2] - '0') * 8 + (field[i + 3] - '0'))
                         : field[i]);
    if (escape) i += 3;
  }
  return out;
}

/// What is left of `path` below `folder`, with its slash; nothing when it is not there.
std::optional<std::string_view> below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path == "/" ? std::string_view() : path;
  if (!path.starts_with(folder)) return std::nullopt;
  path.remove_prefix(folder.size());
  if (!path.empty() && path[0] != '/') return std::nullopt;
  return path;
}

}  // namespace

std::vector<std::string> other_places(std::string_view mountinfo, std::string_view path) {
  std::optional<Mount> mine;
  each_mount(mountinfo, [&](const Mount& mount) {
    const bool escaped = mount.place.size() > path.size() && mount.place.find('\\') != std::string_view::npos;
    if (mount.place == path || (escaped && unescaped(mount.place) == path)) mine = mount;
  });
  std::vector<std::string> out;
  if (!mine) return out;
  each_mount(mountinfo, [&](const Mount& other) {
    if (other.device != mine->device || other.place == mine->place || out.size() == kMostNames) return;
    const auto rest = below(mine->root, other.root);
    if (!rest) return;
    std::string name = unescaped(other.place);
    if (name == "/") name.clear();
    name += unescaped(*rest);
    out.push_back(name.empty() ? "/" : std::move(name));
  });
  return out;
}

void OtherNames::read(const std::string& folder, const Before& before) {
  if (is_kernels(folder) || !read_.insert(folder).second) return;
  if (before) before(folder);
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  DIR* const stream = ::fdopendir(fd);
  if (stream == nullptr) {
    ::close(fd);
    return;
  }
  const std::string prefix = folder == "/" ? "/" : folder + "/";
  for (std::size_t n = 0; n < kMostEntries; ++n) {
    const dirent* const entry = ::readdir(stream);
    if (entry == nullptr) break;
    if (entry->d_type != DT_DIR && entry->d_type != DT_LNK) entries_.push_back({entry->d_ino, prefix + entry->d_name});
  }
  ::closedir(stream);
}

std::vector<std::string> OtherNames::of_file(const std::string& path, FileId id, const Before& before) {
  std::vector<std::string> out;
  if (is_kernels(path)) return out;
  if (watched_) {
    for (const std::string& folder : watched_()) read(folder, before);
    watched_ = nullptr;
  }
  read(parent_of(path), before);
  for (const Entry& entry : entries_) {
    if (entry.inode != id.inode || entry.path == path || out.size() == kMostNames) continue;
    if (is_file(entry.path, id)) out.push_back(entry.path);
  }
  return out;
}

void OtherNames::add_of_mount(const std::string& path, std::vector<std::string>& to) {
  if (path == "/" || is_kernels(path)) return;
  if (!mounts_) mounts_ = read_file("/proc/self/mountinfo", kMountTable).value_or(std::string());
  for (std::string& place : other_places(*mounts_, path)) to.push_back(std::move(place));
}

}  // namespace belay::base
