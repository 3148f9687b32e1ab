#pragma once

#include <string>
#include <string_view>

#include "command/shells/script.h"

/// Parts of fish's words that a shell writes otherwise (fish-language).
namespace belay::command::shells {

/// `[2..3]`, counted from 1 and with both ends; all of the list where an end is not a plain number.
[[nodiscard]] std::string range(std::string_view index, std::size_t dots);

/// Do the braces at the beginning of `rest` vanish? Those around one item do where a variable stands in it, not in braces or parentheses of its
/// own: `{$HOME}`, `{"$HOME"/x}`; not `{x}`, `{(pwd)}` (fish 3.6; its manual has no word on it).
[[nodiscard]] bool braces_vanish(std::string_view rest);

/// The bytes of `\x72`, `\X72`, `\162`, `\u0072`, `\U00000072`, of which `kind` is read; empty for any other escape.
[[nodiscard]] std::string numbered_escape(Script& in, char kind);

/// What an escape outside of quotes stands for (fish-language, "Escaping Characters").
[[nodiscard]] char escape_of(char c);

}  // namespace belay::command::shells
