#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Fixed text that a pattern needs, worked out by RE2 itself (re2/filtered_re2.h) and never typed by hand.
namespace belay::regex {

/// Lower case (ASCII), sorted, each at least two bytes: when `pattern` is found in a text, at least one of them is in the text with its
/// letters A to Z made lower. Empty: nothing is known, every text must be tried. Of the sets that would do, the one whose
/// shortest member is longest.
[[nodiscard]] std::vector<std::string> required_literals(std::string_view pattern);

/// The longest run of plain bytes in a glob (`*`, `?`, `[…]`), lower case: part of every text that the glob matches. May be empty.
[[nodiscard]] std::string glob_literal(std::string_view glob);

/// Whether lower-cased `text` contains `literal`, which is lower case already.
[[nodiscard]] bool contains_folded(std::string_view text, std::string_view literal);

}  // namespace belay::regex
