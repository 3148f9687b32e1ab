#include "rulekit/markup.h"

#include <cstdint>

#include "base/text.h"

namespace belay::rulekit {

namespace {

void append_percent(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4U];
  out += kHex[byte & 15U];
}

}  // namespace

std::string xml(std::string_view s) {
  std::string out;
  for (const char c : base::printable(s, base::Newlines::keep)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string uri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  std::string out = path.substr(0, 1) == "/" ? "file://" : "";
  for (const char c : path) {
    if (base::is_alpha(c) || base::is_digit(c) || kPlain.find(c) != std::string_view::npos) out += c;
    else append_percent(out, c);
  }
  return out;
}

std::string workflow(std::string_view s, CommandPart part) {
  std::string out;
  for (const char c : base::printable(s, base::Newlines::keep)) {
    const bool hidden = c == '%' || c == '\n' || (part == CommandPart::property && (c == ':' || c == ','));
    if (hidden) append_percent(out, c);
    else out += c;
  }
  return out;
}

std::string fingerprint(std::string_view s) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : s) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; hash >>= 4U) out[i] = kHex[hash & 15U];
  return out;
}

std::string counted(std::size_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

}  // namespace belay::rulekit
