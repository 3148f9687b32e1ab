#pragma once

#include "model/text.h"

/// Requests in the one form that rules see (docs/rules.md, "Requests").
namespace belay::command::http {

using model::Text;

/// The host of a URL (RFC 3986, 3.2; a scheme may be missing): without user and port, percent escapes undone, lower case, without the dot at its end.
/// An IPv4 address in any form that inet_aton(3) takes (`2852039166`, `0xA9FEA9FE`, `0251.0376.43518`) or inside IPv6 becomes four decimal
/// numbers, IPv6 its shortest form.
[[nodiscard]] Text host_of(const Text& url);

/// The same of a bare host, which may have a port.
[[nodiscard]] Text normal_host(const Text& host);

/// `url` with the escapes of characters that need none undone (RFC 3986, 6.2.2.2) and `.` and `..` of its path folded.
[[nodiscard]] Text normal_url(const Text& url);

}  // namespace belay::command::http
