#include "command/output/printf.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/encoding.h"
#include "base/text.h"

namespace belay::command {

using model::HoleTrait;
using model::Text;

namespace {

constexpr std::size_t kMostOutput = 512U << 10U;

/// Reads at most `limit` digits of base 8 or 16 from `s` at `i`.
unsigned digits(std::string_view s, std::size_t& i, unsigned base, std::size_t limit) {
  unsigned value = 0;
  for (std::size_t n = 0; n < limit && i < s.size(); ++n, ++i) {
    const int d = base::hex_digit(s[i]);
    if (d < 0 || static_cast<unsigned>(d) >= base) break;
    value = value * base + static_cast<unsigned>(d);
  }
  return value;
}

void append_byte(Text& out, unsigned value) {
  const char byte = static_cast<char>(value);
  if (byte == '\0') out.append_hole(HoleTrait::none);  // no text can hold it
  else out.append(std::string_view(&byte, 1));
}

/// One escape behind its backslash, at `i`.
void escape(std::string_view s, std::size_t& i, Escapes where, Text& out) {
  const char c = s[i++];
  constexpr std::string_view kFrom = "abeEfnrtv\\";
  constexpr std::string_view kTo = "\a\b\x1b\x1b\f\n\r\t\v\\";
  const std::size_t begin = i;
  constexpr std::string_view kNotOfDash = "eExuU";
  if (where == Escapes::dash_echo && kNotOfDash.find(c) != std::string_view::npos) {
    out.append("\\");
    return out.append(std::string_view(&c, 1));
  }
  if (const auto at = kFrom.find(c); at != std::string_view::npos) return out.append(kTo.substr(at, 1));
  if (c == 'x') {
    if (const unsigned value = digits(s, i, 16, 2); i != begin) return append_byte(out, value);
  } else if (c == 'u' || c == 'U') {
    if (const unsigned value = digits(s, i, 16, c == 'u' ? 4 : 8); i != begin) {
      std::string character;
      base::append_utf8(character, value);
      return out.append(character);
    }
  } else if (c >= '0' && c <= '7' && (where != Escapes::echo || c == '0')) {
    const bool prefixed = c == '0' && where != Escapes::format;
    if (!prefixed) --i;
    return append_byte(out, digits(s, i, 8, 3));
  } else if ((c == '"' || c == '\'' || c == '?') && where != Escapes::echo && where != Escapes::dash_echo) {
    return out.append(std::string_view(&c, 1));
  }
  out.append("\\");
  out.append(std::string_view(&c, 1));
}

}  // namespace

Text unescaped(const Text& in, Escapes where, bool* ended) {
  Text out;
  const std::string_view s = in.view();
  std::size_t hole = 0;
  for (std::size_t i = 0; i < s.size();) {
    if (s[i] == model::kHole) {
      out.append_hole(in.trait(hole++));
      ++i;
    } else if (s[i] != '\\' || i + 1 == s.size() || s[i + 1] == model::kHole) {
      out.append(s.substr(i++, 1));
    } else if (s[i + 1] == 'c' && where != Escapes::format) {
      if (ended != nullptr) *ended = true;
      return out;
    } else {
      escape(s, ++i, where, out);
    }
  }
  return out;
}

namespace {

/// One directive: `%[flags][width][.precision]conversion`.
struct Directive {
  bool left = false;
  bool zero = false;
  std::string_view other_flags;
  std::optional<long> width;
  std::optional<long> precision;
  char kind = '\0';
};

class Printer {
 public:
  Printer(std::string_view format, std::span<const Text> arguments) : format_(format), rest_(arguments) {}

  std::optional<Text> run() {
    do {
      const std::size_t before = rest_.size();
      if (!once()) return std::nullopt;
      if (ended_ || rest_.size() == before) break;
      if (out_.size() > kMostOutput) return out_.append_hole(model::HoleTrait::any), std::move(out_);  // and more
    } while (!rest_.empty());
    return std::move(out_);
  }

 private:
  bool once() {
    for (std::size_t i = 0; i < format_.size() && !ended_;) {
      const std::size_t percent = std::min(format_.find('%', i), format_.size());
      out_.append(unescaped(Text(format_.substr(i, percent - i)), Escapes::format));
      if (percent == format_.size()) break;
      i = percent + 1;
      const auto one = directive(i);
      if (!one || !convert(*one)) return false;
    }
    return true;
  }

  Text argument() {
    const Text out = rest_.empty() ? Text() : rest_.front();
    if (!rest_.empty()) rest_ = rest_.subspan(1);
    return out;
  }

  /// A width or precision: digits, or `*` for an argument.
  std::optional<long> amount(std::size_t& i, bool& known) {
    long value = 0;
    if (i < format_.size() && format_[i] == '*') {
      ++i;
      const Text text = argument();
      const auto [end, error] = std::from_chars(text.view().data(), text.view().data() + text.size(), value);
      known = text.literal() && error == std::errc() && end == text.view().data() + text.size();
      return value;
    }
    const std::size_t begin = i;
    while (i < format_.size() && base::is_digit(format_[i])) value = std::min(value * 10 + (format_[i++] - '0'), 100'000L);
    return i == begin ? std::nullopt : std::optional(value);
  }

  std::optional<Directive> directive(std::size_t& i) {
    Directive out;
    const std::size_t begin = i;
    for (; i < format_.size() && std::string_view("-+ #0'").find(format_[i]) != std::string_view::npos; ++i) {
      if (format_[i] == '-') out.left = true;
      else if (format_[i] == '0') out.zero = true;
      else out.other_flags = format_.substr(begin, 1);
    }
    bool known = true;
    out.width = amount(i, known);
    if (i < format_.size() && format_[i] == '.') {
      ++i;
      out.precision = amount(i, known).value_or(0);
    }
    while (i < format_.size() && std::string_view("hlLjzt").find(format_[i]) != std::string_view::npos) ++i;
    if (out.width && *out.width < 0) out.left = true, out.width = -*out.width;
    out.kind = i < format_.size() ? format_[i++] : '\0';
    return known && out.other_flags.empty() ? std::optional(out) : std::nullopt;
  }

  void pad(const Directive& how, Text text, bool zero = false) {
    const auto width = static_cast<std::size_t>(how.width.value_or(0));
    const std::size_t missing = width > text.size() ? width - text.size() : 0;
    if (how.left) {
      out_.append(text);
      out_.append(std::string(missing, ' '));
    } else if (zero) {
      const bool sign = text.view().starts_with('-');
      if (sign) out_.append("-");
      out_.append(std::string(missing, '0'));
      out_.append(text.substr(sign ? 1 : 0));
    } else {
      out_.append(std::string(missing, ' '));
      out_.append(text);
    }
  }

  bool convert(const Directive& how) {
    switch (how.kind) {
      case '%': out_.append("%"); return true;
      case 's':
      case 'c':
      case 'b': return words(how);
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': return number(how);
      case 'q': return quoted(how);
      default: return false;
    }
  }

  bool words(const Directive& how) {
    Text text = argument();
    if (how.kind == 'b') text = unescaped(text, Escapes::argument, &ended_);
    if (how.kind == 'c') text = text.substr(0, 1);
    const bool shaped = how.width || how.precision;
    if (shaped && !text.literal()) return false;
    if (how.precision) text = text.substr(0, static_cast<std::size_t>(*how.precision));
    pad(how, std::move(text));
    return true;
  }

  /// `%q` of text that needs no quotes, or a backslash before each byte that does.
  bool quoted(const Directive& how) {
    const Text text = argument();
    if (!text.literal()) return false;
    std::string out;
    for (const char c : text.view()) {
      if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) return false;
      constexpr std::string_view kPlain = "_@%+=:./-";
      if (!base::is_alpha(c) && !base::is_digit(c) && kPlain.find(c) == std::string_view::npos) out.push_back('\\');
      out.push_back(c);
    }
    if (out.empty()) out = "''";
    if (out.find_first_of("~#") != std::string::npos) return false;  // quoted at the front only
    pad(how, Text(out));
    return true;
  }

  static std::optional<std::int64_t> value_of(std::string_view s) {
    if (s.empty()) return 0;
    if (s.front() == '\'' || s.front() == '"') return s.size() > 1 ? static_cast<unsigned char>(s[1]) : 0;
    const bool negative = s.front() == '-';
    if (negative || s.front() == '+') s.remove_prefix(1);
    int base = 10;
    if (s.starts_with("0x") || s.starts_with("0X")) base = 16, s.remove_prefix(2);
    else if (s.size() > 1 && s.front() == '0') base = 8;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value, base);
    if (error != std::errc() || end != s.data() + s.size()) return std::nullopt;
    return negative ? -value : value;
  }

  bool number(const Directive& how) {
    const Text text = argument();
    if (!text.literal()) {
      // Whatever it is, it is a number.
      out_.append_hole(how.width ? HoleTrait::blank : HoleTrait::none);
      return true;
    }
    const auto value = value_of(text.view());
    if (!value || how.precision) return false;
    const bool decimal = how.kind == 'd' || how.kind == 'i';
    char buffer[80];
    const int base = how.kind == 'o' ? 8 : how.kind == 'x' || how.kind == 'X' ? 16 : 10;
    const auto [end, error] = decimal ? std::to_chars(buffer, buffer + sizeof buffer, *value)
                                      : std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::uint64_t>(*value), base);
    std::string digits(buffer, end);
    if (how.kind == 'X')
      std::transform(digits.begin(), digits.end(), digits.begin(),
                     [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    pad(how, Text(digits), how.zero);
    return error == std::errc();
  }

  std::string_view format_;
  std::span<const Text> rest_;
  Text out_;
  bool ended_ = false;
};

}  // namespace

std::optional<Text> formatted(std::span<const Text> args) {
  if (!args.empty() && args[0].view() == "--") args = args.subspan(1);
  if (args.empty() || !args[0].literal()) return std::nullopt;
  return Printer(args[0].view(), args.subspan(1)).run();
}

}  // namespace belay::command
