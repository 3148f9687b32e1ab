#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <string>

#include "support/slurp.h"

/// Files that hold what a test expects. BELAY_UPDATE_GOLDEN=1 rewrites them, except where CI is set: a reviewer must see the change.
namespace belay::test {

inline void check_golden(const std::string& path, const std::string& actual) {
  if (std::getenv("BELAY_UPDATE_GOLDEN") != nullptr && std::getenv("CI") == nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  INFO("golden file: " << path);
  CHECK(slurp(path) == actual);
}

}  // namespace belay::test
