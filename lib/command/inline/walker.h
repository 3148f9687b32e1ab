#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/budget.h"
#include "command/inline/dialect.h"
#include "command/inline/lexer.h"
#include "command/program/effects.h"

namespace belay::command::inline_code {

/// What the readers of one piece of code, and of the code inside it, have in common.
struct Session {
  program::Effects& effects;
  const program::Change& change;
  base::Budget budget;
  std::vector<Text> parameters = {};  ///< arguments of the program, its own name not among them
  int depth = 0;
  bool over = false;  ///< that the budget was used up has been reported
  std::unordered_map<std::string, Value> variables = {};
  std::vector<std::string> wildcards = {};  ///< modules all of whose members are known by their plain names
};

/// A call with everything that is known of it.
struct Call {
  Value callee;
  std::vector<Value> arguments;
  std::vector<std::string> keys;  ///< as many as arguments; empty: by position

  [[nodiscard]] const Value* positional(std::size_t n) const;
  /// By position, or by the keyword or field of that name.
  [[nodiscard]] const Value* argument(std::size_t n, std::string_view keyword = {}) const;
  void add(Value v, std::string key = {}) {
    arguments.push_back(std::move(v));
    keys.push_back(std::move(key));
  }
};

/// Reads code as a sequence of expressions, whatever stands between them, in the order in which they are written: every call that
/// the dialect knows has its effects, branches and loops are taken once. Each token is read once.
class Walker {
 public:
  Walker(Session& session, const Dialect& dialect, const Stretch& code, const Text& whole);

  void run();
  Value expression();
  /// The effects of a call and what it returns.
  Value apply(const Call& call);
  /// Code in the same language.
  void read_code(const Value& code);
  [[nodiscard]] Value member(const Value& of, std::string_view name);
  [[nodiscard]] Value environment(std::string_view name) const;
  [[nodiscard]] const Callee* find(std::string_view name) const;
  void bind(const std::string& name, Value value);
  [[nodiscard]] const Dialect& dialect() const { return d_; }
  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] std::string canonical(std::string name) const;

 private:
  // walker.cc: expressions
  Value operand();
  Value primary();
  Value string_operand(const Token& t);
  Value postfix(Value v, bool plain_name);
  Value name_operand();
  Value bracketed(char open);
  void entry(Value& into, bool in_braces);
  Value lookup(std::string_view name);
  Value text_of(const std::vector<Piece>& pieces);
  Value list_of(const Token& t);
  Value call(Value callee, bool parens);
  Value bare_arguments(Call call);
  Value index(const Value& of, const Value& key);
  Value operation(Value left, bool& done);
  Value combine(std::string_view op, Value left, Value right);
  Value run_command(const Value& text);
  [[nodiscard]] bool starts_operand(const Token& t) const;
  [[nodiscard]] bool can_be_bare(const Value& v) const;
  Value parens();
  [[nodiscard]] bool is_complete(const Value& v) const;
  Value subscript();
  bool assignment(std::size_t begin, Value& v);

  // walker_syntax.cc: statements
  void statement();
  bool import_statement();
  void python_import();
  void python_from();
  void script_import();
  bool destructuring();
  void loop();
  void comprehension(std::size_t open);
  void postfix_loop();
  Value mapped();
  void callback_parameter();
  void block_parameter(const Value& value);
  void bind_pattern(std::size_t begin, std::size_t end, const Value& value, std::string_view colon);
  void bind_elements(std::size_t begin, std::size_t end, const Value& list);
  [[nodiscard]] std::string dotted();
  [[nodiscard]] std::string variable_key(std::string name) const;
  [[nodiscard]] static bool ends_statement(const Token& t);

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const { return t_.all[std::min(at_ + ahead, t_.all.size() - 1)]; }
  [[nodiscard]] bool at_end() const { return at_ + 1 >= end_; }
  [[nodiscard]] bool over_budget();

  Session& session_;
  const Dialect& d_;
  const Text& whole_;
  Tokens t_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  bool in_loop_head_ = false;  ///< in `for x in list:`, `… for x in list if … for …`: ends at the colon or the next clause
  std::unordered_map<std::size_t, std::size_t>
      read_loops_;                  ///< `for` of comprehensions that were read before their item, and their ends
  int brackets_ = 0;                ///< open ones in which a line end means nothing
  const Value* piped_ = nullptr;    ///< `x |> f()`: the first argument of the call that follows
  const Value* element_ = nullptr;  ///< what the parameter of a callback will be
};

/// Elements of a value that is walked through: one value that may be any of them.
[[nodiscard]] Value element_of(const Value& value);

/// The text once for each home of the actor, when it speaks of it; else once.
[[nodiscard]] std::vector<Text> with_homes(const Text& text, const program::Effects& effects);

/// The effects that the arguments have by their roles (arguments.cc). The value carries where returned data comes from.
Value apply_arguments(std::string_view roles, std::string_view member, const Call& call, Walker& walker);

/// Shell code and commands that are run (call.cc).
void run_code(const Value& code, Session& session);
void run_words(const std::vector<Value>& words, Session& session);
/// One word of shell code.
[[nodiscard]] Text quoted(const Text& word);
/// Shell code that gives `input` to `command`.
[[nodiscard]] Text fed(const Text& input, const Text& command);

}  // namespace belay::command::inline_code
