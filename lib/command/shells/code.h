#pragma once

#include "model/text.h"

/// Shells that are not sh, rewritten as the shell code that does the same and read by the evaluator. What a rewriter does not
/// understand it leaves as it stands: the parser then says so, or takes it for what it looks like.
namespace belay::command::shells {

using model::Text;

/// fish(1), fish-language: `(cmd)`, `set`, `begin … end`, `and`, `or`, no splitting of variables.
[[nodiscard]] Text from_fish(const Text& code);

/// csh(1), tcsh(1): `set x = y`, `setenv`, `foreach`, `if (…) then`, `>!`, `>&`.
[[nodiscard]] Text from_csh(const Text& code);

/// Nushell, Elvish, xonsh and others: the names of programs freed from what marks them as such (`^rm`, `e:rm`).
[[nodiscard]] Text from_other(const Text& code);

}  // namespace belay::command::shells
