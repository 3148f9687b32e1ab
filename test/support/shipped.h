#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "support/slurp.h"

/// The rule files of this repository.
namespace belay::test {

/// All below `rules` and `below` ("/knowledge"), in the order of their paths.
inline std::vector<std::shared_ptr<const base::SourceText>> shipped_sources(const std::string& below = "") {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(BELAY_SOURCE_DIR "/rules" + below)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().string());
  }
  std::sort(names.begin(), names.end());
  std::vector<std::shared_ptr<const base::SourceText>> out;
  for (const auto& name : names) out.push_back(std::make_shared<const base::SourceText>(name, slurp(name)));
  return out;
}

}  // namespace belay::test
