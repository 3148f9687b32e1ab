#include "command/http/host.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/encoding.h"
#include "base/text.h"
#include "command/http/escape.h"

namespace belay::command::http {

namespace {

/// One number of inet_aton(3): decimal, `0` octal, `0x` hexadecimal; at most 32 bits.
std::optional<std::uint64_t> number(std::string_view s) {
  unsigned base = 10;
  if (s.size() > 1 && s[0] == '0') {
    const bool hex = base::to_lower(s[1]) == 'x';
    base = hex ? 16 : 8;
    s.remove_prefix(hex ? 2 : 1);
  }
  std::uint64_t value = 0;
  if (s.empty()) return base == 16 ? std::optional<std::uint64_t>(0) : std::nullopt;
  for (const char c : s) {
    const int digit = base::hex_digit(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) return std::nullopt;
    value = value * base + static_cast<unsigned>(digit);
    if (value > 0xFFFFFFFFU) return std::nullopt;
  }
  return value;
}

std::string dotted(std::uint64_t address) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (!out.empty()) out += '.';
    out += std::to_string(address >> static_cast<unsigned>(shift) & 0xFFU);
  }
  return out;
}

/// One to four numbers; the last fills what is left.
std::optional<std::string> ipv4(std::string_view host) {
  const auto parts = base::split(host, '.');
  if (parts.empty() || parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = number(parts[i]);
    if (!value) return std::nullopt;
    const bool last = i + 1 == parts.size();
    const unsigned bits = last ? static_cast<unsigned>(8 * (5 - parts.size())) : 8;
    if (*value >= (std::uint64_t{1} << bits)) return std::nullopt;
    address = address << bits | *value;
  }
  return dotted(address);
}

/// `::ffff:a9fe:a9fe` and the deprecated `::a9fe:a9fe` are IPv4 addresses.
std::optional<std::string> ipv6(std::string_view host) {
  std::array<unsigned char, 16> bytes{};
  const std::string text(host.substr(0, host.find('%')));  // without its zone
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return std::nullopt;
  const bool zeros = std::all_of(bytes.begin(), bytes.begin() + 10, [](unsigned char b) { return b == 0; });
  const bool mapped = zeros && bytes[10] == 0xFF && bytes[11] == 0xFF;
  const bool embedded = zeros && bytes[10] == 0 && bytes[11] == 0 && (bytes[12] != 0 || bytes[13] != 0);
  if (mapped || embedded)
    return dotted(std::uint64_t{bytes[12]} << 24U | std::uint64_t{bytes[13]} << 16U | std::uint64_t{bytes[14]} << 8U | bytes[15]);
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (inet_ntop(AF_INET6, bytes.data(), out.data(), out.size()) == nullptr) return std::nullopt;
  return std::string(out.data());
}

Text without_port(const Text& host) {
  const std::string_view v = host.view();
  if (v.starts_with("[")) {
    const auto close = v.find(']');
    return host.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  const auto colon = v.find(':');
  const bool address =
      colon != std::string_view::npos && v.find(':', colon + 1) != std::string_view::npos;  // IPv6 without brackets
  return address ? host : host.substr(0, colon);
}

/// Ideographic full stops separate labels as dots do (UTS 46).
void fold_dots(std::string& host) {
  for (const std::string_view dot : {"\xE3\x80\x82", "\xEF\xBC\x8E", "\xEF\xBD\xA1"}) {
    for (auto at = host.find(dot); at != std::string::npos; at = host.find(dot, at)) host.replace(at, dot.size(), ".");
  }
}

struct Authority {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Authority authority_of(std::string_view url) {
  const auto scheme = url.find("://");
  const auto first = url.find_first_of("/?#\\");
  const bool has_scheme = scheme != std::string_view::npos && scheme < first && first == scheme + 1;
  std::size_t begin = has_scheme ? scheme + 3 : url.starts_with("//") ? 2 : 0;
  while (has_scheme && begin < url.size() && url[begin] == '/') ++begin;  // `http:///host` is accepted
  return {begin, std::min(url.find_first_of("/?#\\", begin), url.size())};
}

}  // namespace

Text normal_host(const Text& host) {
  const Text plain = unescaped(without_port(host), Unescape::all);
  if (!plain.literal()) return lower(plain);
  std::string name = base::lower(plain.view());
  fold_dots(name);
  while (name.size() > 1 && name.back() == '.') name.pop_back();
  if (const auto address = name.find(':') != std::string::npos ? ipv6(name) : ipv4(name)) return Text(*address);
  return Text(std::move(name));
}

Text host_of(const Text& url) {
  const Authority part = authority_of(url.view());
  const auto at = url.view().substr(part.begin, part.end - part.begin).rfind('@');
  const std::size_t begin = at == std::string_view::npos ? part.begin : part.begin + at + 1;
  return normal_host(url.substr(begin, part.end - begin));
}

Text normal_url(const Text& url) {
  const Authority part = authority_of(url.view());
  const std::size_t end = std::min(url.view().find_first_of("?#", part.end), url.size());
  Text out = url.substr(0, part.end);
  const Text path = unescaped(url.substr(part.end, end - part.end), Unescape::unreserved);
  std::vector<Text> kept;
  const std::string_view v = path.view();
  for (std::size_t i = 0; i < v.size();) {
    const std::size_t next = std::min(v.find('/', i + 1), v.size());
    const std::string_view segment = v.substr(i, next - i);
    const bool last = next >= v.size();
    if (segment == "/..") {
      if (!kept.empty()) kept.pop_back();
      if (last) kept.emplace_back("/");
    } else if (segment != "/." || last) {
      kept.push_back(segment == "/." ? Text("/") : path.substr(i, next - i));
    }
    i = next;
  }
  // Behind an unknown part that a slash follows the address goes on: there is no question mark in it.
  for (const Text& segment : kept) out.append(&segment == &kept.back() ? segment : kept_inside(segment));
  out.append(unescaped(url.substr(end), Unescape::unreserved));
  return out;
}

}  // namespace belay::command::http
