#pragma once

#include "command/invocation.h"

namespace belay::command::program {

/// Emits what the command does: one exec operation, then its effects; wrapped commands and code go back to the host. argv[0] is literal and
/// argv is not empty; a computed name is the host's to report.
void interpret(const Invocation& invocation, Host& host);

/// A program does what the text says that it was compiled of.
void run_built(const Built& program, const Invocation& invocation, Host& host);

}  // namespace belay::command::program
