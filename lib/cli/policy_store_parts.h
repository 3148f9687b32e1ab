#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diag.h"
#include "base/result.h"
#include "cli/policy_store.h"
#include "policy/load.h"
#include "trust/installation.h"

/// What the files of the policy store share; nobody else includes this.
namespace belay::cli::store {

inline constexpr std::size_t kMaxSourceBytes = 4U << 20U;
inline constexpr std::size_t kMaxRuleFiles = 10'000;
inline constexpr std::string_view kMagic = "BELAYIMG";

/// The error with the path that it is about in front.
[[nodiscard]] base::Error about(const std::string& path, base::Error error);
/// What errno says of `path`. Errc::not_found for ENOENT alone.
[[nodiscard]] base::Error system_error(const std::string& path, int error);
[[nodiscard]] std::string join(const std::string& folder, std::string_view name);

/// Rule files and the folders whose listing says which they are; no folder when the path itself is a file.
struct Listing {
  std::vector<std::string> folders;
  std::vector<std::string> files;
};
/// See rule_files.
[[nodiscard]] base::Result<Listing> list_rules(const std::string& path);
/// Names in an open folder that `*.toml` means to a shell, sorted: no hidden ones, which are what editors leave behind.
[[nodiscard]] base::Result<std::vector<std::string>> toml_names(int folder);

/// Whether the files of a user's policy, and the folders that they lie in, are the user's own (trust/chain.h): who else can write there could
/// relax what holds for this user. Errc::untrusted.
[[nodiscard]] base::Result<void> check_users_own(const Listing& listing);

/// Rules and knowledge of `sources`, lists and overrides applied; the lists reach the rules that `below` carries (policy/adopt.h).
/// Errc::invalid when anything is wrong with them.
[[nodiscard]] base::Result<policy::Loaded> load_rules(std::span<const policy::SourcePtr> sources, const image::View& below,
                                                      base::Diagnostics& out);
struct CompiledRules {
  std::string image;
  bool by_group_file = false;  ///< names of groups were looked up: the image says what the group file said
};
[[nodiscard]] base::Result<CompiledRules> compile_rules(const policy::Loaded& rules, base::Diagnostics& out);

/// Whether the stamps of `image` are what a program that carries `embedded` would write about `listing` now.
[[nodiscard]] bool is_fresh(const image::View& image, const image::View& embedded, const Listing& listing);
/// The compiled policy of a user; null when there is none, when it is not fresh, or when others could have written it.
[[nodiscard]] std::unique_ptr<HeldImage> fresh_user_image(const std::string& path, const image::View& embedded,
                                                          const Listing& listing);

/// The rules in `.belay` of the folder `root`, compiled; empty when it has no such folder. Errors name no file in it: whoever
/// writes there chooses the names, and the text may reach the model.
[[nodiscard]] base::Result<std::string> compile_project(const std::string& root, const image::View& below, base::Diagnostics& out);

/// Makes `folder` and what is missing above it: with mode 0700 what lies below one of `homes`, 0755 all else, whatever the umask.
[[nodiscard]] base::Result<void> make_folders(const std::string& folder, std::span<const std::string> homes);

}  // namespace belay::cli::store
