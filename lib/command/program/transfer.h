#pragma once

#include <string_view>

#include "command/program/effects.h"

/// The languages of ftp(1), sftp(1), smbclient(1) and lftp(1). `ftp`: a command a line; `lftp`: the same, and lftp's own commands first. A `;` parts
/// commands too (lftp, smbclient). What a command does with files here is knowledge: the program `ftp:NAME` or `lftp:NAME`. What it does on
/// the other machine is what the shell command of that kind does there. `!` runs the rest of the line here.
namespace belay::command::program {

[[nodiscard]] bool is_transfer(std::string_view language);
void read_transfer(std::string_view language, const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
