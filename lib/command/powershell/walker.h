#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/budget.h"
#include "command/inline/value.h"
#include "command/powershell/source.h"
#include "command/program/effects.h"

namespace belay::command::powershell {

using inline_code::Value;
using inline_code::ValueKind;

/// Types of values: a script block with its code, a file or folder, an object of .NET by the name of its type.
inline constexpr std::string_view kBlock = "#block";
inline constexpr std::string_view kPath = "#path";
/// … a name that is made up when it runs (a GUID), a moment in time.
inline constexpr std::string_view kToken = "#token";
inline constexpr std::string_view kDate = "#date";

/// Expressions, statements and blocks inside one another; nobody writes more.
inline constexpr int kDeepest = 60;

struct Function {
  Text body;
  std::vector<std::string> parameters;  ///< named before the body; `param(…)` inside it counts too
};

/// What the readers of one script, and of the code inside it, have in common. Names are lower case: PowerShell does not mind.
struct Session {
  program::Effects& effects;
  program::Change change;
  base::Budget budget;
  mutable base::Budget copies = base::Budget(inline_code::kMostCopies);  ///< parts of lists that looking up their variables copies
  int depth = 0;
  std::uint32_t cells = 0;  ///< lists that have been given to a variable (changes.cc)
  int branches = 0;  ///< open branches: an assignment may not happen
  bool over = false;
  bool deep = false;
  std::map<std::string, Value, std::less<>> variables = {};
  std::map<std::string, std::string, std::less<>> aliases = {};
  std::map<std::string, Function, std::less<>> functions = {};
  std::vector<std::string> calls = {};                      ///< functions at work

  /// The effects of an argv; what it prints.
  Value run(const std::vector<Value>& argv, const Value& piped, const program::Change& how);
  /// Takes one unit; false, once reported, when none is left.
  bool spend();
  /// Is what is read now nested deeper than is looked at? Once reported: it may do anything.
  bool too_deep();
};

/// One argument of a command.
struct Argument {
  Value value;
  bool plain = false;      ///< an unquoted word
  bool attached = false;   ///< `-Name:value`
  std::string name = {};   ///< of a parameter, lower case, without its dash
  Text written = {};       ///< … and as it stands
  [[nodiscard]] bool is_parameter() const { return !name.empty(); }
};

/// A command with its arguments and what flows into it.
struct Call {
  Value name;
  bool plain = true;  ///< a bare word, so that aliases count
  std::vector<Argument> arguments;
  Value piped;
  bool has_piped = false;
};

/// Reads a script from left to right, each character once; code inside a block is read when the block is.
class Walker {
 public:
  Walker(Session& session, const Text& code) : session_(session), in_(code) {}

  /// All statements; what they put out.
  Value run();

 private:
  // statements.cc
  Value statements(char close);
  Value statement();
  bool block_follows();
  Value keyword(std::string_view word);
  void definition();
  void loop_over();
  void switch_body();
  void skip_rest();
  Value branch_block();
  void parenthesised();
  Value pipeline();
  Value element(const Value& piped, bool has_piped);
  bool assignment(Value& out);
  void redirections(const Value& output);
  bool redirection(const Value& output);
  [[nodiscard]] bool at_end_of_command() const;

  // words.cc: commands
  Value command(const Value& piped, bool has_piped);
  void arguments(Call& call);
  bool parameter(Call& call);
  void verbatim(Call& call);
  void splat(Call& call);
  Value argument();
  Value argument_part();
  Value bare_word();
  [[nodiscard]] bool ends_word(char c) const;

  // expressions.cc
  Value expression(int level = 0);
  Value operand();
  Value unary();
  Value primary();
  Value postfix(Value v);
  Value member(Value v, bool is_static);
  Value index(const Value& v);
  Value sub_expression();
  Value brackets();
  Value hash();
  Value list_in(char close);
  Value block();
  Value number();
  [[nodiscard]] std::string binary_operator(int& level);

  // strings.cc
  Value single_quoted();
  Value double_quoted();
  Value quoted_text(bool quotes);
  Value here_string();
  Value expandable(const Text& inner);
  Value variable();
  void escaped(Text& out);

  Session& session_;
  Cursor in_;
};

// commands.cc
/// The effects of a command and what it puts out.
Value run_command(Call call, Session& session);
/// Code that is handed to PowerShell: Invoke-Expression, a script block.
Value run_code(const Value& code, Session& session);
/// Reads the block with `$_` bound, and the arguments of a call.
Value run_block(const Value& block, const Value& each, Session& session);
Value call_function(const Function& function, const std::vector<Argument>& arguments, const Value& piped, Session& session);
/// Names of `$a, [int]$b = 1`.
[[nodiscard]] std::vector<std::string> parameter_names(std::string_view list);

// variables.cc
[[nodiscard]] Value lookup(std::string_view name, const Session& session);
void bind(const std::string& name, Value value, Session& session);

// changes.cc
/// All variables that hold the list `before` hold `after`.
void change(const Value& before, const Value& after, Session& session);
/// `$name[0] = value`, `$name.key = value`.
void assign_part(const std::string& name, std::string_view part, const Value& value, bool appends, Session& session);
/// A method that changes a list, whether or not it is known how; true when it gives nothing.
bool changes(const Value& object, const std::string& name, const std::vector<Value>& arguments, Session& session);

// operators.cc
[[nodiscard]] Value operate(std::string_view op, const Value& left, const Value& right);
[[nodiscard]] Value operate(std::string_view op, const Value& right);
[[nodiscard]] Value cast(std::string_view type, const Value& value);
/// Items of a list, or the value itself.
[[nodiscard]] std::vector<Value> items_of(const Value& value);
[[nodiscard]] std::optional<long> integer(const Value& value);
/// Its texts side by side with blanks between, as in a string.
[[nodiscard]] Value as_string(const Value& value);
/// A name that is made up when it runs: one piece without slash or blank, never empty.
[[nodiscard]] Value made_up_name();
/// A moment as text of that form: one piece where the form says so (Custom date and time format strings).
[[nodiscard]] Value date_text(const Value& form);

// types.cc
/// A method or static member of .NET: `name` lower case.
[[nodiscard]] Value call_method(const Value& object, const std::string& name, const std::vector<Value>& arguments, Session& session);
[[nodiscard]] Value property(const Value& object, const std::string& name, Session& session);
/// A type by its name, lower case and without `system.`.
[[nodiscard]] Value type_named(std::string_view name);
[[nodiscard]] Value new_object(const std::string& type, const std::vector<Value>& arguments, Session& session);

// files.cc
/// A file access by .NET or by the language itself, once for each home and each path that it may be; its last operation.
std::uint32_t touch(model::OpKind kind, const Value& path, program::Shape shape, const Value& content, Session& session);
void fetch(std::string method, const Value& url, const Value* body, Value& out, Session& session);
[[nodiscard]] Text normal_path(const Text& written, const Session& session);
/// The folder in which a file or folder lies.
[[nodiscard]] Value folder_above(const Value& path, const Session& session);
/// `*` and `?` as holes.
[[nodiscard]] Text with_wildcards(const Text& path);

}  // namespace belay::command::powershell
