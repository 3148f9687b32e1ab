#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Shell patterns (POSIX XCU 2.13) over literal text: `*`, `?`, `[…]` with ranges, `!`/`^` and classes; a backslash quotes.
namespace belay::command {

struct PatternRules {
  bool extended = false;     ///< shopt -s extglob: `?(…)` `*(…)` `+(…)` `@(…)` `!(…)`
  bool leading_dot = false;  ///< of pathnames: only a dot takes a dot in front
};
/// Whole match. Time is bounded by |pattern| × |text|; with extended elements by a budget, beyond which nothing matches.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view text, const PatternRules& rules = {});
/// Nothing in it is special: it matches itself alone.
[[nodiscard]] bool is_plain(std::string_view pattern);
/// Length of the bracket expression at the front; 0 when it is not closed.
[[nodiscard]] std::size_t bracket_length(std::string_view pattern);

/// `text` with every pattern character quoted.
[[nodiscard]] std::string quote_pattern(std::string_view text);

enum class Reach : bool { shortest, longest };
/// Length of the prefix (suffix) of `text` that matches; nothing when none does.
[[nodiscard]] std::optional<std::size_t> matching_prefix(std::string_view pattern, std::string_view text, Reach reach,
                                                         const PatternRules& rules = {});
[[nodiscard]] std::optional<std::size_t> matching_suffix(std::string_view pattern, std::string_view text, Reach reach,
                                                         const PatternRules& rules = {});

}  // namespace belay::command
