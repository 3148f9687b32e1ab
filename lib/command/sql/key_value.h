#pragma once

#include <span>

#include "command/sql/statement.h"

namespace belay::command::sql {

/// One command of a key-value store (redis and its kin), word by word: `CONFIG SET dir /tmp`. Names in capitals; commands inside a script
/// (`redis.call('FLUSHALL')`) once more by themselves.
void read_words(std::span<const Text> words, Telling& telling);

/// A command a line, as the client reads them.
void read_commands(const Text& text, Telling& telling);

}  // namespace belay::command::sql
