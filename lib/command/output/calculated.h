#pragma once

#include <optional>
#include <span>

#include "model/text.h"

/// Programs that print what they work out of their arguments alone.
namespace belay::command {

using model::Text;

/// seq(1); a number each where there are not too many of them.
[[nodiscard]] std::optional<Text> sequence(std::span<const Text> args);
/// expr(1): `STRING : REGEX`, `substr STRING POS LENGTH`, arithmetic as a number that is not known.
[[nodiscard]] std::optional<Text> expression(std::span<const Text> args);
/// date(1): the format around its conversions.
[[nodiscard]] std::optional<Text> date(std::span<const Text> args);
/// yes(1): its line, once for as often as it is read.
[[nodiscard]] std::optional<Text> affirmed(std::span<const Text> args);

}  // namespace belay::command
