#pragma once

#include "command/program/effects.h"

namespace belay::command::program {

/// Files of tasks that are not lines of recipes: every command in them counts.
///
/// tox.ini: `commands = …` and the indented lines below (tox, "Configuration").
void read_tox(const Text& code, const Change& change, Effects& effects);
/// Taskfile.yml: what stands under `cmds`, in `cmd`, `sh` and `defer`, and a task that is one command or a list of them (Task, "Schema Reference").
void read_taskfile(const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
