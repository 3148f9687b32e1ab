#include "shell/ansi_c.h"

#include <cstdint>

#include "base/text.h"

namespace belay::shell {
namespace {

/// Value of a digit in bases up to 16, or -1.
int digit_value(char c) {
  if (base::is_digit(c)) return c - '0';
  const char low = base::to_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

class Decoder {
 public:
  explicit Decoder(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size() && !ended_) {
      const char c = text_[at_++];
      if (c != '\\' || at_ == text_.size()) out_ += c;
      else escape(text_[at_++]);
    }
    return std::move(out_);
  }

 private:
  void escape(char c) {
    constexpr std::string_view kNames = "abeEfnrtv\\'\"?";
    constexpr std::string_view kValues = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
    if (const std::size_t i = kNames.find(c); i != std::string_view::npos) out_ += kValues[i];
    else if (c >= '0' && c <= '7') octal();
    else if (c == 'x') hexadecimal();
    else if (c == 'u' || c == 'U') unicode(c);
    else if (c == 'c' && at_ < text_.size()) control();
    else out_.append({'\\', c});
  }

  void byte(std::uint32_t value) {
    if ((value & 0xffU) == 0) ended_ = true;
    else out_ += static_cast<char>(value & 0xffU);
  }

  /// Up to `most` digits from here; false when there is none.
  bool number(int base, int most, std::uint32_t& value) {
    value = 0;
    int taken = 0;
    for (; taken < most && at_ < text_.size(); ++taken, ++at_) {
      const int digit = digit_value(text_[at_]);
      if (digit < 0 || digit >= base) break;
      value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
    }
    return taken > 0;
  }

  void octal() {
    --at_;
    std::uint32_t value = 0;
    (void)number(8, 3, value);
    byte(value);
  }

  /// `\xHH`, and the undocumented `\x{H…}` of which the last two digits count; none are a NUL.
  void hexadecimal() {
    std::uint32_t value = 0;
    if (at_ < text_.size() && text_[at_] == '{') {
      ++at_;
      (void)number(16, 1 << 20, value);
      if (at_ < text_.size() && text_[at_] == '}') ++at_;
      return byte(value);
    }
    if (number(16, 2, value)) byte(value);
    else out_ += "\\x";
  }

  void unicode(char kind) {
    std::uint32_t value = 0;
    if (!number(16, kind == 'u' ? 4 : 8, value)) out_.append({'\\', kind});
    else if (value == 0) ended_ = true;
    else encode(value);
  }

  /// UTF-8 in its first definition (up to six bytes), as bash has it: surrogates and beyond U+10FFFF included.
  void encode(std::uint32_t value) {
    if (value < 0x80) return byte(value);
    if (value > 0x7fffffffU) return;
    int tail = 1;
    while (tail < 5 && value >= (1U << (5 * tail + 6))) ++tail;
    const std::uint32_t head = (0xff00U >> (tail + 1)) & 0xffU;
    out_ += static_cast<char>(head | (value >> (6 * tail)));
    for (int i = tail - 1; i >= 0; --i) out_ += static_cast<char>(0x80U | ((value >> (6 * i)) & 0x3fU));
  }

  void control() {
    const char c = text_[at_++];
    if (c == '\\' && at_ < text_.size() && text_[at_] == '\\') ++at_;
    if (c == '?') return byte(0x7f);
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    byte(static_cast<unsigned char>(upper) & 0x1fU);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::string out_;
};

}  // namespace

std::string decode_ansi_c(std::string_view inside) {
  if (inside.find('\\') == std::string_view::npos) return std::string(inside);
  return Decoder(inside).run();
}

}  // namespace belay::shell
