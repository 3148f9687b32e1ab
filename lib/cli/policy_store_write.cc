#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/descriptor.h"
#include "base/fs_posix.h"
#include "cli/policy_store_parts.h"
#include "trust/accounts.h"

namespace belay::cli {

namespace {

using base::Descriptor;
using base::Errc;
using base::fail;

constexpr unsigned kAttempts = 100;

struct Place {
  std::string folder;
  std::string name;
};
Place place_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

/// A file beside the target until it is complete and has its name; removed when that does not come to pass.
class Draft {
 public:
  explicit Draft(int folder) : folder_(folder) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (file_.open()) ::unlinkat(folder_, name_.c_str(), 0);
  }

  /// A name that nobody has: of this process, counted on over what others (threads, a process that died) left.
  base::Result<void> open(const std::string& target) {
    for (unsigned attempt = 0; attempt < kAttempts; ++attempt) {
      name_ = "." + target + "." + std::to_string(::getpid()) + "." + std::to_string(attempt);
      file_ = Descriptor(::openat(folder_, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
      if (file_.open()) return {};
      if (errno != EEXIST) return fail(Errc::io, base::system_text(errno));
    }
    return fail(Errc::io, "too many unfinished files beside it");
  }

  base::Result<void> fill(std::string_view bytes, std::uint32_t mode) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return fail(Errc::io, base::system_text(errno));
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fchmod(file_.get(), static_cast<mode_t>(mode)) != 0 || ::fsync(file_.get()) != 0)
      return fail(Errc::io, base::system_text(errno));
    return {};
  }

  base::Result<void> become(const std::string& target) {
    if (::renameat(folder_, name_.c_str(), folder_, target.c_str()) != 0) return fail(Errc::io, base::system_text(errno));
    file_ = Descriptor();
    // Some file systems have nothing to say to this; the new name is in place all the same.
    if (::fsync(folder_) != 0 && errno != EINVAL && errno != EROFS) return fail(Errc::io, base::system_text(errno));
    return {};
  }

 private:
  int folder_;
  std::string name_;
  Descriptor file_;
};

/// Devices, pipes and links are not to be replaced by a file, as the rename would.
base::Result<void> check_target(int folder, const std::string& name) {
  struct stat status {};
  if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return errno == ENOENT ? base::Result<void>() : fail(Errc::io, base::system_text(errno));
  }
  return S_ISREG(status.st_mode) ? base::Result<void>() : fail(Errc::untrusted, "exists and is not a regular file");
}

base::Result<void> replace(const Place& place, std::string_view bytes, std::uint32_t mode) {
  const Descriptor folder(::open(place.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.open()) return fail(Errc::io, base::system_text(errno));
  BELAY_CHECK(check_target(folder.get(), place.name));
  Draft draft(folder.get());
  BELAY_CHECK(draft.open(place.name));
  BELAY_CHECK(draft.fill(bytes, mode));
  return draft.become(place.name);
}

std::vector<std::string> own_home() {
  const auto accounts = trust::read_accounts();
  if (!accounts) return {};
  const trust::Account* account = trust::account_of(*accounts, ::geteuid());
  return account != nullptr ? std::vector<std::string>{account->home} : std::vector<std::string>{};
}

bool is_below(const std::string& folder, const std::string& home) {
  return home.size() > 1 && folder.size() > home.size() && folder.starts_with(home) && folder[home.size()] == '/';
}

base::Result<void> make_folder(const std::string& folder, mode_t mode) {
  // Somebody else may just have made it: then it is theirs to say who may enter.
  if (::mkdir(folder.c_str(), 0700) != 0) {
    return errno == EEXIST ? base::Result<void>() : tl::unexpected(store::system_error(folder, errno));
  }
  const Descriptor made(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!made.open() || ::fchmod(made.get(), mode) != 0) return tl::unexpected(store::system_error(folder, errno));
  return {};
}

}  // namespace

base::Result<void> store::make_folders(const std::string& folder, std::span<const std::string> homes) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return {};
    return fail(Errc::untrusted, "`" + folder + "` is not a directory");
  }
  if (errno != ENOENT) return tl::unexpected(system_error(folder, errno));
  const Place place = place_of(folder);
  if (place.folder != folder) BELAY_CHECK(make_folders(place.folder, homes));
  const bool in_home = std::any_of(homes.begin(), homes.end(), [&](const std::string& home) { return is_below(folder, home); });
  return make_folder(folder, in_home ? 0700 : 0755);
}

base::Result<void> write_image(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  const Place place = place_of(path);
  if (place.name.empty()) return fail(Errc::invalid, "`" + path + "` names no file");
  BELAY_CHECK(store::make_folders(place.folder, own_home()));
  if (auto written = replace(place, bytes, mode); !written) return tl::unexpected(store::about(path, std::move(written).error()));
  return {};
}

}  // namespace belay::cli
