#pragma once

#include "cli/program.h"

/// The commands below `belay log`, each described in a file of its own.
namespace belay::cli {

void add_log_report(CLI::App& command, Program& program);
void add_log_export(CLI::App& command, Program& program);
void add_log_verify(CLI::App& command, Program& program);

}  // namespace belay::cli
