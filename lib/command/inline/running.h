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

/// The text once for each home of the actor, when it speaks of it; else once.
[[nodiscard]] std::vector<Text> with_homes(const Text& text, const program::Effects& effects);

/// Shell code and commands that are run (call.cc).
void run_code(const Value& code, Session& session);
void run_words(const std::vector<Value>& words, Session& session);
/// One word of shell code.
[[nodiscard]] Text quoted(const Text& word);
/// Shell code that gives `input` to `command`.
[[nodiscard]] Text fed(const Text& input, const Text& command);

/// What a loop over the lines of the input finds in `$_` (line_loop.cc).
void bind_lines(std::string_view language, const Text& code, Session& session);

/// Of a path in a folder that is not known, as `__DIR__ . "/m.php"`, what stands behind that; empty for any other.
[[nodiscard]] Text behind_folder(const Text& path);

/// A module by its name, for what the call wrote into its file (imports.cc).
void import(const Value& name, const Session& session, std::string_view language);

}  // namespace belay::command::inline_code
