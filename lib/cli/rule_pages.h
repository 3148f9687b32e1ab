#pragma once

#include "cli/program.h"

namespace belay::cli {

/// `rules docs`, `rules lists` and `rules new`: what is made from rule files, or for them.
void add_rule_pages(CLI::App& rules, Program& program);

}  // namespace belay::cli
