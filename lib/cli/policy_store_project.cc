#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "base/descriptor.h"
#include "base/fs_posix.h"
#include "cli/policy_store_parts.h"

namespace belay::cli::store {

namespace {

using base::Descriptor;
using base::Errc;
using base::fail;

constexpr const char* kFolder = ".belay";
constexpr std::size_t kMaxBytes = 256U << 10U;
constexpr std::size_t kMaxRules = 200;

base::Error project_error(const std::string& folder, const base::Error& error) {
  return {error.code, "the project's rules in `" + folder + "` cannot be used: " + error.what};
}

/// Nothing open when there is none. No link is followed: it would lead out of the project.
base::Result<Descriptor> open_rules(const std::string& root) {
  const Descriptor top(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  Descriptor folder(top.open() ? ::openat(top.get(), kFolder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1);
  if (folder.open() || errno == ENOENT) return folder;
  if (errno == ENOTDIR || errno == ELOOP) return fail(Errc::untrusted, "not a directory, or a symbolic link");
  return fail(Errc::io, base::system_text(errno));
}

base::Result<std::string> read_rules(int folder, const std::string& name, std::size_t limit) {
  const Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.open()) {
    if (errno == ELOOP) return fail(Errc::untrusted, "a file is a symbolic link");
    return fail(Errc::io, "a file cannot be opened: " + base::system_text(errno));
  }
  auto text = base::read_open_file(file.get(), limit);
  if (text) return text;
  if (text.error().code == Errc::too_large) return fail(Errc::too_large, "together the files are larger than 256 KiB");
  return fail(text.error().code, "a file cannot be read: " + text.error().what);
}

base::Result<std::vector<policy::SourcePtr>> read_all(int folder, const std::string& path) {
  BELAY_TRY(const auto names, toml_names(folder));
  std::vector<policy::SourcePtr> out;
  std::size_t left = kMaxBytes;
  for (const std::string& name : names) {
    BELAY_TRY(std::string text, read_rules(folder, name, left));
    left -= text.size();
    out.push_back(std::make_shared<const base::SourceText>(join(path, name), std::move(text)));
  }
  return out;
}

/// Knowledge of a layer above replaces that of a layer below, and so could make a rule blind: a project may only add rules.
base::Result<void> check_bounds(const policy::Loaded& rules) {
  if (!rules.knowledge.programs.empty()) return fail(Errc::invalid, "a project may not describe programs (`[[program]]`)");
  std::size_t count = 0;
  for (const policy::Pack& pack : rules.policy.packs) {
    count += static_cast<std::size_t>(std::count_if(pack.rules.begin(), pack.rules.end(), [](const policy::Rule& r) { return !r.adopted; }));
  }
  if (count > kMaxRules) return fail(Errc::too_large, "there are more than 200 rules");
  return {};
}

base::Result<std::string> compile_folder(int folder, const std::string& path, const image::View& below, base::Diagnostics& out) {
  BELAY_TRY(const auto sources, read_all(folder, path));
  if (sources.empty()) return std::string();
  BELAY_TRY(const policy::Loaded rules, load_rules(sources, below, out));
  BELAY_CHECK(check_bounds(rules));
  BELAY_TRY(CompiledRules compiled, compile_rules(rules, out));
  return std::move(compiled.image);
}

}  // namespace

base::Result<std::string> compile_project(const std::string& root, const image::View& below, base::Diagnostics& out) {
  const std::string path = join(root, kFolder);
  const auto folder = open_rules(root);
  if (!folder) return tl::unexpected(project_error(path, folder.error()));
  if (!folder->open()) return std::string();
  auto image = compile_folder(folder->get(), path, below, out);
  if (!image) return tl::unexpected(project_error(path, image.error()));
  return image;
}

}  // namespace belay::cli::store
