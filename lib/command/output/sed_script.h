#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "command/output/lines.h"

/// What sed(1) makes of its input, as far as its script only picks, deletes and substitutes (POSIX XCU sed; GNU's `-E`, `I`, `Q`).
namespace belay::command {

[[nodiscard]] bool is_sed(std::string_view program);
/// `args` are its options and its script. Nothing for what is not understood.
[[nodiscard]] std::optional<Text> edited_by_sed(std::span<const Text> args, const Text& input);

}  // namespace belay::command
