#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "command/analyse.h"
#include "command/state.h"
#include "shell/ast.h"

/// Word expansion (POSIX XCU 2.6, bash(1) EXPANSION) over values with holes, in the shell's order: braces, tilde, parameters, commands and
/// arithmetic, field splitting, pathnames, quote removal.
namespace belay::command {

/// What expansion needs from the evaluator.
class Substitution {
 public:
  Substitution() = default;
  Substitution(const Substitution&) = delete;
  Substitution& operator=(const Substitution&) = delete;
  virtual ~Substitution() = default;

  /// Output of `$(…)` without its trailing newlines.
  [[nodiscard]] virtual Value command_output(const shell::List& body) = 0;
  /// The name that `<(…)` or `>(…)` is replaced by; its commands are evaluated.
  [[nodiscard]] virtual Value process(const shell::ProcessSubst& substitution) = 0;
  /// Reads text as shell words do inside quotes, for `${x@P}`.
  virtual void run_prompt(const Text& text) = 0;
};

/// The fields that one or more words may become: alternatives, each a list of fields.
struct Fields {
  std::vector<std::vector<Text>> alternatives{{}};
  Taint taint;
  std::vector<std::uint32_t> sources;
};

/// A piece of a word on its way.
struct Piece {
  Text text;
  bool quoted = false;   ///< exempt from splitting and globbing
  bool splits = false;   ///< came out of an unquoted expansion
  bool breaks = false;   ///< a field ends here ("$@"); no text
};
using Pieces = std::vector<Piece>;
using Choices = std::vector<Pieces>;  ///< alternatives; never empty

class Expander {
 public:
  Expander(State& state, const World& world, const Limits& limits, Substitution& substitution)
      : state_(state), world_(world), limits_(limits), substitution_(substitution) {}

  /// All expansions, several words in, fields out.
  [[nodiscard]] Fields fields(const std::vector<shell::Word>& words);
  /// One text: no braces, no splitting, no pathnames (assignments, redirections, here-strings, case).
  [[nodiscard]] Value text(const shell::Word& word);
  /// As a pattern: quoted pattern characters carry a backslash.
  [[nodiscard]] Value pattern(const shell::Word& word);
  /// Body of an unquoted here-document.
  [[nodiscard]] Value document(const shell::Word& body) { return text_of(body.parts, true); }
  /// Values of an arithmetic expression; a number or unknown.
  [[nodiscard]] Value arithmetic(const shell::Word& expression);

  /// Value of a parameter by name; nothing when it is known to be unset. `maybe_unset` when that cannot be told.
  [[nodiscard]] std::optional<Value> lookup(std::string_view name, bool* maybe_unset = nullptr);
  [[nodiscard]] bool overflow() const { return overflow_; }

 private:
  struct List {  ///< `$@`, `${a[@]}`
    std::vector<Value> items;
    bool known = true;
  };

  Choices word(const shell::Word& word);
  Choices part(const shell::Part& part, bool quoted);
  Choices double_quoted(const shell::DoubleQuoted& quoted);
  Choices parameter(const shell::Parameter& p, bool quoted);
  Choices list(const List& list, bool quoted, bool star);
  Choices choices_of(const Value& value, bool quoted);
  void cross(Choices& all, const Choices& next);
  Value text_of(const std::vector<shell::Part>& parts, bool quoted);

  std::optional<List> list_of(const shell::Parameter& p);
  std::optional<Value> value_of(const shell::Parameter& p, bool& maybe_unset);
  std::optional<Value> element(const shell::Parameter& p, bool& maybe_unset);
  std::optional<Value> special(std::string_view name);
  std::optional<Value> from_world(std::string_view name);
  Value operate(const shell::Parameter& p, std::optional<Value> value, bool maybe_unset);
  Value defaulted(const shell::Parameter& p, const std::optional<Value>& value, bool maybe_unset);
  Value changed(const shell::Parameter& p, const Value& value);
  std::optional<std::string> change_one(const shell::Parameter& p, const std::string& value);
  Value tilde(std::string_view prefix);
  Choices literal(const std::string& text, bool at_start, bool last);

  std::vector<std::vector<Text>> split(const Choices& choices);
  void note(const Value& value);
  [[nodiscard]] std::string separators();

  State& state_;
  const World& world_;
  const Limits& limits_;
  Substitution& substitution_;
  Taint taint_;
  std::vector<std::uint32_t> sources_;
  bool overflow_ = false;
};

/// Field splitting and pathname expansion of one alternative.
[[nodiscard]] std::vector<Text> split_pieces(const Pieces& pieces, std::string_view separators, bool glob);
/// Pathname expansion of fields against the file system, where the folder is known and small.
[[nodiscard]] std::vector<Text> match_names(const Text& field, const Text& cwd, const World& world);

}  // namespace belay::command
