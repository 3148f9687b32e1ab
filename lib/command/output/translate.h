#pragma once

#include <optional>
#include <span>

#include "model/text.h"

/// tr(1) (POSIX XCU tr): sets with ranges, escapes and classes; `-c -d -s -t`.
namespace belay::command {

/// Text with holes only where nothing but ends of lines is replaced. A NUL that is put in is a newline: no text can hold one, and whoever reads names that end
/// in one takes a newline as well.
[[nodiscard]] std::optional<model::Text> translated(std::span<const model::Text> args, const std::optional<model::Text>& input);

}  // namespace belay::command
