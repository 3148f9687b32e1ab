#pragma once

#include "command/program/effects.h"

namespace belay::command::program {

/// git-config(1), "CONFIGURATION FILE": `[section "sub"]`, then `key = value`; each is read as the setting section.sub.key.
void read_config_file(std::string_view language, const Text& text, const Change& change, Effects& effects);

}  // namespace belay::command::program
