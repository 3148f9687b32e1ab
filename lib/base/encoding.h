#pragma once

#include <string>
#include <string_view>

/// Encodings of bytes as text that code and commands decode by themselves. Nothing fails: what does not belong is skipped.
namespace belay::base {

/// Value of a hexadecimal digit; -1 for any other byte.
[[nodiscard]] int hex_digit(char c);
/// Pairs of digits; whatever stands between them is skipped, an odd last one too.
[[nodiscard]] std::string hex_decoded(std::string_view text);

/// RFC 4648: section 4, or section 5 with its `-` and `_` beside `+` and `/`.
enum class Base64 : bool { standard, url_safe_too };
/// Bytes outside of the alphabet are skipped, padding included.
[[nodiscard]] std::string base64_decoded(std::string_view text, Base64 alphabet = Base64::standard);
/// Digits of section 4, padding and white space, and nothing else.
[[nodiscard]] bool is_base64(std::string_view text);

/// Appends the UTF-8 form (RFC 3629) of a code point; nothing of one above U+10FFFF.
void append_utf8(std::string& out, unsigned long code);

}  // namespace belay::base
