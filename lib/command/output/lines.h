#pragma once

#include <string_view>
#include <vector>

#include "model/text.h"

/// Text as the tools see it that work line by line. A line may have holes; one whose holes leave that open stands for any number of lines.
namespace belay::command {

using model::Text;
using Lines = std::vector<Text>;

/// Without their newlines; the last one needs none.
[[nodiscard]] Lines lines_of(const Text& text);
/// Each with its newline.
[[nodiscard]] Text text_of(const Lines& lines);

[[nodiscard]] bool all_literal(const Lines& lines);
/// Any number of lines, none included.
[[nodiscard]] bool is_many(const Text& line);
/// Some of the lines that it stands for, and nobody knows which: the files that some test picks, no more all that lie there.
[[nodiscard]] Text some_of(const Text& line);
/// Nothing of it but where it came from: what some edit makes of the line.
[[nodiscard]] Text changed(const Text& line);

/// The last component of a path, as basename(1) has it.
[[nodiscard]] Text last_component(const Text& path);
/// What stands before it, as dirname(1) has it.
[[nodiscard]] Text before_last_component(const Text& path);

}  // namespace belay::command
