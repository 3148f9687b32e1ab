#pragma once

#include "model/text.h"

namespace belay::command::http {

using model::Text;

/// The text may be a GraphQL document: it begins, behind blanks and comments, with `query`, `mutation`, `subscription`, `fragment`, or with
/// `{` and a name.
[[nodiscard]] bool looks_like_graphql(std::string_view text);

/// A GraphQL document without comments, aliases and commas, with single blanks, strings as ‹data› (specification, 2.1): what is left of names are
/// operations, fields, arguments and types.
[[nodiscard]] Text normal_graphql(const Text& document);

}  // namespace belay::command::http
