#pragma once

#include <span>

#include "command/program/effects.h"

/// PowerShell (about_* pages of its help, the language specification 3.0): read for what its cmdlets, programs and .NET calls do,
/// never run. Branches and loops are taken once; a script block is read where it is used.
namespace belay::command::powershell {

/// Emits the effects of the code. `parameters` are `$args`.
void read_code(const Text& code, const std::vector<Text>& parameters, const program::Change& change, program::Effects& effects);

/// The arguments of powershell.exe and pwsh after their name: code, encoded code or a script (about_PowerShell_exe, about_Pwsh).
void run_host(std::span<const Text> arguments, program::Effects& effects);

/// Base64 of UTF-16LE, as -EncodedCommand wants it; nothing when it is not all of that.
[[nodiscard]] std::optional<std::string> decode_command(std::string_view encoded);

}  // namespace belay::command::powershell
