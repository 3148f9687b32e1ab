#include "command/pattern.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace belay::command {

namespace {

bool in_class(std::string_view name, char c) {
  const bool lower = c >= 'a' && c <= 'z';
  const bool upper = c >= 'A' && c <= 'Z';
  const std::array<std::pair<std::string_view, bool>, 9> classes{{
      {"alpha", lower || upper}, {"digit", base::is_digit(c)}, {"alnum", lower || upper || base::is_digit(c)}, {"lower", lower},
      {"upper", upper}, {"space", c == ' ' || (c >= '\t' && c <= '\r')}, {"blank", c == ' ' || c == '\t'},
      {"punct", c > ' ' && c < 127 && !lower && !upper && !base::is_digit(c)},
      {"xdigit", base::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')},
  }};
  for (const auto& [known, holds] : classes) {
    if (known == name) return holds;
  }
  return false;
}

/// A bracket expression that starts at `pattern[0] == '['`: its length and whether it takes `c`; length 0 when it is not closed.
struct Bracket {
  std::size_t length = 0;
  bool takes = false;
};

Bracket read_bracket(std::string_view pattern, char c) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool takes = false;
  for (const std::size_t first = i; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
    if (pattern.substr(i, 2) == "[:") {
      const auto end = pattern.find(":]", i + 2);
      if (end != std::string_view::npos) {
        takes = takes || in_class(pattern.substr(i + 2, end - i - 2), c);
        i = end + 1;
        continue;
      }
    }
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    const char low = pattern[i];
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      takes = takes || (c >= low && c <= pattern[i + 2]);
      i += 2;
    } else {
      takes = takes || c == low;
    }
  }
  if (i >= pattern.size()) return {};
  return {i + 1, takes != negated};
}

/// Length of the pattern element at the front if it takes `c`; 0 if not. Never called with `*`.
std::size_t step(std::string_view pattern, char c) {
  if (pattern.empty()) return 0;
  if (pattern[0] == '?') return 1;
  if (pattern[0] == '[') {
    const Bracket bracket = read_bracket(pattern, c);
    if (bracket.length != 0) return bracket.takes ? bracket.length : 0;
  }
  if (pattern[0] == '\\' && pattern.size() > 1) return pattern[1] == c ? 2 : 0;
  return pattern[0] == c ? 1 : 0;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // where to go on when the last star takes one byte more
  std::size_t taken = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      taken = t;
    } else if (const std::size_t length = step(pattern.substr(p), text[t]); length != 0) {
      p += length;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string quote_pattern(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::optional<std::size_t> matching_prefix(std::string_view pattern, std::string_view text, Reach reach) {
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t length = reach == Reach::shortest ? i : text.size() - i;
    if (matches_pattern(pattern, text.substr(0, length))) return length;
  }
  return std::nullopt;
}

std::optional<std::size_t> matching_suffix(std::string_view pattern, std::string_view text, Reach reach) {
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t length = reach == Reach::shortest ? i : text.size() - i;
    if (matches_pattern(pattern, text.substr(text.size() - length))) return length;
  }
  return std::nullopt;
}

}  // namespace belay::command
