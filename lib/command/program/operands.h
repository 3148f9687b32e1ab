#pragma once

#include <cstdint>
#include <optional>

#include "command/program/reader.h"

/// What the operands of a reading are for.
namespace belay::command::program {

/// The operand roles in force: those of the first form whose options are all in use and whose number of operands fits.
[[nodiscard]] image::Range operand_roles(const Reading& reading, std::optional<std::uint32_t> count);

/// Fixed roles take one operand each, optional ones while there are more operands than fixed roles, the repeated one the rest.
void assign_roles(Reading& reading);

/// Words that a table does not have: of an unknown program, or of a known one below its last known subcommand.
void guess_words(Reading& reading);

}  // namespace belay::command::program
