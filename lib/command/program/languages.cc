#include "command/program/languages.h"

#include "base/text.h"

#include <algorithm>
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
constexpr std::array<std::string_view, 8> kPutOut{".o", ".exe", ".jar", ".class", ".out", ".js", ".mjs", ".cjs"};
/// Folders into which build tools put programs under the name of the project.
constexpr std::array<std::string_view, 5> kOutputs{"/target/debug/", "/target/release/", "/zig-out/bin/", "/.build/debug/", "/.build/release/"};
constexpr std::array<std::string_view, 4> kMains{"main", "Main", "Program", "App"};

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }  // npos + 1 is 0
std::string_view folder_of(std::string_view path) { return path.substr(0, std::min(path.rfind('/'), path.size())); }

}  // namespace

std::string_view language_of_file(std::string_view path) {
  for (const EndingRow& row : kEndings) {
    if (path.ends_with(row.ending)) return row.language;
  }
  return {};
}

CompiledName::CompiledName(std::string_view program) : name_(name_of(program)), folder_(folder_of(program)) {
  script_ = name_.ends_with("js");
  of_folder_ = name_ == name_of(folder_);
  in_outputs_ = std::any_of(kOutputs.begin(), kOutputs.end(), [&](std::string_view o) { return program.find(o) != std::string_view::npos; });
  for (const std::string_view ending : kPutOut) {
    if (name_.size() > ending.size() && name_.ends_with(ending)) name_.remove_suffix(ending.size());
  }
}

std::string_view CompiledName::language_in(std::string_view source) const {
  const std::size_t dot = source.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view name = name_of(source.substr(0, dot));
  if (name != name_ && !of_folder_ && !in_outputs_) return {};
  for (const EndingRow& row : kEndings) {
    if (source.substr(dot) != row.ending) continue;
    const bool script = row.language == "javascript";
    const bool main = in_outputs_ && std::find(kMains.begin(), kMains.end(), name) != kMains.end();
    const bool package = of_folder_ && row.language == "go" && folder_of(source) == folder_;  // go build
    if (script ? script_ && name == name_ : row.compiled && !script_ && (name == name_ || main || package)) return row.language;
  }
  return {};
}

namespace {

bool is_of_name(char c) { return base::is_alpha(c) || base::is_digit(c) || c == '_'; }

/// `.NAME`, `["NAME"]`, `.["NAME"]` behind the place: the name; nothing when something else follows.
std::string_view member_at(std::string_view code, std::size_t at) {
  const std::size_t begin = code.find_first_not_of(".[\"", at);
  if (begin == at || begin == std::string_view::npos) return {};
  std::size_t end = begin;
  while (end < code.size() && is_of_name(code[end])) ++end;
  return code.substr(begin, end - begin);
}

}  // namespace

std::vector<std::string> printed_environment(std::string_view language, std::string_view code) {
  std::vector<std::string> out;
  const bool awk = language == "awk";
  if (awk && code.find("in ENVIRON") != std::string_view::npos) out.emplace_back("env");
  for (const std::string_view word : {std::string_view(awk ? "ENVIRON" : "$ENV"), std::string_view(awk ? "" : "env")}) {
    for (auto at = word.empty() ? std::string_view::npos : code.find(word); at != std::string_view::npos; at = code.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool before = at > 0 && (is_of_name(code[at - 1]) || std::string_view(".\"$").find(code[at - 1]) != std::string_view::npos);
      const bool behind = end < code.size() && (is_of_name(code[end]) || code[end] == '"' || code[end] == ':');  // `{env: 1}`
      if (before || behind) continue;
      const std::string_view name = member_at(code, end);
      if (!name.empty()) out.push_back("printenv " + std::string(name));
      else if (!awk) out.emplace_back("env");
    }
  }
  return out;
}

}  // namespace belay::command::program
