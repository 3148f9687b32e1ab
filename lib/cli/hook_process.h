#pragma once

#include "agent/adapter.h"

/// The process around a hook: descriptors, limits, exit.
namespace belay::cli {

/// Whether descriptors 0, 1 and 2 are the caller's.
struct Standard {
  bool in = true;
  bool out = true;
  bool err = true;
};

/// Fills holes among descriptors 0 to 2 so that no file opened later lands there and gets an answer written into it; keeps others out of this
/// process' memory and files; bounds its memory, since a process that the kernel kills for memory answers nothing.
[[nodiscard]] Standard settle_process();

/// Writes the answer and ends the process with its code; with the blocking one when the answer cannot be written whole.
[[noreturn]] void deliver(const agent::Reply& reply, const Standard& standard);

/// /dev/tty opens.
[[nodiscard]] bool has_terminal();

}  // namespace belay::cli
