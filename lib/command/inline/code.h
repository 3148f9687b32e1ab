#pragma once

#include <string_view>
#include <vector>

#include "command/program/effects.h"

/// Code of other languages that a command carries (`python3 -c …`, a here-document for `ruby`, an awk program): read for what it does to
/// files, programs and the network, never run. Only the arguments of functions that are known count; a text is a text until then.
namespace belay::command::inline_code {

struct Code {
  std::string_view language;  ///< as in the role `code:LANG`
  Text text;
  std::vector<Text> parameters;  ///< arguments of the program after its name
};

/// Is code of this language read here?
[[nodiscard]] bool reads(std::string_view language);

/// Emits the effects of the code. A language that is not read has none; code of which nothing is known is opaque.
void read_code(const Code& code, const program::Change& change, program::Effects& effects);

}  // namespace belay::command::inline_code
