#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/shells/script.h"

namespace belay::command::shells {

/// What stands between `function` and the end of its line.
struct FunctionHead {
  std::string name;
  std::vector<std::string> arguments;  ///< names of `--argument-names`
  std::string event;                   ///< of `--on-event`
  bool handles = false;  ///< something else than a call may start it: an event, a signal, a variable, the end of a process
};
[[nodiscard]] FunctionHead read_function_head(Script& in);

/// `[2..3]`, counted from 1 and with both ends; all of the list where an end is not a plain number.
[[nodiscard]] std::string range(std::string_view index, std::size_t dots);

/// Do the braces at the beginning of `rest` vanish? Those around one item do where a variable or a substitution is in it: `{$HOME}`, not `{x}`.
[[nodiscard]] bool braces_vanish(std::string_view rest);

/// The bytes of `\x72`, `\X72`, `\162`, `\u0072`, `\U00000072`, of which `kind` is read; empty for any other escape.
[[nodiscard]] std::string numbered_escape(Script& in, char kind);

/// What an escape outside of quotes stands for (fish-language, "Escaping Characters").
[[nodiscard]] char escape_of(char c);

}  // namespace belay::command::shells
