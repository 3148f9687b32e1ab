#pragma once

#include "command/sql/words.h"

namespace belay::command::sql {

/// A DELETE or UPDATE (also the ones of an ALTER TABLE, as ClickHouse writes them) without WHERE, or whose condition holds for every row whatever
/// the data: `1=1`, `true`, `'a'='a'`, `id = id`, `id = 7 OR 1=1`, `NOT false`, `x LIKE '%'`. A comparison of nothing but constants that is
/// not worked out counts as one.
[[nodiscard]] bool reaches_every_row(const Tokens& statement);

}  // namespace belay::command::sql
