#pragma once

#include <string>
#include <vector>

#include "history/replay.h"

/// What `belay replay` shows.
namespace belay::cli {

/// One decision as one JSON object, newline included.
[[nodiscard]] std::string replayed_json(const history::Replayed& one);
/// A call whose decision changes, in two lines.
[[nodiscard]] std::string replayed_text(const history::Replayed& one, bool colour);
/// Counts, transitions and rules.
[[nodiscard]] std::string summary_text(const history::Summary& summary);

}  // namespace belay::cli
