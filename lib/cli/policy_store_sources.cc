#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/descriptor.h"
#include "base/fs_posix.h"
#include "cli/policy_store_parts.h"
#include "trust/chain.h"

namespace belay::cli {

namespace store {

namespace {

using base::Descriptor;
using base::Errc;
using base::fail;

constexpr std::string_view kKnowledge = "knowledge";
constexpr std::string_view kExtension = ".toml";

class Stream {
 public:
  explicit Stream(DIR* stream) : stream_(stream) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() {
    if (stream_ != nullptr) ::closedir(stream_);
  }
  [[nodiscard]] DIR* get() const { return stream_; }

 private:
  DIR* stream_;
};

Descriptor open_folder(int from, const std::string& name) {
  return Descriptor(::openat(from, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool is_rule_file(std::string_view name) {
  return name.size() > kExtension.size() && name[0] != '.' && name.ends_with(kExtension);
}

/// `path`, which is no folder: itself, if there is anything.
base::Result<Listing> single_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return Listing{{}, {path}};
  // Below something that is no folder there is nothing.
  return tl::unexpected(system_error(path, errno == ENOTDIR ? ENOENT : errno));
}

base::Result<void> add_folder(int fd, const std::string& path, Listing& out) {
  auto names = toml_names(fd);
  if (!names) return tl::unexpected(about(path, std::move(names).error()));
  out.folders.push_back(path);
  for (const std::string& name : *names) out.files.push_back(join(path, name));
  if (out.files.size() > kMaxRuleFiles) return fail(Errc::too_large, "`" + path + "` has more than 10000 rule files");
  return {};
}

}  // namespace

base::Error about(const std::string& path, base::Error error) {
  error.what = "`" + path + "`: " + error.what;
  return error;
}

base::Error system_error(const std::string& path, int error) {
  return about(path, {error == ENOENT ? Errc::not_found : Errc::io, base::system_text(error)});
}

std::string join(const std::string& folder, std::string_view name) {
  std::string out = folder;
  if (!out.ends_with('/')) out += '/';
  return out.append(name);
}

base::Result<std::vector<std::string>> toml_names(int folder) {
  Descriptor own = open_folder(folder, ".");
  const Stream stream(own.open() ? ::fdopendir(own.get()) : nullptr);
  if (stream.get() == nullptr) return fail(Errc::io, base::system_text(errno));
  (void)own.release();  // the stream closes it
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    if (is_rule_file(entry->d_name)) names.emplace_back(entry->d_name);
    if (names.size() > kMaxRuleFiles) return fail(Errc::too_large, "more than 10000 rule files");
    errno = 0;
  }
  if (errno != 0) return fail(Errc::io, base::system_text(errno));
  std::sort(names.begin(), names.end());
  return names;
}

base::Result<Listing> list_rules(const std::string& path) {
  const Descriptor folder = open_folder(AT_FDCWD, path);
  if (!folder.open()) {
    if (errno == ENOTDIR) return single_file(path);
    return tl::unexpected(system_error(path, errno));
  }
  Listing out;
  BELAY_CHECK(add_folder(folder.get(), path, out));
  const Descriptor knowledge = open_folder(folder.get(), std::string(kKnowledge));
  if (knowledge.open()) {
    BELAY_CHECK(add_folder(knowledge.get(), join(path, kKnowledge), out));
    std::sort(out.files.begin(), out.files.end());
  } else if (errno != ENOENT && errno != ENOTDIR) {
    return tl::unexpected(system_error(join(path, kKnowledge), errno));
  }
  return out;
}

base::Result<void> check_users_own(const Listing& listing) {
  for (const auto* paths : {&listing.folders, &listing.files}) {
    for (const std::string& path : *paths) {
      struct stat status {};
      if (::stat(path.c_str(), &status) != 0) return tl::unexpected(system_error(path, errno));
      BELAY_CHECK(trust::check_own({status.st_uid, status.st_mode}, status.st_gid, ::getuid(), path));
    }
  }
  return {};
}

}  // namespace store

base::Result<std::vector<std::string>> rule_files(const std::string& path) {
  BELAY_TRY(store::Listing listing, store::list_rules(path));
  return std::move(listing.files);
}

base::Result<std::vector<policy::SourcePtr>> read_sources(std::span<const std::string> files) {
  std::vector<policy::SourcePtr> out;
  for (const std::string& file : files) {
    auto text = base::read_file(file, store::kMaxSourceBytes);
    if (!text) return tl::unexpected(store::about(file, std::move(text).error()));
    out.push_back(std::make_shared<const base::SourceText>(file, *std::move(text)));
  }
  return out;
}

}  // namespace belay::cli
