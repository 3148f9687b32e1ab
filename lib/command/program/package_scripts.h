#pragma once

#include "command/program/effects.h"

namespace belay::command::program {

/// A package.json, composer.json or deno.json: runs those of its `scripts` (or `tasks`) that the invocation names, and of an installation those
/// that npm runs by itself (npm docs, "scripts").
void run_package_scripts(const Text& json, const Change& change, Effects& effects);

}  // namespace belay::command::program
