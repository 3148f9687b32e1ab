#pragma once

#include "shell/region.h"

namespace belay::shell {

/// What stands between the name and the `}` of `${…}`, operands included. Nothing is fine; something unknown is left where it is.
[[nodiscard]] bool read_operator(Cursor& c, Around around, Parameter& out);

}  // namespace belay::shell
