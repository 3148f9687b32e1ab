#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "command/folders.h"
#include "command/value.h"
#include "shell/ast.h"

namespace belay::command {

/// Where the shell is after a `cd`, which may have failed. Until something else runs, `&&`, `||` and `if` choose between the two.
struct Moved {
  std::vector<Text> on_success;
  std::vector<Text> on_failure;
  bool certain = false;  ///< the folder exists: it failed only if the call itself took the folder away
};

struct Sink;

/// What a redirection left open under a number (bash(1), "REDIRECTION").
struct Descriptor {
  std::optional<Input> reads;                      ///< what a reader finds there
  std::vector<std::string> files;                  ///< absolute: what is written lands in one of them
  std::vector<std::shared_ptr<const Sink>> sinks;  ///< or is read by one of these
  bool certain = true;                             ///< false: on some way to here it is not open
  [[nodiscard]] bool written() const { return !sinks.empty() || !files.empty(); }
  /// This or `other`.
  void merge(const Descriptor& other);
};

/// What the shell that runs the text knows at one point: copied for subshells, merged after branches.
struct State {
  std::map<std::string, Variable, std::less<>> variables;
  std::vector<Value> positional;  ///< $1…
  Value zero{Text("bash")};       ///< $0
  bool positional_known = true;
  std::map<std::string, const shell::Command*, std::less<>> functions;  ///< trees are kept alive by the evaluator
  std::set<std::string, std::less<>> exported_functions;
  std::map<std::string, std::string, std::less<>> aliases;
  std::map<std::string, Text, std::less<>> remembered;  ///< commands whose paths were set: `hash -p`, BASH_CMDS
  Folders folders;
  std::vector<Text> cwds;  ///< folders the shell may be in; never empty
  std::vector<Text> old_cwds;
  std::vector<Text> folder_stack;  ///< pushd
  std::vector<std::map<std::string, std::optional<Variable>>>
      scopes;                                       ///< per function at work: what its `local` names were before
  std::optional<int> status = 0;                    ///< `$?`, when it is known
  std::vector<std::pair<std::string, Text>> traps;  ///< signal, code that runs when the shell ends
  ShellKind shell = ShellKind::bash;                ///< never `any`
  bool splits_values = false;                       ///< zsh: setopt sh_word_split
  bool exit_on_error = false;                       ///< set -e
  bool no_glob = false;                             ///< set -f
  bool strange_glob = false;                        ///< nullglob, dotglob, GLOBIGNORE …: names are not looked up
  bool extended_patterns = false;                   ///< shopt -s extglob
  bool ignores_case = false;                        ///< shopt -s nocasematch
  bool pipe_fails = false;                          ///< set -o pipefail
  bool exports_all = false;                         ///< set -a: what is assigned or defined from here on is exported
  bool traces = false;                              ///< set -x: PS4 is expanded before every command
  std::optional<Value> last_word;                   ///< `$_`, when it is known
  std::string option_index;                         ///< the OPTIND that getopts left behind …
  std::size_t option_letter = 0;                    ///< … and where in that word it goes on; 0: at its beginning
  std::optional<Value> traced;                      ///< the PS4 that was looked at last
  bool ended = false;                               ///< exit, return, break: what follows in this list is not reached
  bool doubtful = false;                            ///< only reached if something failed that is known to work
  std::optional<Moved> moved;
  Input input;  ///< standard input of the shell itself
  std::map<int, Descriptor> descriptors;  ///< opened by `exec`, or for the command at work; 1: standard output of all that follows

  [[nodiscard]] Variable* find(std::string_view name);
  /// The same, with all the contents that a list may have (Variable::others).
  [[nodiscard]] Variable* find_list(std::string_view name);
  /// The name behind a reference (declare -n); itself otherwise.
  [[nodiscard]] std::string resolve(std::string_view name) const;
  void set(const std::string& name, Value value);
  void unset(const std::string& name);
  /// `name` belongs to the function at work from here on; without one it stays what it is.
  void make_local(const std::string& name);
  /// The function at work is done: its local names are what they were.
  void leave_scope();
  /// What a further round of a loop may find: everything that the last one changed since `before` is unknown.
  void widen(const State& before);
  [[nodiscard]] bool same_values(const State& other) const;
  /// What holds when either state does. A state that ended is not reached, and so says nothing.
  void merge(const State& other);
  /// Takes what one of several ways may have left: `ended` of it does not count.
  void merge_exit(State other);
  /// The outcome of a `cd` that nothing asked for: in both folders, or in the one that is known to exist.
  void settle();
  /// This becomes the state after success; the one after failure is returned.
  [[nodiscard]] State split();
  void merge_cwds(const std::vector<Text>& others);
  void merge_descriptors(const State& other);
};

}  // namespace belay::command
