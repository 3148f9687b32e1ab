#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "command/program/effects.h"

/// Terminals inside terminals (tmux, screen): what they are told to type is typed into a shell, and several of their commands stand in one call.
namespace belay::command::program {

/// `typed-keys` of tmux(1) send-keys, a word each: `Enter` and `C-m` end a line, `Space` is a blank, other names of keys type nothing. `typed-codes`: hexadecimal
/// numbers of characters. `typed-stuff` of screen(1): text in which `^M` and `\015` stand for the key. False for any other language.
[[nodiscard]] bool type_into_shell(std::string_view language, const Text& text, const Change& change, Effects& effects);

/// tmux: `;` parts commands. Nothing when there is only one.
[[nodiscard]] std::vector<std::vector<Text>> commands_of_terminal(std::string_view program, std::span<const Text> arguments);

/// Lines of commands of `program`, which are quoted as in a shell: `screen -X` and `tmux` read them as their own arguments.
void run_terminal_commands(std::string_view before, const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
