#pragma once

#include "command/inline/walker.h"

/// What code prints: on its standard output, which another command may run, or into a file that it has opened.
namespace belay::command::inline_code {

Value gives_python_print(const Call& call, Walker& walker);  ///< print(a, b, sep=" ", end="\n", file=f)
Value gives_spaced_line(const Call& call, Walker& walker);   ///< console.log(a, b), print(a, b) of Lua
Value gives_lines(const Call& call, Walker& walker);         ///< puts a, b
Value gives_plain_print(const Call& call, Walker& walker);   ///< write(a, b), echo a, b
Value gives_formatted_print(const Call& call, Walker& walker);  ///< printf(format, a, b)
Value gives_perl_print(const Call& call, Walker& walker);    ///< print LIST, print HANDLE LIST, print {HANDLE} LIST; printf and say likewise

/// Perl, `select HANDLE`: what `print` writes into without one.
Value gives_selected(const Call& call, Walker& walker);

/// Perl: a handle is the file that was opened under its name; one that is not known is that which was opened last.
void bind_handle(const Value* handle, const Value& file, Walker& walker);

/// Tells the host what was printed, if anything was.
void report_printed(Session& session);

}  // namespace belay::command::inline_code
