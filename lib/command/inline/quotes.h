#pragma once

#include <vector>

#include "command/inline/dialect.h"
#include "command/inline/token.h"

/// What stands between quotes: escapes and the expressions that are put in.
namespace belay::command::inline_code {

/// How a string is read once its quotes are off.
struct Inside {
  Escape escape = Escape::c_like;
  Interpolation interpolation = Interpolation::none;
  bool format = false;  ///< `{x}` of a Python f-string
  char quote = '"';     ///< the closing quote, which an escape may protect
};

/// `hole` is the number of holes before `inner` in `whole`.
[[nodiscard]] std::vector<Piece> pieces_of(const Stretch& inner, const Inside& how, const Text& whole);

/// Index of the bracket that closes the one at `open`, quotes inside skipped; npos if it does not come soon.
[[nodiscard]] std::size_t closing(std::string_view s, std::size_t open);

}  // namespace belay::command::inline_code
