#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "path/path.h"

/// Could some filling of the holes of a text match a wildcard pattern? Both sides are small automata; the question is whether
/// their product reaches its end. Only texts with holes come here, so this may allocate.
namespace belay::path {

/// One step of a pattern or of a text.
struct Step {
  enum class Kind : std::uint8_t {
    byte,     ///< `c`
    one,      ///< any byte of `domain`
    many,     ///< any run of bytes of `domain`, none included
    set,      ///< a byte of the class `body`
    folders,  ///< `**`: nothing, or a slash and then the `many` that follows
    skip,     ///< the byte `c`, or nothing and `count` further steps left out
  };
  enum class Domain : std::uint8_t { no_slash, any };
  Kind kind = Kind::byte;
  Domain domain = Domain::any;
  char c = 0;
  std::uint32_t count = 0;
  std::string_view body;  ///< of a class, brackets included
};
using Steps = std::vector<Step>;

void add_literal(Steps& steps, std::string_view bytes, bool fold);
/// One component's or a plain glob's wildcards; `*` and `?` range over `domain`.
void add_wildcards(Steps& steps, std::string_view pattern, Step::Domain domain);
/// Components, each with its slash before it.
void add_components(Steps& steps, std::string_view text);

/// A path as steps: "/" is nothing, a part that is only a hole which may be empty can be left out with its slash.
[[nodiscard]] Steps path_steps(const Text& path, bool fold);
[[nodiscard]] Steps plain_steps(const Text& text);

/// Whole: both end together. Beginning: the text ends where a component of the pattern ends. True as well when the product is
/// larger than a million states: who cannot know must say maybe.
enum class Until : bool { whole, beginning };
[[nodiscard]] bool possible(const Steps& pattern, const Steps& text, Until until);

}  // namespace belay::path
