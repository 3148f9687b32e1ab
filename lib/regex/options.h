#pragma once

#include <re2/re2.h>

#include <cstdint>

namespace belay::regex {

/// Bytes for one program and its states; enough for any pattern a person would write.
inline constexpr std::int64_t kMaxPatternMemory = std::int64_t{1} << 20U;

inline RE2::Options pattern_options() {
  RE2::Options options(RE2::Latin1);
  options.set_dot_nl(true);
  options.set_never_nl(false);
  options.set_log_errors(false);
  options.set_max_mem(kMaxPatternMemory);
  return options;
}

}  // namespace belay::regex
