#pragma once

#include "command/sql/words.h"

namespace belay::command::sql {

/// Stands where a statement has a string; the same mark as in canonical lines.
inline constexpr std::string_view kData = "‹data›";
/// Ends a DELETE or UPDATE that reaches every row.
inline constexpr std::string_view kNoWhere = "‹no where›";
/// Stands where something is not known that can only be a value or a name: it decides nothing about what the statement does.
inline constexpr std::string_view kValue = "‹?›";

/// The statement as rules see it (docs/rules.md, "Statements"): no comments, single blanks, keywords in capitals, strings replaced.
[[nodiscard]] Text normal(const Tokens& tokens, Slices& slices);

}  // namespace belay::command::sql
