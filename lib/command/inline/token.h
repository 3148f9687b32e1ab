#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/text.h"

namespace belay::command::inline_code {

using model::Text;

/// A stretch of code with the number of holes that stand before it in the whole text, so that their traits are found again.
struct Stretch {
  std::string_view text;
  std::size_t first_hole = 0;
};

/// One part of a string: literal text, or an expression that is put in its place (`${…}`, `#{…}`, `{…}`, `$name`).
struct Piece {
  Text literal;
  Stretch expression;
  bool computed = false;
};

enum class TokenKind : std::uint8_t {
  end,
  name,     ///< identifier with its sigil
  string,   ///< pieces
  words,    ///< `qw(a b)`, `%w[a b]`: one piece per word
  command,  ///< backticks, `qx`, `%x`: pieces are shell code
  code,     ///< the replacement of `s///e`: pieces hold code of the same language
  number,
  regex,
  punct,
  hole,  ///< a part of the code that is not known, outside of any string
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool line_start = false;  ///< first on its line
  bool spaced = false;      ///< blank before it
  bool word = false;        ///< one of Dialect::words
  bool accessor = false;    ///< of Dialect::accessors, joins, assigns
  bool joins = false;
  bool assigns = false;
  std::string_view text;  ///< as written; of a string only its opening
  std::vector<Piece> pieces;

  [[nodiscard]] bool is(std::string_view punct) const { return kind == TokenKind::punct && text == punct; }
  [[nodiscard]] bool named(std::string_view name) const { return kind == TokenKind::name && text == name; }
};

[[nodiscard]] inline bool is_closer(const Token& t) { return t.is(")") || t.is("]") || t.is("}"); }
[[nodiscard]] inline bool ends_expression(const Token& t) { return t.kind == TokenKind::end || is_closer(t) || t.is(",") || t.is(";"); }

}  // namespace belay::command::inline_code
