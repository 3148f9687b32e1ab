#pragma once

#include "command/sql/script.h"
#include "command/sql/words.h"

namespace belay::command::sql {

/// Whose COPY it is.
enum class Copier : bool { server, client };

/// Files and programs that a statement names: COPY, LOAD DATA, INTO OUTFILE, ATTACH, VACUUM INTO, pg_read_file() and its relatives.
void find_accesses(const Tokens& statement, Slices& slices, const Dialect& dialect, Copier copier, Sink& sink);

}  // namespace belay::command::sql
