#pragma once

#include <vector>

#include "command/inline/session.h"

/// Commands that code runs.
namespace belay::command::inline_code {

/// A program that is called as a function: `sh.rm("-rf", x)`, `local["rm"]["-rf"](x)` (processes.cc).
Value run_program(const Value& program, const Call& call, Session& session);
/// Shell code in which one command reads what another prints.
[[nodiscard]] Text piped(const Text& from, const Text& to);
/// Text that a command which the code started reads.
void tell(const Value& process, const Value& text, Session& session);

/// Shell code and commands that are run (call.cc).
void run_code(const Value& code, Session& session);
void run_words(const std::vector<Value>& words, Session& session);
/// One word of shell code.
[[nodiscard]] Text quoted(const Text& word);
/// Shell code that gives `input` to `command`.
[[nodiscard]] Text fed(const Text& input, const Text& command);

}  // namespace belay::command::inline_code
