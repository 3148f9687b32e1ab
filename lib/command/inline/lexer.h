#pragma once

#include <vector>

#include "base/budget.h"
#include "command/inline/dialect.h"
#include "command/inline/token.h"

namespace belay::command::inline_code {

/// Code cut into tokens, the last of which is TokenKind::end. `partner[i]` is the index of the bracket that closes the one at `i`
/// (the last token when nothing does), 0 for everything else. Views point into the text.
struct Tokens {
  std::vector<Token> all;
  std::vector<std::size_t> partner;
};

/// Linear in the text; each token is paid from `budget`, and what is left when that is empty is not read. Comments are dropped.
[[nodiscard]] Tokens cut(const Dialect& dialect, const Stretch& code, const Text& whole, base::Budget& budget);

}  // namespace belay::command::inline_code
