#pragma once

#include "command/sql/statement.h"

namespace belay::command::sql {

/// JavaScript for a document store's shell. A statement is told without comments and blanks, members in one spelling (`db["drop"]` is `db.drop`, `"key":`
/// is `key:`), all other strings as ‹data›; a member whose name is computed is unknown. Files that are loaded and commands that are run are effects.
void read_document_script(const Text& text, Telling& telling);

}  // namespace belay::command::sql
