#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

/// Files that hold what a test expects. BELAY_UPDATE_GOLDEN=1 rewrites them, except where CI is set: a reviewer must see the change.
namespace belay::test {

inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void check_golden(const std::string& path, const std::string& actual) {
  if (std::getenv("BELAY_UPDATE_GOLDEN") != nullptr && std::getenv("CI") == nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  INFO("golden file: " << path);
  CHECK(slurp(path) == actual);
}

}  // namespace belay::test
