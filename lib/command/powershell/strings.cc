#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/text.h"
#include "command/powershell/walker.h"

/// Strings and variables (about_Quoting_Rules, about_Special_Characters, about_Variables).
namespace belay::command::powershell {

using model::HoleTrait;

namespace {

// `e is the escape character since PowerShell 6 and an e before: what a name could mean counts.
struct EscapeRow {
  char letter;
  char meaning;
};
constexpr std::array kEscapes{EscapeRow{'n', '\n'}, EscapeRow{'r', '\r'}, EscapeRow{'t', '\t'}, EscapeRow{'a', '\a'}, EscapeRow{'b', '\b'},
                              EscapeRow{'f', '\f'}, EscapeRow{'v', '\v'}};

}  // namespace

/// A backtick and what it protects.
void Walker::escaped(Text& out) {
  in_.advance();
  const char c = in_.peek();
  if (!in_.more()) return;
  in_.advance();
  if (c == '\n') return;  // a continued line
  if (c == '0') return;   // the null character, which no argument can hold
  if (c == 'u' && in_.peek() == '{') {
    in_.advance();
    unsigned long code = 0;
    for (; in_.more() && in_.peek() != '}'; in_.advance()) {
      code = std::min(code * 16 + static_cast<unsigned long>(std::max(base::hex_digit(in_.peek()), 0)), 0x200000UL);
    }
    in_.advance();
    std::string character;
    base::append_utf8(character, code);
    return out.append(character);
  }
  const auto row = std::find_if(kEscapes.begin(), kEscapes.end(), [c](EscapeRow r) { return r.letter == c; });
  const char meant = row == kEscapes.end() ? c : row->meaning;
  if (c == model::kHole) out.append_hole(HoleTrait::any);
  else out.append(std::string_view(&meant, 1));
}

Value Walker::single_quoted() {
  in_.advance();
  Text out;
  while (in_.more()) {
    const std::size_t begin = in_.place();
    in_.go(std::min(in_.rest().find('\''), in_.rest().size()) + begin);
    out.append(in_.slice(begin, in_.place()));
    in_.advance();
    if (in_.peek() != '\'' || !in_.more()) break;
    out.append("'");
    in_.advance();
  }
  return Value::of(std::move(out));
}

Value Walker::double_quoted() {
  in_.advance();
  Value out = quoted_text(true);
  in_.take("\"");
  return out;
}

/// Text in which variables and `$(…)` count; with `quotes`, up to the closing one.
Value Walker::quoted_text(bool quotes) {
  Value out = Value::of(Text());
  Text text;
  while (in_.more() && session_.spend()) {
    const char c = in_.peek();
    if (quotes && c == '"' && in_.peek(1) == '"') {
      text.append("\"");
      in_.advance(2);
    } else if (quotes && c == '"') {
      break;
    } else if (c == '`') {
      escaped(text);
    } else if (c == '$' && (is_variable_char(in_.peek(1)) || in_.peek(1) == '(' || in_.peek(1) == '{')) {
      out = operate("+", out, Value::of(std::exchange(text, Text())));
      out = operate("+", out, as_string(in_.peek(1) == '(' ? sub_expression() : variable()));
    } else {
      text.append(in_.slice(in_.place(), in_.place() + 1));
      in_.advance();
    }
  }
  return operate("+", out, Value::of(std::move(text)));
}

/// `@'` … line end `'@`.
Value Walker::here_string() {
  in_.advance();
  const char quote = in_.peek();
  in_.advance();
  in_.go(std::min(in_.rest().find('\n'), in_.rest().size()) + in_.place() + 1);
  const std::size_t begin = in_.place();
  const std::array<char, 3> end{'\n', quote, '@'};
  const std::size_t from = begin == 0 ? 0 : begin - 1;  // an empty one ends at once
  const std::size_t found = in_.between(from, begin + in_.rest().size()).find(std::string_view(end.data(), end.size()));
  const std::size_t stop = found == std::string_view::npos ? begin + in_.rest().size() : from + found;
  const Text inner = in_.slice(begin, std::max(begin, stop));
  in_.go(found == std::string_view::npos ? stop : stop + 3);
  return quote == '\'' ? Value::of(inner) : expandable(inner);
}

Value Walker::expandable(const Text& inner) {
  if (session_.too_deep()) return Value::of(Text::hole(HoleTrait::any));
  Walker again(session_, inner);
  return again.quoted_text(false);
}

/// `$x`, `${x}`, `$env:X`, `$script:x`.
Value Walker::variable() {
  in_.advance();
  const bool braces = in_.take("{");
  const std::size_t begin = in_.place();
  if (braces) {
    in_.go(std::min(in_.rest().find('}'), in_.rest().size()) + begin);
  } else if (in_.peek() == '$' || in_.peek() == '^') {
    in_.advance();
  } else {
    while (in_.more() && is_variable_char(in_.peek())) in_.advance();
    if (in_.peek() == ':' && in_.peek(1) != ':' && is_variable_char(in_.peek(1)) && in_.place() > begin) {
      in_.advance();
      while (in_.more() && is_variable_char(in_.peek())) in_.advance();
    }
  }
  const std::string name = base::lower(in_.between(begin, in_.place()));
  if (braces) in_.take("}");
  return lookup(name, session_);
}

}  // namespace belay::command::powershell
