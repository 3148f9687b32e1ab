#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Shell patterns (POSIX XCU 2.13) over literal text: `*`, `?`, `[…]` with ranges, `!`/`^` and classes; a backslash quotes.
namespace belay::command {

/// Whole match. Time is bounded by |pattern| × |text|.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view text);

/// `text` with every pattern character quoted.
[[nodiscard]] std::string quote_pattern(std::string_view text);

enum class Reach : bool { shortest, longest };
/// Length of the prefix (suffix) of `text` that matches; nothing when none does.
[[nodiscard]] std::optional<std::size_t> matching_prefix(std::string_view pattern, std::string_view text, Reach reach);
[[nodiscard]] std::optional<std::size_t> matching_suffix(std::string_view pattern, std::string_view text, Reach reach);

}  // namespace belay::command
