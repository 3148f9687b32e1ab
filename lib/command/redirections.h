#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "command/frame.h"

namespace belay::command {

/// The redirections of one command, worked out.
struct Redirections {
  enum class Stdout : std::uint8_t { stays, leaves, unknown };
  std::optional<Input> input;
  Stdout standard_output = Stdout::stays;  ///< leaves: goes to a file or is thrown away
  bool appends = false;
  std::vector<std::shared_ptr<const Sink>> sinks;        ///< commands that receive standard output
  std::vector<std::pair<int, Descriptor>> before;        ///< numbers that were opened for this command, with what they were
  std::vector<std::uint32_t> writes;      ///< operations that receive standard output
  std::vector<std::uint32_t> operations;  ///< all of them

  /// What `exec` opens stays open.
  void keep_open(const model::Analysis& analysis, Frame& frame) const;
  /// What was opened for one command is what it was before.
  void close(Frame& frame);
};

/// `3` of `/dev/fd/3` and `/proc/self/fd/3`; empty for any other path.
[[nodiscard]] std::string_view descriptor_number(std::string_view path);

}  // namespace belay::command
