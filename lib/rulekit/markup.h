#pragma once

#include <string>
#include <string_view>

/// Escaping for the formats that reports are written in.
namespace belay::rulekit {

/// Text or attribute of XML 1.0; characters that XML cannot hold become visible escapes.
[[nodiscard]] std::string xml(std::string_view s);
/// A path as a relative or `file:` URI reference (RFC 3986).
[[nodiscard]] std::string uri(std::string_view path);
/// Data of a GitHub workflow command; a property also hides `:` and `,`.
enum class CommandPart : bool { data, property };
[[nodiscard]] std::string workflow(std::string_view s, CommandPart part);
/// 16 hexadecimal digits of FNV-1a (64 bit): a name for equal texts, no protection against people.
[[nodiscard]] std::string fingerprint(std::string_view s);
/// `1 case`, `2 cases`.
[[nodiscard]] std::string counted(std::size_t n, std::string_view noun);

}  // namespace belay::rulekit
