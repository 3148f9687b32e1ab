#pragma once

#include <optional>

#include "model/text.h"

namespace belay::command::http {

/// The path that a `file:` URL names (RFC 8089), percent escapes undone, query and fragment dropped; `//host/share` for another host, as
/// Windows reads it. `view-source:` and `jar:` in front are looked through. Nothing for every other scheme.
[[nodiscard]] std::optional<model::Text> file_of_url(const model::Text& url);

}  // namespace belay::command::http
