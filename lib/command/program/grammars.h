#pragma once

#include "command/program/effects.h"
#include "command/program/reader.h"

/// Programs whose arguments are a language of their own (`grammar` in docs/knowledge.md).
namespace belay::command::program {

/// Reads all of `arguments` by itself: exec operation and effects.
void run_find(std::span<const Text> arguments, Effects& effects);

/// After the exec operation, in place of apply_roles.
void run_tar(const Reading& reading, Effects& effects);
void run_unpack(const Reading& reading, Effects& effects);
void run_xargs(const Reading& reading, Effects& effects);
void run_parallel(const Reading& reading, Effects& effects);
/// aws, az: any value may be one that lies in a file.
void run_values(const Reading& reading, Effects& effects);
void run_fd(const Reading& reading, Effects& effects);
void run_httpie(const Reading& reading, Effects& effects);

/// Before the exec operation: says which operand is the code of `-c`, and that with `-s` none is a script.
void mark_shell_operands(Reading& reading);

}  // namespace belay::command::program
