#include "json/writer.h"

#include <array>
#include <charconv>

namespace belay::json {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_unit(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(unit >> static_cast<unsigned>(shift)) & 15U];
}

void append_escaped(std::string& out, std::uint32_t c) {
  if (c >= 0x10000) {
    append_unit(out, 0xD800 + ((c - 0x10000) >> 10U));
    append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FFU));
    return;
  }
  append_unit(out, c);
}

void append_ascii(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: append_unit(out, static_cast<unsigned char>(c)); return;
  }
}

/// Invisible characters, and those that change how their neighbours look.
bool deceives(std::uint32_t c) {
  return c < 0xA0 || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

/// Length of the well-formed sequence at the start of `s`, 0 if there is none; `c` is its code point.
std::size_t decode(std::string_view s, std::uint32_t& c) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i])); };
  const std::uint32_t first = byte(0);
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (size == 0 || first > 0xF4 || s.size() < size) return 0;
  c = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    c = (c << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  const bool valid = c >= kSmallest[size] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
  return valid ? size : 0;
}

/// ASCII that stands for itself in a string.
constexpr auto kPlain = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) out[c] = c != '"' && c != '\\';
  return out;
}();

}  // namespace

void append_string(std::string& out, std::string_view s) {
  constexpr std::size_t kLong = 4096;
  if (s.size() > kLong) out.reserve(out.size() + s.size() + s.size() / 8);
  out += '"';
  while (!s.empty()) {
    std::size_t plain = 0;
    while (plain < s.size() && kPlain[static_cast<unsigned char>(s[plain])]) ++plain;
    out.append(s, 0, plain);
    s.remove_prefix(plain);
    if (s.empty()) break;
    if (static_cast<unsigned char>(s.front()) < 0x80) {
      append_ascii(out, s.front());
      s.remove_prefix(1);
      continue;
    }
    std::uint32_t c = 0;
    const std::size_t size = decode(s, c);
    if (size == 0) out += "\xEF\xBF\xBD";
    else if (deceives(c)) append_escaped(out, c);
    else out.append(s, 0, size);
    s.remove_prefix(size == 0 ? 1 : size);
  }
  out += '"';
}

void Writer::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

Writer& Writer::open(char c) {
  separate();
  out_ += c;
  first_ = true;
  return *this;
}

Writer& Writer::close(char c) {
  out_ += c;
  first_ = false;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += ':';
  first_ = true;
  return *this;
}

Writer& Writer::string(std::string_view value) {
  separate();
  append_string(out_, value);
  return *this;
}

Writer& Writer::number(std::uint64_t value) {
  separate();
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
  return *this;
}

Writer& Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

}  // namespace belay::json
