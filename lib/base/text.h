#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace belay::base {

[[nodiscard]] constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool is_name_start(char c) { return is_alpha(c) || c == '_'; }
[[nodiscard]] constexpr bool is_name_char(char c) { return is_name_start(c) || is_digit(c); }

/// ASCII only; other bytes are left alone.
[[nodiscard]] std::string lower(std::string_view s);
[[nodiscard]] std::string upper(std::string_view s);
[[nodiscard]] std::string_view trim(std::string_view s);
[[nodiscard]] std::vector<std::string_view> split(std::string_view s, char separator);
/// Non-empty fields between runs of ASCII white space.
[[nodiscard]] std::vector<std::string_view> split_blank(std::string_view s);
[[nodiscard]] bool iequals(std::string_view a, std::string_view b);

/// Text that may be shown on a terminal: control characters, bidirectional overrides, zero-width and invalid UTF-8 become
/// visible escapes (`\x1b`, `\u{202e}`); a hole (0x00) becomes `‹?›`. Newlines stay when `keep_newlines`.
enum class Newlines : bool { escape, keep };
[[nodiscard]] std::string printable(std::string_view s, Newlines newlines = Newlines::escape);

[[nodiscard]] bool valid_utf8(std::string_view s);

}  // namespace belay::base
