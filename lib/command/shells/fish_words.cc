#include "command/shells/fish_words.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace belay::command::shells {

namespace {

bool is_variable(std::string_view text) { return text.size() > 1 && text[0] == '$' && base::is_name_char(text[1]); }

/// The place of the quote that ends the one at `begin`; `varies` becomes true where a variable counts and one is in between.
std::size_t skip_quoted(std::string_view text, std::size_t begin, bool counts, bool& varies) {
  std::size_t i = begin + 1;
  for (; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\') ++i;
    else varies = varies || (counts && is_variable(text.substr(i)));
  }
  return i;
}

}  // namespace

std::string range(std::string_view index, std::size_t dots) {
  const auto number = [](std::string_view text) {
    const bool plain = !text.empty() && text.size() < 6 && text.find_first_not_of("0123456789") == std::string_view::npos;
    return plain ? std::stol(std::string(text)) : 0L;
  };
  const long first = number(index.substr(0, dots));
  const long last = number(index.substr(dots + 2));
  if (first < 1 || last < first) return "[@]";
  return "[@]:" + std::to_string(first - 1) + ":" + std::to_string(last - first + 1);
}

char escape_of(char c) {
  constexpr std::string_view kLetters = "abefnrtv";
  constexpr std::string_view kMeanings = "\a\b\x1B\f\n\r\t\v";
  const auto at = kLetters.find(c);
  return at == std::string_view::npos ? c : kMeanings[at];
}

bool braces_vanish(std::string_view rest) {
  constexpr int kMostOpen = 24;  // or a text of nothing but braces is read again for each of them
  int braces = 0;
  int parentheses = 0;
  bool varies = false;
  for (std::size_t i = 0; i < rest.size() && braces <= kMostOpen; ++i) {
    const char c = rest[i];
    const bool own = braces == 1 && parentheses == 0;
    if (c == '\\') ++i;
    else if (c == '\'') i = std::min(rest.find(c, i + 1), rest.size());
    else if (c == '"') i = skip_quoted(rest, i, own, varies);
    else if (c == '(') ++parentheses;
    else if (c == ')') --parentheses;
    else if (c == '{') ++braces;
    else if (c == '}' && --braces == 0) return varies;
    else if ((c == ',' && braces == 1) || c == '\n' || c == ';') return false;
    else if (c == '$') varies = varies || (own && is_variable(rest.substr(i)));
  }
  return false;
}

std::string numbered_escape(Script& in, char kind) {
  const bool octal = kind >= '0' && kind <= '7';
  const int most = octal ? 3 : kind == 'u' ? 4 : kind == 'U' ? 8 : 2;
  if (!octal && std::string_view("xXuU").find(kind) == std::string_view::npos) return {};
  std::uint32_t value = 0;
  if (octal) in.go(in.place() - 1);
  for (int i = 0; i < most; ++i) {
    const char l = base::to_lower(in.peek());
    const int digit = base::is_digit(l) ? l - '0' : l >= 'a' && l <= 'f' ? l - 'a' + 10 : 99;
    if (digit >= (octal ? 8 : 16)) break;
    value = value * (octal ? 8 : 16) + static_cast<std::uint32_t>(digit);
    in.advance();
  }
  if (kind != 'u' && kind != 'U') return {static_cast<char>(value)};
  std::string bytes;
  base::append_utf8(bytes, value);
  return bytes;
}

}  // namespace belay::command::shells
