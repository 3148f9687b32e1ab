#include "command/pattern.h"

#include <array>
#include <utility>

#include "base/budget.h"
#include "base/text.h"

namespace belay::command {

namespace {

bool in_class(std::string_view name, char c) {
  const bool lower = c >= 'a' && c <= 'z';
  const bool upper = c >= 'A' && c <= 'Z';
  const std::array<std::pair<std::string_view, bool>, 9> classes{{
      {"alpha", lower || upper},
      {"digit", base::is_digit(c)},
      {"alnum", lower || upper || base::is_digit(c)},
      {"lower", lower},
      {"upper", upper},
      {"space", c == ' ' || (c >= '\t' && c <= '\r')},
      {"blank", c == ' ' || c == '\t'},
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

std::size_t bracket_length(std::string_view pattern) { return pattern.starts_with('[') ? read_bracket(pattern, 'x').length : 0; }

namespace {

bool opens_group(std::string_view pattern) {
  return pattern.size() > 1 && pattern[1] == '(' && std::string_view("?*+@!").find(pattern[0]) != std::string_view::npos;
}

/// Patterns with groups, by trying everything.
class Extended {
 public:
  bool matches(std::string_view pattern, std::string_view text) {
    if (!budget_.spend()) return false;
    if (pattern.empty()) return text.empty();
    if (opens_group(pattern)) {
      if (const std::size_t end = group_end(pattern))
        return group(pattern[0], pattern.substr(2, end - 3), pattern.substr(end), text);
    }
    if (pattern[0] == '*') {
      for (std::size_t i = 0; i <= text.size(); ++i) {
        if (matches(pattern.substr(1), text.substr(i))) return true;
      }
      return false;
    }
    const std::size_t length = text.empty() ? 0 : step(pattern, text[0]);
    return length != 0 && matches(pattern.substr(length), text.substr(1));
  }

 private:
  /// Index behind the `)` of the group at the front; 0 when it is not closed.
  static std::size_t group_end(std::string_view pattern) {
    int open = 0;
    for (std::size_t i = 1; i < pattern.size(); ++i) {
      if (pattern[i] == '\\') ++i;
      else if (pattern[i] == '(') ++open;
      else if (pattern[i] == ')' && --open == 0) return i + 1;
    }
    return 0;
  }

  bool any_alternative(std::string_view alternatives, std::string_view text) {
    int open = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= alternatives.size(); ++i) {
      if (i < alternatives.size()) {
        if (alternatives[i] == '\\') ++i;
        else if (alternatives[i] == '(') ++open;
        else if (alternatives[i] == ')') --open;
        if (i >= alternatives.size() || alternatives[i] != '|' || open != 0) continue;
      }
      if (matches(alternatives.substr(begin, i - begin), text)) return true;
      begin = i + 1;
    }
    return false;
  }

  bool group(char kind, std::string_view alternatives, std::string_view rest, std::string_view text) {
    if ((kind == '?' || kind == '*') && matches(rest, text)) return true;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      const bool taken = any_alternative(alternatives, text.substr(0, i)) != (kind == '!');
      if (!taken) continue;
      if (matches(rest, text.substr(i))) return true;
      const bool again = (kind == '*' || kind == '+') && i != 0;
      if (again && group(kind, alternatives, rest, text.substr(i))) return true;
    }
    return false;
  }

  base::Budget budget_{20'000};
};

bool has_group(std::string_view pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
    if (pattern[i] == '\\') ++i;
    else if (opens_group(pattern.substr(i))) return true;
  }
  return false;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text, const PatternRules& rules) {
  if (rules.leading_dot && text.starts_with('.') && !pattern.starts_with('.') && !pattern.starts_with("\\.")) return false;
  if (rules.extended && has_group(pattern)) return Extended().matches(pattern, text);
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
  constexpr std::string_view kSpecial = "*?[]\\()|";
  if (text.find_first_of(kSpecial) == std::string_view::npos) return std::string(text);
  std::string out;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

bool is_plain(std::string_view pattern) {
  return pattern.find_first_of("*?[]\\()|!+@^") == std::string_view::npos;
}

std::optional<std::size_t> matching_prefix(std::string_view pattern, std::string_view text, Reach reach,
                                           const PatternRules& rules) {
  if (is_plain(pattern)) return text.starts_with(pattern) ? std::optional(pattern.size()) : std::nullopt;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t length = reach == Reach::shortest ? i : text.size() - i;
    if (matches_pattern(pattern, text.substr(0, length), rules)) return length;
  }
  return std::nullopt;
}

std::optional<std::size_t> matching_suffix(std::string_view pattern, std::string_view text, Reach reach,
                                           const PatternRules& rules) {
  if (is_plain(pattern)) return text.ends_with(pattern) ? std::optional(pattern.size()) : std::nullopt;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t length = reach == Reach::shortest ? i : text.size() - i;
    if (matches_pattern(pattern, text.substr(text.size() - length), rules)) return length;
  }
  return std::nullopt;
}

}  // namespace belay::command
