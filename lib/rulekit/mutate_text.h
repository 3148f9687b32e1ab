#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/condition_table.h"

/// Small changes of one value of a condition, as a slip of its author would make them.
namespace belay::rulekit {

struct TextChange {
  std::string text;  ///< the value after the change; it need not be a pattern any more
  std::string what;  ///< `|--force`, `^`: what it lost
};

/// Each alternative taken out (`(a|b)` of a regular expression, `{a,b}` of a glob), each anchor dropped (`^ $ \b \B \A \z`).
[[nodiscard]] std::vector<TextChange> changes_of(policy::ValueKind kind, std::string_view text);

/// A glob that may begin, or end, anywhere; the same text where it already may, and for what is no glob.
[[nodiscard]] std::string open_at_begin(policy::ValueKind kind, std::string_view text);
[[nodiscard]] std::string open_at_end(policy::ValueKind kind, std::string_view text);

}  // namespace belay::rulekit
