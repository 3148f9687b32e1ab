#pragma once

#include "command/inline/dialect.h"
#include "command/inline/walker.h"

/// What only languages that are compiled need.
namespace belay::command::inline_code {

/// The same code as the reader of expressions can read it.
[[nodiscard]] Text respelled(std::string_view language, const Text& code);

// Buffers that are filled: sprintf(b, "…", x), snprintf(b, n, "…", x), strcpy(b, x), strcat(b, x).
Value gives_printed_into(const Call& call, Walker& walker);
Value gives_printed_into_limited(const Call& call, Walker& walker);
Value gives_copied_into(const Call& call, Walker& walker);
Value gives_appended_to(const Call& call, Walker& walker);
Value gives_extended(const Call& call, Walker& walker);  ///< c.append("…")
Value gives_expanded(const Call& call, Walker& walker);  ///< os.ExpandEnv("$HOME/x")

// OpenOptions::new().append(true).open("…"): what it is for is said before.
Value gives_open_options(const Call& call, Walker& walker);
Value gives_writing_options(const Call& call, Walker& walker);

// A command that is put together: Command::new("rm"), arg("-rf"), args([…]), then started.
Value gives_builder(const Call& call, Walker& walker);
Value gives_builder_with(const Call& call, Walker& walker);
Value gives_builder_in(const Call& call, Walker& walker);  ///< current_dir("…")
Value gives_builder_started(const Call& call, Walker& walker);

}  // namespace belay::command::inline_code
