#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Which language a file is written in, by the end of its name.
namespace belay::command::program {

/// Empty for an ending that nobody knows.
[[nodiscard]] std::string_view language_of_file(std::string_view path);

/// What a program may have been compiled of, by the names that compilers and build tools give to what they put out: `x`, `x.o`, `x.exe`, `x.jar`
/// of `x.c`, `x.js` of `x.ts`, `target/debug/project` of `src/main.rs`. Holds on to the path.
class CompiledName {
 public:
  explicit CompiledName(std::string_view program);
  /// The language of a source of that program; empty for any other file.
  [[nodiscard]] std::string_view language_in(std::string_view source) const;
  /// The name of its source without the ending.
  [[nodiscard]] std::string_view stem() const { return name_; }
  /// It may have the name of something else.
  [[nodiscard]] bool of_project() const { return of_folder_ || in_outputs_; }

 private:
  std::string_view name_, folder_;
  bool script_ = false;      ///< of JavaScript
  bool of_folder_ = false;   ///< has the name of the folder that it lies in
  bool in_outputs_ = false;  ///< lies where a build tool puts programs
};

/// Commands that print what code of awk or jq takes out of the environment: `printenv NAME` for one variable, `env` for all of them.
[[nodiscard]] std::vector<std::string> printed_environment(std::string_view language, std::string_view code);

}  // namespace belay::command::program
