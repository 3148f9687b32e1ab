#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "command/program/effects.h"
#include "command/program/reader.h"

/// Names or other items for which a program starts a command each, as xargs, parallel and fd do.
namespace belay::command::program {

inline constexpr std::size_t kMaxItems = 20'000;  ///< words of one command
inline constexpr std::size_t kMaxRuns = 1024;     ///< commands, one for each of them

/// Is an option of the last block given?
[[nodiscard]] bool uses(const Reading& reading, std::string_view spelling);
/// Value of its last use.
[[nodiscard]] std::optional<Text> value_of(const Reading& reading, std::string_view spelling);

/// `in` with `by` wherever `what` stands; a text that grows too long is not known.
[[nodiscard]] Text replaced(const Text& in, std::string_view what, const Text& by);
[[nodiscard]] Text any_path();
/// The marks of fd for one found name: all of it, without extension, base name, folder.
[[nodiscard]] Text filled(const Text& in, const Text& item);
[[nodiscard]] std::vector<Text> cut(const Text& text, char separator);

/// Standard input, or what the call wrote into the file of `-a`; nothing when that is not known.
[[nodiscard]] std::optional<Text> items_text(const Reading& reading, Effects& effects);
/// So many that they are not all looked at: of numbers one does what another does.
void limit_runs(std::vector<Text>& items, Effects& effects);

}  // namespace belay::command::program
