#pragma once

#include <string_view>

/// Which language a file is written in, by the end of its name.
namespace belay::command::program {

/// Empty for an ending that nobody knows.
[[nodiscard]] std::string_view language_of_file(std::string_view path);

/// The name of the sources that `program` may have been compiled of, without its ending, as compilers name what they put out: `x`, `x.o`,
/// `x.exe`, `x.jar` of `x.c`.
[[nodiscard]] std::string_view compiled_name(std::string_view program);

/// The language of a source with that ending (`.c`) which is compiled to a program of another name; empty for any other.
[[nodiscard]] std::string_view compiled_by_ending(std::string_view ending);

}  // namespace belay::command::program
