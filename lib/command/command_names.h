#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "command/state.h"

/// Names that a shell is told to take for other commands: paths that it remembers (`hash -p`), entries of BASH_CMDS and BASH_ALIASES
/// (bash(1), "Shell Variables"), functions out of the environment.
namespace belay::command {

/// An array whose elements are no mere data.
[[nodiscard]] bool is_command_table(std::string_view variable, ShellKind shell);
/// What the elements of that table say now is what the names mean from here on.
void name_commands(std::string_view table, State& state);
/// The same call with the path that was set for its name; nothing where none was.
[[nodiscard]] std::optional<std::vector<Text>> where_remembered(const std::vector<Text>& argv, const State& state);

/// zsh/mapfile: the elements of `mapfile` are files by their names.
[[nodiscard]] constexpr bool names_files(std::string_view variable, ShellKind shell) { return variable == "mapfile" && shell == ShellKind::zsh; }

}  // namespace belay::command
