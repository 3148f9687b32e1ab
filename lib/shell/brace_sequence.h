#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace belay::shell {

/// The words of `x..y` or `x..y..step` (bash(1) "Brace Expansion"): integers, zero padded when either end is, or single letters.
/// Nothing when `inside` is no sequence; an empty vector when it has more than `limit` members.
[[nodiscard]] std::optional<std::vector<std::string>> brace_sequence(std::string_view inside, std::size_t limit);

}  // namespace belay::shell
