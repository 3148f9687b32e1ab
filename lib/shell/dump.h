#pragma once

#include <string>

#include "shell/parser.h"

/// The tree as one line of text, for tests and people.
namespace belay::shell {

/// Words are shown as written with normal quoting: `'…'` for Quoted, `"…"` for DoubleQuoted, `${name op operand}`, `$( … )`. A simple
/// command is `[word word]`, a subshell `( … )`, other compound commands are named: `if{…}then{…}`. Items of a list are separated by `; `, a
/// background one ends in ` &`. An incomplete script ends in `!problem@offset`.
[[nodiscard]] std::string dump(const Script& script);
[[nodiscard]] std::string dump(const Word& word);

}  // namespace belay::shell
