#include <algorithm>

#include "command/inline/walker.h"

/// What functions of the code do when they are called.
namespace belay::command::inline_code {

namespace {

/// One function is read with so many different arguments, all together so many tokens; then once with none that are known.
constexpr std::size_t kMostCalls = 200;
constexpr std::size_t kMostFunctions = 4096;
constexpr std::size_t kMostRead = 60'000;
constexpr std::size_t kMostCaptured = 64;
constexpr int kMostActive = 4;              ///< calls of one function inside one another
constexpr std::size_t kLongestUse = 32;     ///< `use (…)` and what stands around it
/// Room that a body needs below the deepest nesting.
constexpr int kDeepestCall = 64;

/// Parameters of one call, which give way to what the names meant before.
class Frame {
 public:
  explicit Frame(Session& session) : session_(session), base_(session.frames.size()) {}
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame() {
    for (auto it = before_.rbegin(); it != before_.rend(); ++it) put(it->first, std::move(it->second));
    session_.frames.resize(base_);
  }

  /// Without a value the name means nothing.
  void bind(const std::string& name, std::optional<Value> value) {
    const auto it = session_.variables.find(name);
    before_.emplace_back(name, it == session_.variables.end() ? std::nullopt : std::optional<Value>(it->second));
    if (value && session_.frames.size() < kMostCaptured) session_.frames.emplace_back(name, *value);
    put(name, std::move(value));
  }

 private:
  void put(const std::string& name, std::optional<Value> value) {
    if (value) session_.variables.insert_or_assign(name, std::move(*value));
    else session_.variables.erase(name);
  }

  Session& session_;
  std::size_t base_;
  std::vector<std::pair<std::string, std::optional<Value>>> before_;
};

Value named_of(const Call& call) {
  Value map = Value::list({});
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (!call.keys[i].empty()) map.add(call.keys[i], call.arguments[i]);
  }
  return map;
}

Value rest_of(const Call& call, std::size_t from) {
  Value list = Value::list({});
  while (const Value* v = call.positional(from++)) list.add("", *v);
  return list;
}

}  // namespace

Value Walker::define(Closure function, const std::string& name) {
  function.source = source_;
  function.captured = session_.frames;
  Value out = Value::named("#Function");
  out.closure = std::make_shared<Closure>(std::move(function));
  if (session_.functions.size() < kMostFunctions) session_.functions.push_back(out.closure);
  else session_.effects.opaque(model::OpaqueReason::limit, "code with very many functions");
  return name.empty() ? out : named_function(std::move(out), name);
}

Value Walker::named_function(Value function, const std::string& name) {
  if (lists("__init__ __construct initialize new", name) && !class_.empty()) bind(class_, function);
  session_.members[name] = function;
  bind(name, function);
  return function;
}

/// The body of `function`, over whose tokens this walker was made.
Value Walker::body(const Closure& function, const Call& call) {
  Frame frame(session_);
  for (const auto& [name, value] : function.captured) frame.bind(name, value);
  if (d_.has(Trait::default_argument)) frame.bind("@_", call.arguments.empty() ? std::nullopt : std::optional<Value>(rest_of(call, 0)));
  if (const Value* given = call.named("&")) frame.bind("yield", *given);
  if (d_.has(Trait::arrows) && call.callee.self && call.callee.self->kind == ValueKind::list) frame.bind("this", *call.callee.self);
  std::size_t position = 0;
  for (const Closure::Parameter& p : function.parameters) {
    const std::string name = variable_key(std::string(t_.all[p.begin].text));
    if (position == 0 && lists("self cls", name) && (d_.has(Trait::python_prefixes) || d_.has(Trait::typed_behind))) continue;  // whose members all methods share
    std::optional<Value> value;
    if (p.rest) value = p.begin > 0 && t_.all[p.begin - 1].is("**") ? named_of(call) : rest_of(call, position);
    else if (const Value* given = call.named(p.block ? "&" : name)) value = *given;
    else if (const Value* next = call.positional(position)) value = *next;
    else if (p.initial != 0) value = Walker(session_, d_, function, p.initial, p.initial_end).expression();
    ++position;
    if (p.reference && value) link(*value);
    if (!p.pattern) {
      frame.bind(name, std::move(value));
      continue;
    }
    for (std::size_t k = p.begin; k < t_.partner[p.begin]; ++k) {
      if (t_.all[k].kind == TokenKind::name) frame.bind(std::string(t_.all[k].text), std::nullopt);
    }
    bind_pattern(p.begin + 1, t_.partner[p.begin], value.value_or(Value()), ":");
  }
  Scope scope;
  scope.declared = !d_.has(Trait::python_prefixes) && !d_.has(Trait::text_calls) && !d_.has(Trait::percent_literals);
  if (d_.has(Trait::default_argument)) scope.declared = true;
  for (std::size_t k = function.begin; k > function.begin - std::min(function.begin, kLongestUse) && !t_.all[k].named("function"); --k) {
    if (t_.all[k].is("&") && k + 1 < function.begin && d_.has(Trait::text_calls)) scope.shared.emplace(t_.all[k + 1].text);
  }
  Scope* const outer = std::exchange(session_.scope, function.scope ? &scope : nullptr);  // a block speaks of variables around it
  const std::size_t first_function = session_.functions.size();
  Value out = run();
  session_.scope = outer;
  leave_scope(scope, first_function);
  return out;
}

/// Ruby: `$x`, `@x`, `X`.
bool Walker::is_global(const std::string& name) const {
  return d_.has(Trait::percent_literals) && (name.front() == '$' || name.front() == '@' || (name.front() >= 'A' && name.front() <= 'Z'));
}

/// `{ let x = … }`: what a block declares is its own.
Value Walker::braces() {
  if (!d_.has(Trait::arrows) && !d_.has(Trait::default_argument)) return bracketed('{');
  Scope scope;
  scope.declared = true;
  Scope* const outer = std::exchange(session_.scope, &scope);
  const std::size_t first_function = session_.functions.size();
  Value out = bracketed('{');
  session_.scope = outer;
  leave_scope(scope, first_function);
  return out;
}

/// A name that is given a value in a function is a variable of it, unless the function says otherwise.
void Walker::note_local(const std::string& name) {
  Scope& scope = *session_.scope;
  if ((scope.declared && !scope.declares) || name.find_first_of(".# ") != std::string::npos || is_global(name) || scope.shared.contains(name)) return;
  const auto it = session_.variables.find(name);
  if (scope.outside.try_emplace(name, it == session_.variables.end() ? std::nullopt : std::optional<Value>(it->second)).second && it != session_.variables.end())
    it->second.shares = false;
}

/// What was outside is there again. What was nowhere stays: functions that were defined here speak of it.
void Walker::leave_scope(Scope& scope, std::size_t first_function) {
  for (auto& [name, before] : scope.outside) {
    const auto now = session_.variables.find(name);
    if (!before || now == session_.variables.end()) continue;
    for (std::size_t i = first_function; i < session_.functions.size(); ++i) {
      auto& captured = session_.functions[i]->captured;
      if (captured.size() < kMostCaptured) captured.emplace_back(name, now->second);
    }
    put(name, std::move(*before));
  }
}

/// `global x, y`, `nonlocal x`: variables from outside.
void Walker::share_names() {
  for (++at_; peek().kind == TokenKind::name || peek().is(","); ++at_) {
    if (peek().line_start && peek().kind == TokenKind::name && d_.has(Trait::newline_ends)) return;
    if (session_.scope != nullptr && peek().kind == TokenKind::name) session_.scope->shared.emplace(peek().text);
  }
}

namespace {

bool same_known(const Value& a, const Value& b) {
  if (a.kind != b.kind || a.items.size() != b.items.size() || a.closure != b.closure) return false;
  if (a.kind == ValueKind::text) return a.text == b.text;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), [](const Value& x, const Value& y) { return x.kind == y.kind && x.text == y.text; });
}

bool is_known(const Value& v) {
  if (v.kind == ValueKind::list) return std::any_of(v.items.begin(), v.items.end(), [](const Value& item) { return item.is_text() && item.text.literal(); });
  return v.is_text() && v.text.literal();
}

}  // namespace

/// A function that calls itself with something else that is known.
bool Walker::goes_deeper(const Closure& function, const Call& call) const {
  const auto differs = [&](const std::string& name, const Value& given) {
    const auto now = session_.variables.find(name);
    return is_known(given) && (now == session_.variables.end() || !same_known(now->second, given));
  };
  if (d_.has(Trait::default_argument)) return differs("@_", rest_of(call, 0));
  std::size_t position = 0;
  for (const Closure::Parameter& p : function.parameters) {
    const std::string name = variable_key(std::string(function.source->tokens.all[p.begin].text));
    if (position == 0 && lists("self cls", name) && d_.has(Trait::python_prefixes)) continue;
    const Value* given = call.named(name);
    if (given == nullptr) given = call.positional(position);
    ++position;
    if (given != nullptr && !p.pattern && !p.rest && differs(name, *given)) return true;
  }
  return false;
}

Value Walker::apply_closure(const Value& function, const Call& call) {
  Closure& f = *function.closure;
  const bool deeper = f.active > 0 && goes_deeper(f, call);
  f.missed = f.missed || session_.depth > kDeepestCall || (deeper && f.active >= kMostActive);
  if ((f.active > 0 && (!deeper || f.active >= kMostActive)) || f.calls > kMostCalls || session_.depth > kDeepestCall) return {};
  const bool dear = ++f.calls > kMostCalls || session_.reads > kMostRead;
  if (dear) f.calls = kMostCalls + 1;
  session_.reads += f.end - f.begin + 1;
  ++f.active;
  session_.depth += 2;
  // What it is given is not looked at any more, and may be the one that matters.
  const bool whole = std::exchange(session_.whole_program, session_.whole_program && !dear);
  Value out = Walker(session_, d_, f, f.begin, f.end).body(f, dear ? Call{} : call);
  session_.whole_program = whole;
  session_.depth -= 2;
  --f.active;
  return out;
}

/// Python: `@f` before a function: `name = f(function)`, from the innermost on.
void Walker::decorated() {
  std::vector<Value> decorators;
  while (peek().is("@")) {
    ++at_;
    decorators.push_back(expression());
  }
  while (peek().named("async")) ++at_;
  const std::string name = peek().named("def") && peek(1).kind == TokenKind::name ? std::string(peek(1).text) : std::string();
  Value made;
  if (!definition(made)) made = Value::named("#Type");
  for (auto it = decorators.rbegin(); it != decorators.rend(); ++it) {
    if (it->closure == nullptr && (it->kind != ValueKind::name || find(it->name) == nullptr)) continue;
    Call call;
    call.callee = *it;
    call.add(made);
    made = apply(call);
    if (!name.empty() && made.kind != ValueKind::unknown) bind(name, made);
  }
}

void Walker::run_uncalled() {
  // The other functions of a whole program are told by it what to do.
  const auto first = session_.variables.find("main");
  if (session_.whole_program && first != session_.variables.end() && first->second.closure && first->second.closure->calls == 0) {
    (void)apply_closure(Value(first->second), {});
  }
  for (std::size_t i = 0; i < session_.functions.size(); ++i) {
    const bool missed = session_.functions[i]->missed;
    if (session_.functions[i]->calls > 0 && !missed) continue;
    Value function = Value::named("#Function");
    function.closure = session_.functions[i];
    const bool whole = std::exchange(session_.whole_program, session_.whole_program && !missed);
    (void)apply_closure(function, {});
    session_.whole_program = whole;
  }
}

}  // namespace belay::command::inline_code
