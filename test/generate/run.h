#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "suite.h"

namespace belay::generate {

struct Amount {
  std::size_t sampled = 0;  ///< combinations of three changes
  std::uint64_t seed = 1;   ///< of the sample
};

/// What one run found: failures in their shortest form, one line each, none twice.
struct Findings {
  std::size_t ran = 0;
  std::size_t failed = 0;          ///< before shortening
  std::set<std::string> lines;     ///< `deny→pass COMMAND`
  std::set<std::string> shortened; ///< `deny COMMAND`, as the list of known ones has them
};

/// Every seed must stay stopped. `judges` threads share the work.
[[nodiscard]] Findings run_stopped(const Material& material, std::string_view image, const Amount& amount, unsigned threads);
/// Everyday commands changed, and seeds as text, must pass.
[[nodiscard]] Findings run_silent(const Material& material, std::string_view image, const Amount& amount, unsigned threads);

}  // namespace belay::generate
