#pragma once

#include <string>
#include <vector>

#include "shell/region.h"

namespace belay::shell {

/// Appends the parts of one region to `out` and stops at what ends it, which is not consumed. A region that needs an end and
/// meets the end of the text is a problem with its begin at `begin`.
[[nodiscard]] bool read_region(Cursor& c, Kind kind, Around around, std::vector<Part>& out);
/// One word; unexpected token when there is none.
[[nodiscard]] bool read_word(Cursor& c, Kind kind, Word& out);
/// Goes on with a word of which parts were read already.
[[nodiscard]] bool read_rest_of_word(Cursor& c, std::uint32_t begin, Word& out);
/// At a backslash-free word beginning? (The first byte of a word, or of `<(`.)
[[nodiscard]] bool at_word(Cursor& c);

/// At `$`: what it introduces becomes one part. `plain` is set instead when it is just a dollar sign, which is consumed.
[[nodiscard]] bool read_dollar(Cursor& c, Ansi ansi, Around around, std::vector<Part>& out, bool& plain);
/// At `"`.
[[nodiscard]] bool read_double_quoted(Cursor& c, Around around, DoubleQuoted& out);
/// At a backtick.
[[nodiscard]] bool read_backtick(Cursor& c, Around around, CommandSubst& out);
/// Behind `${`.
[[nodiscard]] bool read_braced(Cursor& c, std::uint32_t begin, Around around, std::vector<Part>& out);
/// Behind `$(` or `<(`; consumes the closing parenthesis.
[[nodiscard]] bool read_substitution(Cursor& c, List& out);
/// The rest of `((…))` behind its two parentheses. False without a problem, and back behind the parentheses, when what is
/// there is no expression but a parenthesised command.
[[nodiscard]] bool read_double_parentheses(Cursor& c, Around around, Word& out);
/// Behind `[`; consumes `]`.
[[nodiscard]] bool read_subscript(Cursor& c, Word& out);
/// zsh and csh: `:h` behind a name; false where there is none.
[[nodiscard]] bool read_modifier(Cursor& c, Parameter& node);
/// zsh: `=`, `~` or `^` before a name; false where there is none.
[[nodiscard]] bool read_flag(Cursor& c, Parameter& node);

/// The text if the word is one Literal, else empty.
[[nodiscard]] std::string_view literal_of(const Word& word);

}  // namespace belay::shell
