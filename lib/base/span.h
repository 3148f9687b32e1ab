#pragma once

#include <cstdint>

namespace belay::base {

/// Bytes [begin, end) of one text. Line and column exist only in the renderer (base/source.h).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(Span, Span) = default;
};

}  // namespace belay::base
