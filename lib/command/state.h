#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "command/value.h"
#include "shell/ast.h"

namespace belay::command {

/// What the shell that runs the text knows at one point: copied for subshells, merged after branches.
struct State {
  std::map<std::string, Variable, std::less<>> variables;
  std::vector<Value> positional;                       ///< $1…
  Value zero{Text("bash")};                            ///< $0
  bool positional_known = true;
  std::map<std::string, const shell::Command*, std::less<>> functions;  ///< trees are kept alive by the evaluator
  std::map<std::string, std::string, std::less<>> aliases;
  std::vector<Text> cwds;                              ///< folders the shell may be in; never empty
  std::vector<Text> old_cwds;
  std::vector<Text> folder_stack;                      ///< pushd
  bool exit_on_error = false;                          ///< set -e
  bool no_glob = false;                                ///< set -f
  bool ended = false;                                  ///< exit, return, exec: what follows in this list is not reached
  Input input;                                         ///< standard input of the shell itself

  [[nodiscard]] Variable* find(std::string_view name);
  void set(const std::string& name, Value value);
  /// What holds when either state does.
  void merge(const State& other);
  void merge_cwds(const std::vector<Text>& others);
};

}  // namespace belay::command
