#pragma once

#include <string_view>

#include "command/inline/dialect.h"

namespace belay::command::inline_code {

/// Functions of libraries that send statements to databases and orders to clouds. Their names are the same in every language, so that one table
/// serves all dialects; a dialect's own functions come first. A statement is only taken for one when it begins as one.
[[nodiscard]] const Callee* service_of(std::string_view module, std::string_view member);

}  // namespace belay::command::inline_code
