#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/text.h"

/// What becomes of a file by the hunks of a patch.
namespace belay::command::program {

using model::Text;

struct Hunk {
  Text before, after;                             ///< lines as they were and as they are then, those around them too
  bool from_nothing = false, to_nothing = false;  ///< the range of no lines in no file
};

/// The whole text; nothing when a hunk is not found in it. A file that is `made` had none.
[[nodiscard]] std::optional<Text> patched(const Text& text, const std::vector<Hunk>& hunks, bool made);

/// Of a file that is not known: the new lines with those around them. For a shell only those that it can read by themselves: it runs what it
/// reads line by line, and the beginning and the end of a compound command need not both be there.
[[nodiscard]] Text readable_part(std::string_view file, const std::vector<Hunk>& hunks);

}  // namespace belay::command::program
