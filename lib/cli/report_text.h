#pragma once

#include <string>

#include "history/report.h"

/// What a log says on the whole, for people and for programs.
namespace belay::cli {

/// Tables of at most `most` rows each.
[[nodiscard]] std::string report_text(const history::Report& report, std::size_t most, bool colour);
/// One object with every row, and a newline.
[[nodiscard]] std::string report_json(const history::Report& report);

}  // namespace belay::cli
