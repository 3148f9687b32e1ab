#include "command/program/languages.h"

#include <array>

namespace belay::command::program {

namespace {

struct EndingRow {
  std::string_view ending;
  std::string_view language;
  bool compiled = true;  ///< to a program of another name
};
constexpr std::array kEndings{
    EndingRow{".c", "c"},         EndingRow{".cc", "c"},      EndingRow{".cpp", "c"},    EndingRow{".cxx", "c"},       EndingRow{".C", "c"},
    EndingRow{".m", "c"},         EndingRow{".mm", "c"},      EndingRow{".cu", "c"},     EndingRow{".h", "c", false},  EndingRow{".go", "go"},
    EndingRow{".rs", "rust"},     EndingRow{".zig", "zig"},   EndingRow{".java", "java"}, EndingRow{".kt", "java"},    EndingRow{".kts", "java", false},
    EndingRow{".scala", "java"},  EndingRow{".groovy", "java"}, EndingRow{".swift", "swift"}, EndingRow{".cs", "dotnet"}, EndingRow{".csx", "dotnet", false},
    EndingRow{".fs", "dotnet"},   EndingRow{".nim", "nim"},   EndingRow{".hs", "haskell"}, EndingRow{".ml", "ocaml"},  EndingRow{".d", "dlang"},
    EndingRow{".v", "vlang"},     EndingRow{".cr", "ruby"},   EndingRow{".pas", "pascal"}, EndingRow{".pp", "pascal"}, EndingRow{".f90", "fortran"},
    EndingRow{".f", "fortran"},   EndingRow{".f95", "fortran"}, EndingRow{".py", "python", false}, EndingRow{".js", "javascript", false},
    EndingRow{".ts", "javascript", false}, EndingRow{".mjs", "javascript", false}, EndingRow{".cjs", "javascript", false}, EndingRow{".tsx", "javascript", false},
    EndingRow{".jsx", "javascript", false}, EndingRow{".rb", "ruby", false}, EndingRow{".pl", "perl", false}, EndingRow{".php", "php", false},
    EndingRow{".lua", "lua", false}, EndingRow{".sh", "sh", false}, EndingRow{".bash", "sh", false}, EndingRow{".awk", "awk", false},
    EndingRow{".c++", "c"},       EndingRow{".cp", "c"},      EndingRow{".hpp", "c", false}, EndingRow{".hh", "c", false}, EndingRow{".F90", "fortran"},
    EndingRow{".F", "fortran"},   EndingRow{".for", "fortran"}, EndingRow{".f03", "fortran"}, EndingRow{".f08", "fortran"}, EndingRow{".lpr", "pascal"},
    EndingRow{".dpr", "pascal"},  EndingRow{".mts", "javascript", false}, EndingRow{".cts", "javascript", false}, EndingRow{".pyw", "python", false},
    EndingRow{".ksh", "sh", false}, EndingRow{".zsh", "sh", false}, EndingRow{".dash", "sh", false},
    EndingRow{".jl", "julia", false}, EndingRow{".exs", "elixir", false}, EndingRow{".R", "r", false},
};
constexpr std::array<std::string_view, 5> kPutOut{".o", ".exe", ".jar", ".class", ".out"};

}  // namespace

std::string_view language_of_file(std::string_view path) {
  for (const EndingRow& row : kEndings) {
    if (path.ends_with(row.ending)) return row.language;
  }
  return {};
}

std::string_view compiled_name(std::string_view program) {
  std::string_view name = program.substr(program.rfind('/') + 1);  // npos + 1 is 0
  for (const std::string_view ending : kPutOut) {
    if (name.size() > ending.size() && name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  return name;
}

std::string_view compiled_by_ending(std::string_view ending) {
  for (const EndingRow& row : kEndings) {
    if (row.compiled && row.ending == ending) return row.language;
  }
  return {};
}

}  // namespace belay::command::program
