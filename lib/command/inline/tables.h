#pragma once

#include "command/inline/dialect.h"
#include "command/inline/functions.h"
#include "command/inline/mutators.h"

/// The dialects, one function each, kept in one file per language.
namespace belay::command::inline_code {

[[nodiscard]] const Dialect& python();
[[nodiscard]] const Dialect& javascript();
[[nodiscard]] const Dialect& perl();
[[nodiscard]] const Dialect& raku();
[[nodiscard]] const Dialect& ruby();
[[nodiscard]] const Dialect& php();
[[nodiscard]] const Dialect& lua();
[[nodiscard]] const Dialect& r_language();
[[nodiscard]] const Dialect& julia();
[[nodiscard]] const Dialect& elixir();
[[nodiscard]] const Dialect& erlang();
[[nodiscard]] const Dialect& lisp();
[[nodiscard]] const Dialect& ocaml();
[[nodiscard]] const Dialect& java_like();
[[nodiscard]] const Dialect& octave();
[[nodiscard]] const Dialect& nim();
[[nodiscard]] const Dialect& swift();
[[nodiscard]] const Dialect& elisp();
[[nodiscard]] const Dialect& haskell();
[[nodiscard]] const Dialect& dotnet();
[[nodiscard]] const Dialect& c_like();
[[nodiscard]] const Dialect& go();
[[nodiscard]] const Dialect& rust();
[[nodiscard]] const Dialect& zig();
[[nodiscard]] const Dialect& pascal();
[[nodiscard]] const Dialect& fortran();

}  // namespace belay::command::inline_code
