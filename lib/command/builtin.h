#pragma once

#include <string_view>
#include <vector>

#include "command/evaluator.h"

/// Commands that the shell runs itself.
namespace belay::command {

/// One built-in at work.
struct Builtin {
  Evaluator& shell;
  Frame& frame;
  const std::vector<Text>& argv;
  const Input& input;
  base::Span span;
};
/// Built-ins that change the shell or read code (table in builtins.cc); null when `name` is none.
using BuiltinRun = Output (*)(Builtin&);
[[nodiscard]] BuiltinRun find_builtin(std::string_view name);
[[nodiscard]] BuiltinRun find_variable_builtin(std::string_view name);
/// `name` has a subscript, which is arithmetic and runs what is in it (bash(1), "Arrays"): `read 'a[$(command)]'`.
void run_subscript(Builtin& b, std::string_view name);
Output run_read(Builtin& b);
Output run_mapfile(Builtin& b);
Output run_hash(Builtin& b);
Output run_getopts(Builtin& b);

}  // namespace belay::command
