#include "command/inline/quotes.h"

#include <algorithm>

#include "base/text.h"

namespace belay::command::inline_code {

namespace {

constexpr std::size_t kLongestExpression = 1000;

int digit_of(char c) {
  if (base::is_digit(c)) return c - '0';
  const char l = base::to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : 99;
}

void append_code_point(Text& out, unsigned code) {
  if (code == 0) return out.append_hole(model::HoleTrait::none);
  std::string bytes;
  const auto put = [&](unsigned b) { bytes.push_back(static_cast<char>(b)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U)), put(0x80U | (code & 0x3FU));
  } else {
    put(0xE0U | ((code >> 12U) & 0xFU)), put(0x80U | ((code >> 6U) & 0x3FU)), put(0x80U | (code & 0x3FU));
  }
  out.append(bytes);
}

bool is_value_name(char c) { return base::is_name_char(c); }

class Reader {
 public:
  Reader(const Stretch& inner, const Inside& how, const Text& whole)
      : s_(inner.text), hole_(inner.first_hole), how_(how), whole_(whole) {}

  std::vector<Piece> run() {
    while (i_ < s_.size()) step();
    flush();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = s_[i_];
    if (c == model::kHole) {
      text_.append_hole(whole_.trait(hole_++));
      ++i_;
    } else if (c == '\\' && how_.escape != Escape::none && how_.escape != Escape::doubled && i_ + 1 < s_.size() &&
               s_[i_ + 1] != model::kHole) {
      escape();
    } else if (how_.escape == Escape::doubled && c == how_.quote) {
      put(c, 2);
    } else if (!(how_.format ? format() : interpolated())) {
      put(c, 1);
    }
  }

  void put(char c, std::size_t length) {
    text_.append(std::string_view(&c, 1));
    i_ += length;
  }

  void escape() {
    const char c = s_[i_ + 1];
    if (how_.escape == Escape::quote_only) {
      if (c == how_.quote || c == '\\') return put(c, 2);
      return put('\\', 1);
    }
    constexpr std::string_view kFrom = "abefnrtv";
    constexpr std::string_view kTo = "\a\b\x1b\f\n\r\t\v";
    if (const auto at = kFrom.find(c); at != std::string_view::npos) return put(kTo[at], 2);
    if (c == '\n') {
      i_ += 2;
      return;
    }
    i_ += 2;
    if (c == 'x') return number(16, 2);
    if (c == 'u' || c == 'U') return number(16, c == 'u' ? 4 : 8);
    if (how_.escape == Escape::decimal && base::is_digit(c)) {
      --i_;
      return number(10, 3);
    }
    if (c >= '0' && c <= '7') {
      --i_;
      return number(8, 3);
    }
    text_.append(std::string_view(&c, 1));
  }

  void number(unsigned base, std::size_t limit) {
    const bool braces = i_ < s_.size() && s_[i_] == '{';
    if (braces) ++i_, limit = 6;
    unsigned value = 0;
    for (std::size_t n = 0; n < limit && i_ < s_.size() && static_cast<unsigned>(digit_of(s_[i_])) < base; ++n, ++i_) {
      value = value * base + static_cast<unsigned>(digit_of(s_[i_]));
    }
    if (braces && i_ < s_.size() && s_[i_] == '}') ++i_;
    append_code_point(text_, value);
  }

  /// `{{`, `{expression!r:format}`.
  bool format() {
    if (s_[i_] == '}' && s_.substr(i_, 2) == "}}") return put('}', 2), true;
    if (s_[i_] != '{') return false;
    if (s_.substr(i_, 2) == "{{") return put('{', 2), true;
    const std::size_t end = closing(s_, i_);
    if (end == std::string_view::npos) return false;
    std::size_t stop = end;
    for (std::size_t k = i_ + 1; k < end; ++k) {
      if (s_[k] == '[' || s_[k] == '(' || s_[k] == '{') k = std::min(closing(s_, k), end);
      else if (s_[k] == ':' || (s_[k] == '!' && s_.substr(k + 1, 1) != "=")) stop = std::min(stop, k);
    }
    expression(i_ + 1, stop, end + 1);
    return true;
  }

  bool interpolated() {
    switch (how_.interpolation) {
      case Interpolation::none: return false;
      case Interpolation::dollar_brace: return bracketed("${");
      case Interpolation::hash_brace: return bracketed("#{");
      case Interpolation::dollar_parens: return bracketed("$(") || sigil("$");
      case Interpolation::sigils: return bracketed("@{[") || bracketed("${") || bracketed("{$") || sigil("$@");
    }
    return false;
  }

  bool bracketed(std::string_view open) {
    if (s_.substr(i_, open.size()) != open) return false;
    const bool inside = open == "{$";  // the sigil belongs to the expression
    const std::size_t bracket = inside ? i_ : i_ + open.size() - 1;
    const std::size_t end = closing(s_, bracket);
    if (end == std::string_view::npos) return false;
    expression(bracket + 1, end, open == "@{[" ? end + 2 : end + 1);
    return true;
  }

  /// `$name`, `$name[0]`, `$name{key}`, `$name->[0]`.
  bool sigil(std::string_view sigils) {
    if (sigils.find(s_[i_]) == std::string_view::npos || i_ + 1 >= s_.size() || !base::is_name_start(s_[i_ + 1])) return false;
    std::size_t end = i_ + 1;
    while (end < s_.size() && is_value_name(s_[end])) ++end;
    for (std::size_t next = end; next < s_.size(); next = end) {
      if (s_.substr(next, 2) == "->") next += 2;
      if (next >= s_.size() || (s_[next] != '[' && s_[next] != '{')) break;
      const std::size_t close = closing(s_, next);
      if (close == std::string_view::npos) break;
      end = close + 1;
    }
    expression(i_, end, end);
    return true;
  }

  void expression(std::size_t begin, std::size_t end, std::size_t next) {
    flush();
    next = std::min(next, s_.size());
    const auto holes = [&](std::size_t from, std::size_t to) {
      return static_cast<std::size_t>(
          std::count(s_.begin() + static_cast<std::ptrdiff_t>(from), s_.begin() + static_cast<std::ptrdiff_t>(to), model::kHole));
    };
    const std::size_t before = holes(i_, begin);
    out_.push_back({{}, {s_.substr(begin, end - begin), hole_ + before}, true});
    hole_ += holes(i_, next);
    i_ = next;
  }

  void flush() {
    if (!text_.empty()) out_.push_back({std::move(text_), {}, false});
    text_ = Text();
  }

  std::string_view s_;
  std::size_t hole_;
  const Inside& how_;
  const Text& whole_;
  std::size_t i_ = 0;
  Text text_;
  std::vector<Piece> out_;
};

}  // namespace

std::vector<Piece> pieces_of(const Stretch& inner, const Inside& how, const Text& whole) {
  return Reader(inner, how, whole).run();
}

std::size_t closing(std::string_view s, std::size_t open) {
  const std::size_t limit = std::min(s.size(), open + kLongestExpression);
  int depth = 0;
  char quote = 0;
  for (std::size_t i = open; i < limit; ++i) {
    const char c = s[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      else if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth == 0) return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace belay::command::inline_code
