#include "base/encoding.h"

#include "base/text.h"

namespace belay::base {

namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_digit(char c, Base64 alphabet) {
  if (alphabet == Base64::url_safe_too && c == '-') c = '+';
  if (alphabet == Base64::url_safe_too && c == '_') c = '/';
  const auto at = kBase64.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char low = to_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string hex_decoded(std::string_view text) {
  std::string out;
  int high = -1;
  for (const char c : text) {
    const int digit = hex_digit(c);
    if (digit < 0) continue;
    if (high >= 0) out.push_back(static_cast<char>(high * 16 + digit));
    high = high >= 0 ? -1 : digit;
  }
  return out;
}

std::string base64_decoded(std::string_view text, Base64 alphabet) {
  std::string out;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const int digit = base64_digit(c, alphabet);
    if (digit < 0) continue;
    bits = ((bits << 6U) | static_cast<unsigned>(digit)) & 0xFFFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out.push_back(static_cast<char>((bits >> held) & 0xFFU));
  }
  return out;
}

bool is_base64(std::string_view text) {
  for (const char c : text) {
    if (base64_digit(c, Base64::standard) < 0 && std::string_view("= \t\r\n").find(c) == std::string_view::npos) return false;
  }
  return true;
}

void append_utf8(std::string& out, unsigned long code) {
  const auto tail = [&](unsigned shift) { out.push_back(static_cast<char>(0x80U | ((code >> shift) & 0x3FU))); };
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
    tail(0);
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
    tail(6), tail(0);
  } else if (code <= 0x10FFFF) {
    out.push_back(static_cast<char>(0xF0U | (code >> 18U)));
    tail(12), tail(6), tail(0);
  }
}

}  // namespace belay::base
