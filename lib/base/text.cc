#include "base/text.h"

#include <array>
#include <cstdint>
#include <optional>

namespace belay::base {

namespace {

struct CodePoint {
  std::uint32_t value;
  std::size_t size;
};

/// Decodes one well-formed UTF-8 sequence (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
std::optional<CodePoint> decode(std::string_view s) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i])); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return CodePoint{first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (size == 0 || first > 0xF4 || s.size() < size) return std::nullopt;
  std::uint32_t value = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return std::nullopt;
  return CodePoint{value, size};
}

/// Characters that change how the characters around them look (Unicode bidirectional controls, zero-width, C1 controls).
bool deceives(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || c == 0x61C || (c >= 0xE0000 && c <= 0xE007F);
}

std::string hex(std::uint32_t v) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  do {
    out.insert(out.begin(), kDigits[v & 15U]);
    v >>= 4U;
  } while (v != 0);
  return out;
}

void append_escape(std::string& out, std::uint32_t c) {
  if (c == '\n') out += "\\n";
  else if (c == '\t') out += "\\t";
  else if (c == '\r') out += "\\r";
  else if (c < 0x100) out += std::string("\\x") + (c < 16 ? "0" : "") + hex(c);
  else out += "\\u{" + hex(c) + "}";
}

}  // namespace

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = to_lower(c);
  return out;
}

std::string upper(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

std::string_view trim(std::string_view s) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const auto begin = s.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0;;) {
    const auto end = s.find(separator, begin);
    out.push_back(s.substr(begin, end - begin));
    if (end == std::string_view::npos) return out;
    begin = end + 1;
  }
}

std::vector<std::string_view> split_blank(std::string_view s) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  std::vector<std::string_view> out;
  for (auto begin = s.find_first_not_of(kBlank); begin != std::string_view::npos;) {
    const auto end = s.find_first_of(kBlank, begin);
    out.push_back(s.substr(begin, end - begin));
    begin = end == std::string_view::npos ? end : s.find_first_not_of(kBlank, end);
  }
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

bool valid_utf8(std::string_view s) {
  while (!s.empty()) {
    const auto c = decode(s);
    if (!c) return false;
    s.remove_prefix(c->size);
  }
  return true;
}

std::string printable(std::string_view s, Newlines newlines) {
  std::string out;
  out.reserve(s.size());
  while (!s.empty()) {
    const auto c = decode(s);
    if (!c) {
      append_escape(out, static_cast<unsigned char>(s[0]));
      s.remove_prefix(1);
      continue;
    }
    if (c->value == 0) out += "‹?›";
    else if (c->value == '\n' && newlines == Newlines::keep) out += '\n';
    else if (deceives(c->value)) append_escape(out, c->value);
    else out.append(s.substr(0, c->size));
    s.remove_prefix(c->size);
  }
  return out;
}

}  // namespace belay::base
