#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// The smallest matcher: one wildcard pattern against one run of bytes. A hole byte in the text is matched by `*` and nothing else.
namespace belay::path {

/// `[…]` at the beginning of a pattern.
struct ByteClass {
  std::string_view body;  ///< between the brackets, without the sign of negation
  bool negated = false;
  std::size_t size = 0;  ///< of the whole, brackets included

  /// A hole is in no class.
  [[nodiscard]] bool contains(char c) const;
};
/// Nothing when the bracket is not closed: then it is an ordinary byte.
[[nodiscard]] std::optional<ByteClass> read_class(std::string_view pattern);

enum class Fold : bool { no, yes };

/// Has `pattern` a byte that is not itself?
[[nodiscard]] bool has_wildcard(std::string_view pattern);

/// `*` any run, `?` one byte, `[…]`, `\x`. At most |pattern| × |text| steps, no allocation.
[[nodiscard]] bool wildcard_match(std::string_view pattern, std::string_view text, Fold fold);

/// The same for a pattern with at most one `*` and no other wildcard.
[[nodiscard]] bool simple_match(std::string_view pattern, std::string_view text, Fold fold);

}  // namespace belay::path
