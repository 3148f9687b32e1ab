#include "regex/scanner.h"

#include <type_traits>

namespace belay::regex {

static_assert(std::is_trivially_copyable_v<StateRow> && sizeof(StateRow) == 16);
static_assert(std::is_trivially_copyable_v<EdgeRow> && sizeof(EdgeRow) == 8);

}  // namespace belay::regex
