#pragma once

#include <cstdint>

#include "shell/cursor.h"

namespace belay::shell {

/// Reserved words of bash(1) "RESERVED WORDS"; `in` included, `]]` left to conditional.cc, which alone knows it. zshmisc(1) adds `foreach`, `end`, `repeat`.
enum class Keyword : std::uint8_t {
  none, bang, brace_open, brace_close, conditional, case_, coproc, do_, done, elif, else_, end, esac, fi, for_, foreach, function, if_, in,
  repeat, select, then, time, until, while_,
};

struct KeywordHere {
  Keyword keyword = Keyword::none;
  std::uint32_t end = 0;  ///< behind it
};
/// The reserved word at the position, when it is a whole unquoted word; consumes at most continuations.
[[nodiscard]] KeywordHere keyword_at(Cursor& c);
/// Whether `wanted` is here, after blanks.
[[nodiscard]] bool at_keyword(Cursor& c, Keyword wanted);
/// Consumes `wanted` if it is here, after blanks.
[[nodiscard]] bool take_keyword(Cursor& c, Keyword wanted);
/// As take_keyword, or notes the problem.
[[nodiscard]] bool expect_keyword(Cursor& c, Keyword wanted);

}  // namespace belay::shell
