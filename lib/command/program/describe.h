#pragma once

#include <string_view>

#include "command/program/reader.h"
#include "model/operation.h"

namespace belay::command::program {

/// The exec operation of a command that was read: program, words, options, operands and the canonical line. What surrounds the command
/// (wrappers, user, environment, standard input) is left to the caller. `name` is the basename.
[[nodiscard]] model::Exec describe(const Reading& reading, std::string_view name, const Text& written);

/// Shown in the canonical line in place of inert text and of code that is read by itself.
inline constexpr std::string_view kDataMark = "‹data›";
inline constexpr std::string_view kCodeMark = "‹code›";

}  // namespace belay::command::program
