#pragma once

#include <string>

#include "image/image.h"

/// The rules of a compiled policy for people and for tools.
namespace belay::cli {

/// One line a rule: action, severity, id, summary.
[[nodiscard]] std::string rules_list(const image::View& policy);
/// The same as lines of JSON, with file, line and kinds of operations.
[[nodiscard]] std::string rules_json(const image::View& policy);
/// Everything that a person should know of one rule; empty when there is none of that id. Patterns are not shown.
[[nodiscard]] std::string rule_page(const image::View& policy, std::string_view id);

}  // namespace belay::cli
