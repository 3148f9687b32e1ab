#include "path/wildcard.h"

#include "base/text.h"
#include "model/text.h"

namespace belay::path {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

char folded(char c, Fold fold) { return fold == Fold::yes ? base::to_lower(c) : c; }

bool equal(std::string_view pattern, std::string_view text, Fold fold) {
  if (fold == Fold::no) return pattern == text;
  if (pattern.size() != text.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (pattern[i] != base::to_lower(text[i])) return false;
  }
  return true;
}

/// Bytes of the single-byte matcher at the front of `pattern` when it matches `c`; 0 when it does not.
std::size_t step(std::string_view pattern, char c) {
  switch (pattern[0]) {
    case '?': return c == model::kHole ? 0 : 1;
    case '[':
      if (const auto set = read_class(pattern)) return set->contains(c) ? set->size : 0;
      break;
    case '\\':
      if (pattern.size() > 1) return pattern[1] == c ? 2 : 0;
      break;
    default: break;
  }
  return pattern[0] == c ? 1 : 0;
}

}  // namespace

bool ByteClass::contains(char c) const {
  if (c == model::kHole) return false;
  const auto byte = static_cast<unsigned char>(c);
  bool found = false;
  for (std::size_t i = 0; i < body.size() && !found; ++i) {
    const auto low = static_cast<unsigned char>(body[i]);
    if (i + 2 < body.size() && body[i + 1] == '-') {
      found = low <= byte && byte <= static_cast<unsigned char>(body[i + 2]);
      i += 2;
    } else {
      found = low == byte;
    }
  }
  return found != negated;
}

std::optional<ByteClass> read_class(std::string_view pattern) {
  if (pattern.empty() || pattern[0] != '[') return std::nullopt;
  ByteClass set;
  std::size_t first = 1;
  if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) {
    set.negated = true;
    ++first;
  }
  // A bracket that closes at once belongs to the set, as in every shell.
  const std::size_t close = pattern.find(']', first + 1);
  if (close == kNone) return std::nullopt;
  set.body = pattern.substr(first, close - first);
  set.size = close + 1;
  return set;
}

bool has_wildcard(std::string_view pattern) { return pattern.find_first_of("*?[\\") != kNone; }

bool wildcard_match(std::string_view pattern, std::string_view text, Fold fold) {
  std::size_t p = 0, t = 0;
  std::size_t star = kNone, resume = 0;  // behind the last `*`, and where its run ends so far
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      resume = t;
      continue;
    }
    const std::size_t used = p < pattern.size() ? step(pattern.substr(p), folded(text[t], fold)) : 0;
    if (used != 0) {
      p += used;
      ++t;
    } else if (star != kNone) {
      p = star;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool simple_match(std::string_view pattern, std::string_view text, Fold fold) {
  const std::size_t star = pattern.find('*');
  if (star == kNone) return equal(pattern, text, fold);
  const std::string_view tail = pattern.substr(star + 1);
  return text.size() >= star + tail.size() && equal(pattern.substr(0, star), text.substr(0, star), fold) &&
         equal(tail, text.substr(text.size() - tail.size()), fold);
}

}  // namespace belay::path
