#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "command/inline/dialect.h"
#include "command/inline/running.h"
#include "command/inline/session.h"

namespace belay::command::inline_code {

/// Reads code as a sequence of expressions, whatever stands between them, in the order in which they are written: every call that
/// the dialect knows has its effects, branches and loops are taken once. Each token is read once.
class Walker {
 public:
  Walker(Session& session, const Dialect& dialect, const Text& code);
  Walker(Session& session, const Dialect& dialect, const Stretch& part, const Walker& outer);
  Walker(Session& session, const Dialect& dialect, const Closure& function, std::size_t begin, std::size_t end);

  /// The value of the code: what it returns, else its last expression.
  Value run();
  /// Functions that nothing has called, or nothing whose arguments were looked at.
  void run_uncalled();
  /// From now on all members of the module are known by their plain names.
  void open_module(const std::string& module);
  Value expression();
  /// The effects of a call and what it returns.
  Value apply(const Call& call);
  /// Code in the same language.
  void read_code(const Value& code);
  [[nodiscard]] Value member(const Value& of, std::string_view name);
  [[nodiscard]] Value environment(std::string_view name) const;
  [[nodiscard]] const Callee* find(std::string_view name) const;
  [[nodiscard]] bool changes_object(std::string_view name) const;
  Value lookup(std::string_view name);
  void bind(const std::string& name, Value value);
  /// `name[key] = value`.
  void store(const Value& object, const Value& key, Value value);
  /// `object.member = value`.
  void set_member(const Value& object, std::string_view member, const Value& value);
  /// What `before` was is `after` now, by whatever name it is called.
  void change(const Value& before, Value after);
  /// What an assignment to a name keeps: a copy, or a thing that it shares.
  void adopt(Value& value);
  /// Something happens when it is called.
  [[nodiscard]] bool acts(const Value& v) const;
  /// Functions that are given to one that is not known, with what stands beside them (passed.cc).
  Value pass_on(const Call& call);
  /// `function(arguments…)`, and with the lists among them opened.
  Value apply_to(const Value& function, const Call& arguments);
  [[nodiscard]] const Dialect& dialect() const { return d_; }
  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] std::string canonical(std::string name) const;
  [[nodiscard]] std::string without_detours(std::string name) const;

 private:
  // walker.cc: expressions
  Value operand(), primary();
  Value string_operand(const Token& t);
  Value regex(const Token& t);
  Value postfix(Value v, bool plain_name);
  Value name_operand();
  Value bracketed(char open);
  void entry(Value& into, bool in_braces);
  Value text_of(const std::vector<Piece>& pieces);
  Value list_of(const Token& t);
  Value call(Value callee, bool parens);
  Value bare_arguments(Call call);
  Value applied(const Call& call);
  Value apply_row(const Callee& row, const std::string& name, const Call& call);
  std::optional<Call> method_of_first(const Callee& row, std::string_view name, const Call& call);
  Value apply_closure(const Value& function, const Call& call);
  Value apply_object(const Call& call, bool& done);
  Value index(const Value& of, const Value& key);
  Value operation(Value left, bool& done), edited(const Value& left), tuple_from(Value first);
  bool ends_operand();
  Value chosen(Value value);
  Value combine(std::string_view op, Value left, Value right);
  Value run_command(const Value& text);
  [[nodiscard]] bool starts_operand(const Token& t) const;
  [[nodiscard]] bool can_be_bare(const Value& v) const;
  Value parens(), braces();
  [[nodiscard]] bool is_complete(const Value& v) const;
  Value subscript();
  [[nodiscard]] std::string slice() const;
  std::optional<Value> called_by_index(const Value& of, const Value& key);
  bool assignment(std::size_t begin, Value& v);
  void skip_head(bool of_case);
  void bind_declared(const std::string& name, Value value, bool declares);
  bool part_assigned(std::size_t begin, Value& v);
  [[nodiscard]] std::string_view operates() const;
  Value altered(std::string_view op, Value before, Value right);
  [[nodiscard]] std::size_t annotated(std::size_t begin) const;
  bool construction(Value& v);
  [[nodiscard]] bool adjoins(const Token& t) const;

  // shared.cc: values that change by another road than an assignment to their name
  void put(const std::string& name, Value value), write(std::uint32_t cell, const Value& before, Value after);
  Value now_held(const Value& variable, const std::string& name);
  void refresh(Value& value, int depth = 0), refresh(Call& call);
  Value method_of(Value object, std::string_view name);
  [[nodiscard]] Place placed(Value object, Value key, std::size_t begin);
  void store(const Place& place, Value value);
  [[nodiscard]] Value with_element(Value now, const Value& key, Value value) const;
  void assign_element(Value& v, std::string_view op, bool adds);
  void lose_arguments(const Call& call), link(Value& argument);
  Value on_each(const Value& several, const std::function<Value(const Value&)>& f);
  void own(const std::string& name, const Value& list, std::size_t end), write_element(const std::string& name, const Value& value);
  bool removal(Value& out), dereferenced(Value& out), refer(bool perl, Value& out);
  void shorten(const Value& object, const Value& length), remove(const Value& object, const Value& key);
  [[nodiscard]] bool appends() const, can_store() const;
  void note_member(const Value& object);
  [[nodiscard]] std::optional<Value> with_part(const Value& object, const Value& key, Value value) const;

  // walker_syntax.cc: statements
  Value statement();
  bool renaming(), printed();
  void class_head();
  [[nodiscard]] std::optional<Value> program_named(const Value& v) const;
  bool several_targets();
  void bind_target(std::size_t begin, std::size_t end, const Value& value);
  [[nodiscard]] std::size_t target_end(std::size_t k) const;
  bool import_statement();
  void python_import(), python_from(), script_import();
  bool destructuring();
  void loop();
  void comprehension(std::size_t open), keep_outside(std::size_t name, std::size_t open);
  void postfix_loop();
  [[nodiscard]] Value opened(Value list) const;
  [[nodiscard]] std::size_t loop_end() const;
  Value mapped();
  [[nodiscard]] const Value* own_member(const std::string& whole, std::string_view name) const;

  // closures.cc: functions that the code defines
  bool definition(Value& out);
  bool script_function(Value& out), python_function(Value& out), ended_function(Value& out), typed_function(Value& out);
  bool lambda(Value& out), arrow(Value& out);
  bool nameless(Closure f, std::size_t k, Value& out);
  bool method(Value& into);
  bool block(Value& out);
  void parameters(Closure& function, std::size_t begin, std::size_t end) const;
  Value define(Closure function, const std::string& name);
  [[nodiscard]] bool is_global(const std::string& name) const;
  void note_local(const std::string& name);
  void leave_scope(Scope& scope, std::size_t first_function), share_names();
  [[nodiscard]] bool goes_deeper(const Closure& function, const Call& call) const;
  Value named_function(Value function, const std::string& name);
  Value body(const Closure& function, const Call& call);
  [[nodiscard]] std::size_t expression_end(std::size_t k) const;
  [[nodiscard]] std::size_t suite_end(std::size_t first, std::size_t colon) const;
  [[nodiscard]] std::size_t block_end(std::size_t begin, bool branch = false, bool loop = false) const;
  [[nodiscard]] std::size_t column(const Token& t) const;
  void decorated(), note_counters();
  void enter_branch(), enter_branch(std::size_t end);
  void settle(bool all = false);
  void gather(Branch& branch), leave_branch();
  [[nodiscard]] Value merged(const Value& before, Value after) const;
  [[nodiscard]] bool begins_statement(std::size_t k) const;
  [[nodiscard]] std::size_t branch_end(std::size_t k) const, arm_end(std::size_t k) const;
  void block_parameter(const Value& value);
  void bind_pattern(std::size_t begin, std::size_t end, const Value& value, std::string_view colon);
  void bind_elements(std::size_t begin, std::size_t end, const Value& list);
  [[nodiscard]] std::string dotted();
  [[nodiscard]] std::string variable_key(std::string name) const;
  [[nodiscard]] static bool ends_statement(const Token& t);

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return at_ + ahead + 1 < end_ ? t_.all[at_ + ahead] : t_.all.back();
  }
  [[nodiscard]] bool at_end() const { return at_ + 1 >= end_; }
  [[nodiscard]] bool over_budget();
  void report_over();
  [[nodiscard]] Value forgotten(const Value& list);

  Session& session_;
  const Dialect& d_;
  std::shared_ptr<const Source> source_;
  const Tokens& t_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::size_t base_ = session_.branches.size();  ///< branches that others are in
  bool conditional_ = false;                     ///< what was read stands before an `if` of its own
  bool in_loop_head_ = false;  ///< in `for x in list:`, `… for x in list if … for …`: ends at the colon or the next clause
  std::unordered_map<std::size_t, std::size_t> read_loops_;  ///< ends of `for` that were read before their item
  std::string class_;  ///< the class that is being defined
  Value returned_;     ///< by the function that is being read
  bool returns_ = false;
  std::vector<Outside> outside_;  ///< of the comprehensions that are being read
  Place place_;                   ///< what stands before an `=`
  int brackets_ = 0;              ///< open ones in which a line end means nothing
  const Value* piped_ = nullptr;  ///< `x |> f()`: the first argument of the call that follows
};

/// The effects that the arguments have by their roles (arguments.cc). The value carries where returned data comes from.
Value apply_arguments(std::string_view roles, std::string_view member, const Call& call, Walker& walker);

}  // namespace belay::command::inline_code
