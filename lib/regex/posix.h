#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

/// Regular expressions of text tools (POSIX XBD 9, with GNU's `\+ \? \| \w \W \b \<`), as far as RE2 has a form for them.
namespace belay::regex {

enum class Grammar : unsigned char { basic, extended, perl, fixed };  // grep -G | -E | -P | -F

class Posix {
 public:
  /// Nothing for what RE2 has no form for: back-references, looking around.
  [[nodiscard]] static std::optional<Posix> compile(std::string_view source, Grammar grammar, bool ignore_case = false);
  Posix(Posix&&) noexcept;
  Posix& operator=(Posix&&) noexcept;
  ~Posix();

  /// Byte ranges of the leftmost match from `at` on and of its groups, longest as POSIX has it; a group that takes no part is empty. Nothing when there is no match.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] std::optional<std::vector<Range>> match(std::string_view text, std::size_t at = 0) const;

 private:
  explicit Posix(std::unique_ptr<re2::RE2> re);
  std::unique_ptr<re2::RE2> re_;
};

}  // namespace belay::regex
