#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "command/output/lines.h"

/// What text tools make of the lines of their standard input: head, grep, cut … A line with holes may be left out or kept where that cannot be told; then it is
/// kept, as some of what it stood for.
namespace belay::command {

/// Is it one of those tools?
[[nodiscard]] bool is_line_filter(std::string_view program);

/// Its output; nothing when that cannot be told. The files that it reads are `input`, `args` are what else it was given.
[[nodiscard]] std::optional<Text> filtered(std::string_view program, std::span<const Text> args,
                                           const std::optional<Text>& input);

}  // namespace belay::command
