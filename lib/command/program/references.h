#pragma once

#include <string_view>

#include "command/program/effects.h"

namespace belay::command::program {

/// Texts that are no code, but name files or programs in a small language of their own (table in references.cc).
[[nodiscard]] bool is_reference(std::string_view language);
/// The same, and it is never code: rules and records see it as it stands.
[[nodiscard]] bool is_plain_reference(std::string_view language);
void apply_reference(std::string_view language, const Text& text, const Change& change, Effects& effects);

}  // namespace belay::command::program
