#pragma once

#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "command/sql/script.h"
#include "command/sql/words.h"

namespace belay::command::sql {

/// What all parts of one script share.
struct Telling {
  Sink& sink;
  std::unordered_set<std::string> told;        ///< statements, as they were told
  std::optional<std::vector<Text>> held = {};  ///< of a transaction that may be rolled back, and undone with it
  std::unordered_set<std::string> temporary = {};  ///< tables of the session that the script made and still has, in lower case

  /// `undone`: a ROLLBACK of the transaction at work leaves nothing of it.
  void statement(Text normal, bool undone) {
    if (held && undone) held->push_back(std::move(normal));
    else statement(std::move(normal));
  }
  /// The transaction goes on in a way that is not followed: what it did is told.
  void release() {
    for (Text& normal : std::exchange(held, std::nullopt).value_or(std::vector<Text>())) statement(std::move(normal));
  }
  void statement(Text normal) {
    if (!normal.empty() && told.insert(normal.bytes()).second) sink.statement(std::move(normal));
  }
  /// A statement that is not known at all.
  void unknown() { statement(Text::hole(model::HoleTrait::any)); }
};

/// How strings that are run as statements may lie inside each other.
inline constexpr int kDeepestScript = 4;

/// Tells everything about the tokens between two ends of statements: the statements in them, and what they do besides.
class StatementReader {
 public:
  StatementReader(Slices& slices, const Dialect& dialect, Telling& telling, int depth)
      : slices_(slices), dialect_(dialect), telling_(telling), depth_(depth) {}

  void read(const Tokens& tokens);
  /// Every string that the statement puts together is a statement (`\gexec`).
  void read_result(const Tokens& tokens);
  /// What the statement prints, as far as it is told by strings.
  void tell_result(const Tokens& tokens);

 private:
  [[nodiscard]] std::size_t next_cut(const Tokens& t, std::size_t from) const;
  [[nodiscard]] bool begins_statement(const Tokens& t, std::size_t i) const;
  void one(Tokens t);
  void transaction(const Tokens& t);
  [[nodiscard]] bool drops_temporary(const Tokens& t);
  void inner(const Tokens& t);
  void common_tables(const Tokens& t);
  void parenthesised(const Tokens& t);
  void block(const Tokens& t);
  void execute(const Tokens& t);
  void executed(const Tokens& t, std::size_t from, bool may_be_name);
  [[nodiscard]] bool assembled(const Tokens& t, std::size_t from, Text& out);
  [[nodiscard]] bool literals(const Tokens& t, Text& out);
  void nested(const Text& script);

  Slices& slices_;
  const Dialect& dialect_;
  Telling& telling_;
  int depth_;
};

/// As read_script, for a text inside another.
void read_nested(const Text& text, const Dialect& dialect, Telling& telling, int depth);

}  // namespace belay::command::sql
