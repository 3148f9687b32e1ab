#pragma once

#include <span>

#include "command/program/effects.h"

/// cmd.exe, the command interpreter of Windows (`help cmd`, `cmd /?`). Its text is rewritten as the shell code that does the same, which
/// the evaluator then runs: pipes, redirections, variables and flows are those of every other shell.
namespace belay::command::cmd {

/// Emits the effects of the code.
void read_code(const Text& code, const program::Change& change, program::Effects& effects);

/// The arguments of cmd.exe after its name: `/c`, `/k`, `/r` and the command line behind it.
void run_host(std::span<const Text> arguments, program::Effects& effects);

/// The shell code that does the same. A hole stays a hole; \x02 in `code` stands for the home.
[[nodiscard]] Text rewritten(const Text& code, const Text& cwd, const program::KnowledgeView& knowledge);

}  // namespace belay::command::cmd
