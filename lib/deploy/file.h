#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

/// Files that belong to somebody else, changed in one step or not at all.
namespace belay::deploy {

inline constexpr std::size_t kMaxSettings = 8U << 20U;

/// Nothing when there is no such file. Errc::untrusted for what is no regular file, too_large, io.
[[nodiscard]] base::Result<std::optional<std::string>> read_if_there(const std::string& path);

/// Where the bytes of `path` really are: the target of a symbolic link (dotfiles are often linked into a repository), else `path`.
/// Errc::not_found for a link that leads nowhere.
[[nodiscard]] base::Result<std::string> real_file(const std::string& path);

/// Writes a file beside `path`, syncs it and renames it over `path`, which keeps its owner and mode; a new file gets `mode`, missing
/// folders 0700. `path` is no symbolic link (real_file).
[[nodiscard]] base::Result<void> replace_file(const std::string& path, std::string_view text, std::uint32_t mode = 0600);

}  // namespace belay::deploy
