#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

/// Regular expressions of rules. The options are a matter of security and therefore not to be chosen: bytes instead of UTF-8 (in UTF-8
/// mode `.` does not cross an invalid byte, so `rm \xff -rf /` would escape `rm.*-rf`), `.` matches newlines (the same with `\n`), no
/// text on stderr, bounded memory. RE2 syntax: https://github.com/google/re2/wiki/Syntax
namespace belay::regex {

/// What is wrong with a pattern; bytes [begin, end) of its source, both 0 when it is the whole.
struct PatternError {
  std::string what;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Nothing when the pattern compiles and means what it seems to: a character of several bytes inside a class would be any one of its
/// bytes, and is refused.
[[nodiscard]] std::optional<PatternError> check(std::string_view source);

/// A compiled pattern. Making one costs about as much as four empty processes: only for rules that everything else already selected.
class Pattern {
 public:
  [[nodiscard]] static base::Result<Pattern> compile(std::string_view source);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// Whether the pattern is found anywhere in `text`. Linear in its size.
  [[nodiscard]] bool found_in(std::string_view text) const;

 private:
  explicit Pattern(std::unique_ptr<re2::RE2> re);
  std::unique_ptr<re2::RE2> re_;
};

}  // namespace belay::regex
