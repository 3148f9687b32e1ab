#pragma once

#include <string>
#include <vector>

#include "cli/program.h"
#include "image/image.h"
#include "policy/rule.h"

/// The rule files that `lint`, `test` and `rules` are given, and what they stand on.
namespace belay::cli {

struct GivenFiles {
  std::vector<std::string> names;
  std::vector<policy::SourcePtr> sources;
};
/// Every rule file at `paths`, each once; stops with ExitCode::policy at what cannot be read.
[[nodiscard]] GivenFiles files_or_stop(const std::vector<std::string>& paths);

/// The shipped packs. Stops if they are damaged.
[[nodiscard]] image::View shipped_or_stop(const Program& program);

}  // namespace belay::cli
