#pragma once

#include <string>
#include <string_view>

#include "json/tree.h"

/// JSON laid out for people, as JSON.stringify(value, null, 2) does it: what agents themselves write their settings with.
namespace belay::json {

/// Every member and element on a line of its own; `{}` and `[]` when there are none. `indent` is one level. Ends with a newline.
[[nodiscard]] std::string pretty(const Tree& tree, std::string_view indent = "  ");

/// One level of indentation in `text`: the blanks before its first member. Two spaces when it does not say.
[[nodiscard]] std::string_view indent_of(std::string_view text);

}  // namespace belay::json
