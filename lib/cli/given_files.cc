#include "cli/given_files.h"

#include <algorithm>

namespace belay::cli {

GivenFiles files_or_stop(const std::vector<std::string>& paths) {
  GivenFiles out;
  for (const auto& path : paths) {
    for (auto& file : value_or_stop(rule_files(path), ExitCode::policy)) {
      if (std::find(out.names.begin(), out.names.end(), file) == out.names.end()) out.names.push_back(std::move(file));
    }
  }
  if (out.names.empty()) throw Stop{ExitCode::policy, "no rule files there", "rule files end in .toml"};
  out.sources = value_or_stop(read_sources(out.names), ExitCode::policy);
  return out;
}

image::View shipped_or_stop(const Program& program) {
  return value_or_stop(image::View::open(program.embedded), ExitCode::internal);
}

}  // namespace belay::cli
