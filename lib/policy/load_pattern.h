#pragma once

#include <optional>

#include "policy/condition_table.h"
#include "policy/diag_table.h"

namespace belay::policy {

/// What is wrong with one value of a condition of this kind, and where in the decoded text; nothing when it is fine. References
/// (`@name`) are fine: they are checked where they are resolved.
struct PatternFault {
  Finding finding;
  std::size_t begin = 0;  ///< bytes of the decoded text
  std::size_t end = 0;    ///< equal to begin: the whole value
};
[[nodiscard]] std::optional<PatternFault> check_value(const ConditionRow& row, const std::string& text);
/// Words of a command: blank separated, no option, no pattern.
[[nodiscard]] std::optional<PatternFault> check_command(const std::string& text);
[[nodiscard]] std::optional<PatternFault> check_glob(const std::string& text);

/// The bytes of the file that hold bytes [begin, end) of the string decoded from `value` (a TOML string with its quotes).
[[nodiscard]] Span inside_string(const base::SourceText& source, Span value, std::size_t begin, std::size_t end);

}  // namespace belay::policy
