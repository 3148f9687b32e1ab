#include "command/shells/fish_function.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/text.h"

namespace belay::command::shells {

namespace {

/// A word of the head; what is quoted in it may hold blanks and semicolons.
std::string head_word(Script& in) {
  std::string out;
  while (in.more() && std::string_view(" \t\n;").find(in.peek()) == std::string_view::npos) {
    const char c = in.next();
    if (c != '\'' && c != '"') {
      out += c;
      continue;
    }
    while (in.more() && in.peek() != c) {
      if (in.peek() == '\\') in.advance();
      out += in.next();
    }
    in.advance();
  }
  return out;
}

enum class Taken : std::uint8_t { nothing, names, event, trigger, other };
struct OptionRow {
  std::string_view brief;
  std::string_view full;
  Taken takes;
};
/// function(1), "Options".
constexpr std::array kOptions{
    OptionRow{"-a", "--argument-names", Taken::names}, OptionRow{"-a", "--argument", Taken::names},
    OptionRow{"-e", "--on-event", Taken::event},       OptionRow{"-v", "--on-variable", Taken::trigger},
    OptionRow{"-j", "--on-job-exit", Taken::trigger},  OptionRow{"-p", "--on-process-exit", Taken::trigger},
    OptionRow{"-s", "--on-signal", Taken::trigger},    OptionRow{"-d", "--description", Taken::other},
    OptionRow{"-w", "--wraps", Taken::other},          OptionRow{"-V", "--inherit-variable", Taken::other},
};

Taken taken_by(std::string_view option) {
  for (const OptionRow& row : kOptions) {
    if (option == row.brief || option == row.full) return row.takes;
  }
  return Taken::nothing;
}

void take(FunctionHead& head, Taken kind, const std::string& value) {
  if (kind == Taken::names) head.arguments.push_back(value);
  if (kind == Taken::event) head.event = value;
  if (kind == Taken::event || kind == Taken::trigger) head.handles = true;
}

}  // namespace

FunctionHead read_function_head(Script& in) {
  FunctionHead head;
  in.skip_blank();
  head.name = head_word(in);
  Taken wanted = Taken::nothing;
  for (in.skip_blank(); in.more() && in.peek() != '\n' && in.peek() != ';'; in.skip_blank()) {
    const std::string word = head_word(in);
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    if (word.starts_with('-')) {
      wanted = taken_by(std::string_view(word).substr(0, equals));
      if (equals == std::string::npos) continue;
    }
    take(head, wanted, equals == std::string::npos ? word : word.substr(equals + 1));
    if (wanted != Taken::names) wanted = Taken::nothing;
  }
  return head;
}

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
  int depth = 0;
  bool varies = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == '\\') ++i;
    else if (c == '\'') i = std::min(rest.find(c, i + 1), rest.size());
    else if (c == '{') ++depth;
    else if (c == '}' && --depth == 0) return varies;
    else if ((c == ',' && depth == 1) || c == '\n' || c == ';') return false;
    else varies = varies || c == '$' || c == '(';
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
