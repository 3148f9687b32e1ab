#pragma once

#include <string>
#include <string_view>

#include "base/diag.h"

/// Output of commands for people and pipes. Never of `hook`, which writes by itself.
namespace belay::cli {

/// Writes all of it to standard output or standard error. A reader that went away ends the process quietly (exit code 0 as far as
/// output is concerned is not claimed: the process dies of SIGPIPE as cat(1) does).
void print(std::string_view text);
void complain(std::string_view text);

/// Standard output is a terminal, NO_COLOR is not set (https://no-color.org) and TERM is not `dumb`.
[[nodiscard]] bool wants_colour();
/// Columns of the terminal, or 100.
[[nodiscard]] std::size_t terminal_width();

enum class Paint : unsigned char { bold, red, yellow, green, faint };
/// `text` in that colour when `colour`, else as it is.
[[nodiscard]] std::string painted(std::string_view text, Paint paint, bool colour);

/// Every diagnostic, to standard error.
void complain(const base::Diagnostics& diagnostics);

}  // namespace belay::cli
