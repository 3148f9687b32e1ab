#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Which language a file is written in, by the end of its name.
namespace belay::command::program {

/// Empty for an ending that nobody knows.
[[nodiscard]] std::string_view language_of_file(std::string_view path);

/// Names of the sources that `program` may have been compiled of, as compilers name what they put out: `x`, `x.o`, `x.exe`, `x.jar` of `x.c`.
[[nodiscard]] std::vector<std::string> source_names(std::string_view program);

}  // namespace belay::command::program
