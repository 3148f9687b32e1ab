#pragma once

#include "command/inline/walker.h"

/// Languages that are not made of expressions and calls.
namespace belay::command::inline_code {

/// sed(1): `w` `r` `R` `W` write and read files, `e` and the flag of `s` run commands (GNU sed manual).
void read_sed(const Text& code, Session& session);
/// awk(1): system(), redirections of print, getline (POSIX awk, gawk manual).
void read_awk(const Text& code, Session& session);

/// AppleScript: `do shell script "…"`.
void read_applescript(const Text& code, Session& session);

}  // namespace belay::command::inline_code
