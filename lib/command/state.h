#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/value.h"
#include "shell/ast.h"

namespace belay::command {

/// Where the shell is after a `cd`, which may have failed. Until something else runs, `&&`, `||` and `if` choose between the two.
struct Moved {
  std::vector<Text> on_success;
  std::vector<Text> on_failure;
  bool certain = false;  ///< the folder exists: it failed only if the call itself took the folder away
};

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
  bool ended = false;                                  ///< exit, return: what follows in this list is not reached
  bool returning = false;                              ///< it was return
  bool doubtful = false;                               ///< only reached if something failed that is known to work
  std::optional<Moved> moved;
  Input input;                                         ///< standard input of the shell itself

  [[nodiscard]] Variable* find(std::string_view name);
  void set(const std::string& name, Value value);
  /// What holds when either state does. A state that ended is not reached, and so says nothing.
  void merge(const State& other);
  /// The outcome of a `cd` that nothing asked for: in both folders, or in the one that is known to exist.
  void settle();
  /// This becomes the state after success; the one after failure is returned.
  [[nodiscard]] State split();
  void merge_cwds(const std::vector<Text>& others);
};

}  // namespace belay::command
