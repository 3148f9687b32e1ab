#pragma once

#include "model/operation.h"

namespace belay::command::http {

using model::Text;

/// A body as rules see it: escapes of JSON strings and forms undone; of a GraphQL document what normal_graphql() leaves, of its variables only
/// that they are data.
[[nodiscard]] Text normal_body(const Text& body);

/// Brings a request whose method, URL and body are as written into the form that rules see.
void complete(model::Fetch& fetch);

}  // namespace belay::command::http
