#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/budget.h"
#include "command/inline/lexer.h"
#include "command/program/effects.h"

/// What is known while code is read: variables, functions, the call in hand.
namespace belay::command::inline_code {

/// Code cut into tokens, with the text that they point into.
struct Source {
  std::shared_ptr<const Source> outer;  ///< that holds the text when this one has none
  Text text;
  const Text* whole = nullptr;
  Tokens tokens;
};

/// A function that the code defines: it is read when it is called, with its parameters bound, and once without when nothing calls it.
struct Closure {
  struct Parameter {
    std::size_t begin = 0;                     ///< its name, or the bracket of a pattern
    std::size_t initial = 0, initial_end = 0;  ///< what it is when nothing is given; 0: not known
    bool reference = false;                    ///< is the variable that it is given (PHP)
    bool block = false;                        ///< takes the block of the call
    bool rest = false;                         ///< takes all that are left
    bool pattern = false;
  };
  std::shared_ptr<const Source> source;
  std::vector<Parameter> parameters;
  std::size_t begin = 0, end = 0;  ///< its body
  std::vector<std::pair<std::string, Value>> captured;
  std::size_t calls = 0;
  int active = 0;          ///< calls of it that are being read
  bool scope = false;      ///< has variables of its own
  bool missed = false;  ///< a call so deep that its arguments were not looked at
};

/// A branch or loop that is being read, with those that go on from it (branches.cc).
struct Branch {
  struct Taken {
    Value value;
    std::size_t arms = 0;
  };
  const void* owner = nullptr;
  std::size_t head = 0, end = 0;  ///< the word that begins it, the token behind it
  bool loop = false;
  bool tries = false;     ///< the others are read when it fails somewhere
  bool complete = false;  ///< one of the arms is taken: there is an `else`
  std::size_t arms = 1;
  std::unordered_map<std::string, std::optional<Value>> before = {};  ///< what its variables were
  std::unordered_map<std::string, Taken> taken = {};                  ///< … and what the arms made of them
  std::unordered_set<std::string> assigned = {};                      ///< in the arm in hand
};

/// `object[key]`, what may stand before an `=`.
struct Place {
  Value object;
  Value key;
  std::size_t begin = 0, end = 0;               ///< of the brackets
  std::shared_ptr<const Place> outer = nullptr;  ///< where the object is an element that is copied with its list
};

/// What a variable of a comprehension was outside of it.
struct Outside {
  std::size_t open = 0;  ///< the bracket
  std::string name;
  Value value;
};

/// A variable of a loop that stands for the elements of a list, not for copies of them.
struct Owner {
  Value list;
  const void* walker = nullptr;
  std::size_t end = 0;  ///< of the loop
};

/// Variables of the function that is being read, with what was outside under their names.
struct Scope {
  std::unordered_map<std::string, std::optional<Value>> outside = {};
  std::unordered_set<std::string> shared = {};  ///< `global x`, `use (&$x)`
  bool declared = false;                        ///< those alone that are declared (`let`, `my`, `local`)
  bool declares = false;                        ///< such a one is being bound
};

/// The place of variables of the environment that the call does not set.
inline constexpr std::string_view kUnset = "*unset";

inline constexpr std::size_t kMostVariables = 4096;

/// What the readers of one piece of code, and of the code inside it, have in common.
struct Session {
  program::Effects& effects;
  const program::Change& change;
  base::Budget budget;
  base::Budget copies = base::Budget(kMostCopies);  ///< parts of lists that looking up their variables copies
  std::vector<Text> parameters = {};                ///< arguments of the program, its own name not among them
  int depth = 0;
  int calls = 0;  ///< that are inside one another: functions that call functions
  bool attached = false;  ///< a second database to the first (SQLite)
  bool edited = false;    ///< `$_` holds lines in which the substitutions of the code have been made
  bool over = false;      ///< that the budget was used up has been reported
  std::unordered_map<std::string, Value> variables = {};
  std::uint32_t cells = 0;  ///< things that can be changed, so far
  bool changed = false;     ///< one of them was: what stands in other places is looked up anew
  std::unordered_map<std::string, Owner> owners = {};
  std::unordered_set<std::string> counters = {};  ///< variables whose numbers change as the code runs
  bool repeats = false;  ///< the code has loops with a condition, which are read once
  bool whole_program = false;  ///< in a language of which nobody writes a line for a line's sake: what it is given is not known, and no reason to ask
  Text printed = {};           ///< what the code writes to its standard output, as far as it is known
  Taint printed_taint = {};
  bool prints = false;
  bool all_known = true;                                ///< nothing else can have printed anything
  std::vector<std::string> wildcards = {};              ///< modules all of whose members are known by their plain names
  std::unordered_map<std::string, Value> members = {};  ///< functions that objects of the code have, whichever object it is
  std::vector<std::shared_ptr<Closure>> functions = {};
  std::vector<std::pair<std::string, Value>> frames = {};  ///< parameters of the functions that are being read
  Scope* scope = nullptr;
  std::vector<Branch> branches = {};
  std::size_t reads = 0;  ///< of bodies of functions
  Value result = {};      ///< of the code that was read last
  Text command = {};      ///< shell code of the command that was run last

  void opaque(model::OpaqueReason reason, std::string detail) const {
    const bool plain = reason == model::OpaqueReason::unknown_code || reason == model::OpaqueReason::computed_command;
    if (!whole_program || !plain) effects.opaque(reason, std::move(detail));
  }
};

[[nodiscard]] Value environment_of(const Session& session, std::string_view name);

/// A variable is about to be given another value.
void note_branch(const std::string& name, Session& session);

/// A call with everything that is known of it.
struct Call {
  Value callee;
  std::vector<Value> arguments;
  std::vector<std::string> keys;  ///< as many as arguments; empty: by position

  [[nodiscard]] const Value* positional(std::size_t n) const;
  /// By the keyword, or as field of an argument.
  [[nodiscard]] const Value* named(std::string_view keyword) const;
  /// The same, or by position.
  [[nodiscard]] const Value* argument(std::size_t n, std::string_view keyword = {}) const;
  void add(Value v, std::string key = {}) {
    arguments.push_back(std::move(v));
    keys.push_back(std::move(key));
  }
};

}  // namespace belay::command::inline_code
