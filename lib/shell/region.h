#pragma once

#include <cstdint>

#include "shell/cursor.h"

namespace belay::shell {

/// A stretch of text with one set of quoting rules and one way to end.
enum class Kind : std::uint8_t {
  word,            ///< up to a metacharacter
  command_word,    ///< the same, but `a+()` may begin a function
  regex,           ///< after =~: parentheses and `|` belong to the word
  extglob,         ///< one alternative of @(a|b)
  double_quoted,   ///< "…"
  body,            ///< of an unquoted here-document, up to the end of the (narrowed) text
  operand,         ///< of ${x:-…}, up to `}`
  operand_quoted,  ///< the same inside double quotes
  pattern,         ///< of ${x#…} ${x^…}, also inside double quotes
  replaced,        ///< of ${x/…/…}, up to `/` or `}`
  arithmetic,      ///< $(( )) and (( )), up to the `)` that closes
  bracket,         ///< $[ ]
  section,         ///< of for (( ; ; ))
  offset,          ///< of ${x:…:…}, up to `:` or `}`
  subscript,       ///< a[…]
};

/// What encloses a region, for the constructs that ask.
enum class Around : std::uint8_t { nothing, double_quotes, body };

enum class Single : std::uint8_t {
  quotes,    ///< '…' quotes
  protects,  ///< bash finds the end as if '…' quoted, then takes the quotes for text and expands what is between them
  plain,
};
enum class Escape : std::uint8_t { any, double_quoted, body };
enum class Ansi : std::uint8_t {
  quotes,
  spliced,  ///< bash decodes $'…' first and then expands the result
  plain,
};

struct Rules {
  ByteSet stops;  ///< bytes that need a look
  bool live;      ///< plain text is Literal, not Quoted
  Single single;
  Escape escape;
  Ansi ansi;
  bool process;  ///< <( ) and >( ) are live, except inside quotes
};
[[nodiscard]] const Rules& rules_of(Kind kind);
/// The stops of its rules, and in zsh's words the braces: `{ echo a }` needs no `;`.
[[nodiscard]] const ByteSet& stops_of(Kind kind, Dialect dialect);

}  // namespace belay::shell
