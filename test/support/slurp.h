#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace belay::test {

/// All bytes of a file; none when it cannot be read.
inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace belay::test
