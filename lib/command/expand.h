#pragma once

#include <cstdint>
#include <optional>
#include <span>
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
  /// `$PPID`: who called this shell, which is the agent or stands between.
  [[nodiscard]] virtual Value parent_process() = 0;
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
  bool quoted = false;  ///< exempt from splitting and globbing
  bool splits = false;  ///< came out of an unquoted expansion
  bool breaks = false;  ///< a field ends here ("$@"); no text
};
using Pieces = std::vector<Piece>;
using Choices = std::vector<Pieces>;  ///< alternatives; never empty

/// One alternative of one piece; moved, which a braced list would not do.
[[nodiscard]] inline Choices only(Piece piece) {
  Choices one(1);
  one.front().push_back(std::move(piece));
  return one;
}

class Expander {
 public:
  Expander(State& state, const World& world, const Limits& limits, Substitution& substitution)
      : state_(state), world_(world), limits_(limits), substitution_(substitution) {}

  /// All expansions, several words in, fields out.
  [[nodiscard]] Fields fields(const std::vector<shell::Word>& words);
  /// One text: no braces, no splitting, no pathnames (assignments, redirections, here-strings, case).
  [[nodiscard]] Value text(const shell::Word& word);
  /// `name=value` as argument of a declaration built-in: one text as well.
  [[nodiscard]] Value declared(const shell::Word& word);
  /// As a pattern: quoted pattern characters carry a backslash.
  [[nodiscard]] Value pattern(const shell::Word& word);
  /// Body of an unquoted here-document.
  [[nodiscard]] Value document(const shell::Word& body) { return text_of(body.parts, true); }
  /// Values of an arithmetic expression; a number or unknown.
  [[nodiscard]] Value arithmetic(const shell::Word& expression);
  /// The same for text; nothing when it is not known. `depth` counts variables that hold expressions.
  [[nodiscard]] std::optional<std::int64_t> calculate(std::string_view expression, int depth = 0);
  /// The right side of an assignment: a tilde is live behind `:` too.
  [[nodiscard]] Value assigned(const shell::Word& word) { return text_of(word.parts, false, Tilde::value); }
  /// The same without tildes.
  [[nodiscard]] Value untilded(const shell::Word& word) { return text_of(word.parts, false, Tilde::none); }

  /// A variable or one element of an array, as arithmetic and built-ins name them.
  struct Place {
    std::string name;
    std::optional<std::string> subscript;  ///< as written
  };
  /// `name`, `name[subscript]`; nothing when it is neither.
  [[nodiscard]] static std::optional<Place> place_named(std::string_view text);
  [[nodiscard]] std::optional<std::int64_t> number_at(const Place& place, int depth);
  void assign_at(const Place& place, Value value, int depth = 0);
  /// The key that a subscript stands for; nothing when it is not known.
  [[nodiscard]] std::optional<std::string> subscript_of(const Variable& variable, const std::string& written, int depth = 0);

  /// Value of a parameter by name; nothing when it is known to be unset. `maybe_unset` when that cannot be told.
  [[nodiscard]] std::optional<Value> lookup(std::string_view name, bool* maybe_unset = nullptr);
  [[nodiscard]] bool overflow() const { return overflow_; }
  /// The words are a command's: of one that takes files, the environment's value does not count beside a default that is written for it.
  void of_command(const std::vector<shell::Word>& words) { command_ = &words; }

 private:
  void run_subscripts(std::string_view expression);
  /// zsh: `$list` is more than its first element.
  void add_elements(std::string_view name, Value& value) const;

  struct List {  ///< `$@`, `${a[@]}`
    std::vector<Value> items;
    bool known = true;    ///< there are no others at unknown places
    bool counted = true;  ///< and none of these is any number of them
  };
  /// What a parameter expansion speaks of, after `!`.
  struct Subject {
    std::string name;
    std::optional<Value> subscript;
    bool all = false;  ///< `@` or `*`, of the positional parameters or of an array
    bool star = false;
  };
  /// Where a tilde is live in literal text.
  enum class Tilde : std::uint8_t { none, start, value, colon };

  Choices word(const shell::Word& word);
  Choices part(const shell::Part& part, bool quoted);
  Choices double_quoted(const shell::DoubleQuoted& quoted);
  Choices parameter(const shell::Parameter& p, bool quoted);
  Choices all_of(const shell::Parameter& p, const Subject& subject, bool quoted);
  Choices list(const List& list, bool quoted, bool star);
  Choices choices_of(const Value& value, bool quoted);
  static Choices unsplit(Choices choices);
  [[nodiscard]] bool is_list(std::string_view name) const;
  Choices operand(const shell::Parameter& p, bool quoted);
  void cross(Choices& all, Choices next);
  Value text_of(const std::vector<shell::Part>& parts, bool quoted, Tilde where = Tilde::start);
  Value joined(const Choices& choices);
  void qualifier(const Value& text);
  std::string glob_text(const shell::ExtGlob& glob);

  /// Inside quotes it gives as many words as there are items, none included.
  bool names_list(const shell::Parameter& p);
  std::optional<Subject> subject_of(const shell::Parameter& p);
  List items_of(const Subject& subject);
  std::vector<List> lists_of(const Subject& subject);
  Choices part_of(const std::vector<shell::Part>& parts, std::size_t i, bool quoted);
  bool never_set(const shell::Parameter& p);
  bool may_vanish(const std::vector<shell::Part>& parts, std::size_t i);
  bool word_may_vanish(const std::vector<shell::Word>& words, std::size_t i);
  Text changed_around_holes(const shell::Parameter& p, const Text& t);
  static List list_of(const Variable& variable, const Variable::Elements& elements);
  List keys_of(const Subject& subject);
  List slice(const shell::Parameter& p, const Subject& subject);
  std::optional<Value> value_of(const Subject& subject, bool& maybe_unset);
  std::optional<Value> element_of(const Variable& variable, const std::string& written, bool& maybe_unset, int depth = 0);
  std::optional<Value> special(std::string_view name);
  std::optional<Value> from_world(std::string_view name);
  Choices defaulted(const shell::Parameter& p, const Subject& subject, const std::optional<Value>& value, bool maybe_unset,
                    bool quoted);
  Value changed(const shell::Parameter& p, const Value& value);
  std::vector<std::string> change_one(const shell::Parameter& p, const std::string& value);
  std::vector<std::string> substring(const shell::Parameter& p, const std::string& value);
  Value length_of(const Subject& subject);
  Value tilde(std::string_view prefix);
  Choices literal(const std::string& text, Tilde where, bool last);
  Choices after_tilde(std::string_view text, Tilde where, bool last);

  void add_braced(Fields& result, const shell::Word& word);
  void add_fields(Fields& result, const shell::Word& word);
  std::vector<std::vector<Text>> split(const Choices& choices);
  void note(const Value& value);
  [[nodiscard]] bool prefers_defaults() const;
  [[nodiscard]] bool means_default(const shell::Parameter& p, const Subject& subject, const std::optional<Value>& value) const;
  [[nodiscard]] std::string separators();

  State& state_;
  const World& world_;
  const Limits& limits_;
  Substitution& substitution_;
  Taint taint_;
  std::vector<std::uint32_t> sources_;
  std::size_t words_ = 0;  ///< of the fields that are being made
  bool overflow_ = false;
  const std::vector<shell::Word>* command_ = nullptr;
};

/// A word that is one variable to which the call gives no value, or a default (`${PYTHON:-python3}`): the environment decides which program that is.
[[nodiscard]] bool environment_decides(std::span<const shell::Part> parts, const State& state);

/// A word after splitting: its text with live pattern characters as holes, and the pattern that it is.
struct Field {
  Text text;
  std::string pattern;
  bool live = false;  ///< some pattern character is live
  bool known = true;  ///< the pattern is all: no other hole
};
/// Field splitting of one alternative.
[[nodiscard]] std::vector<Field> split_pieces(const Pieces& pieces, std::string_view separators, bool glob);
/// Pathname expansion against the file system, where the folder is known and small.
[[nodiscard]] std::vector<Text> match_names(const Field& field, const Text& cwd, const World& world);

}  // namespace belay::command
