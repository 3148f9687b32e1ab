#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "command/invocation.h"

namespace belay::command {

/// The redirections of one command, worked out.
struct Redirections {
  enum class Stdout : std::uint8_t { stays, leaves, unknown };
  std::optional<Input> input;
  Stdout standard_output = Stdout::stays;  ///< leaves: goes to a file or is thrown away
  bool appends = false;
  std::vector<std::uint32_t> writes;      ///< operations that receive standard output
  std::vector<std::uint32_t> operations;  ///< all of them
};

}  // namespace belay::command
