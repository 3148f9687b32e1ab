#pragma once

#include <string_view>

#include "command/program/effects.h"

/// Compilers: what they are given is not run, but what they put out does what it says.
namespace belay::command::program {

/// `c_source`: a file of that language that is compiled. Empty for any other language; else the one that the text is in when its name does not
/// say it.
[[nodiscard]] std::string_view compiled_language(std::string_view detail);

/// What is compiled lands where an option says (its role is `write`), else in `a.out` (POSIX c17) or under the name of its source, where
/// Host::built finds it. Without sources those files of the working folder are meant that the block names.
void apply_compiler(const Reading& reading, Effects& effects);

}  // namespace belay::command::program
