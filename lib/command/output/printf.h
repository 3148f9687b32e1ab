#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/text.h"

/// What printf(1) and echo(1) of bash print.
namespace belay::command {

/// Where escapes stand decides how octal digits are read and whether `\c` ends everything.
enum class Escapes : std::uint8_t { format, echo, dash_echo, argument };  // printf's format | echo -e | the same in dash | printf's %b

/// Text with its backslash escapes read; holes stay. `ended` is set by `\c`.
[[nodiscard]] model::Text unescaped(const model::Text& in, Escapes where, bool* ended = nullptr);

/// Output of `printf ARGS…`; nothing when it is not known.
[[nodiscard]] std::optional<model::Text> formatted(std::span<const model::Text> args);

}  // namespace belay::command
