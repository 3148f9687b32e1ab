#include "command/inline/walker.h"

#include <algorithm>

#include "base/text.h"

namespace belay::command::inline_code {

using model::HoleTrait;

namespace {

constexpr int kMostDepth = 96;

class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  ~Deeper() { --depth_; }

 private:
  int& depth_;
};

bool is_closer(const Token& t) { return t.is(")") || t.is("]") || t.is("}"); }
bool ends_expression(const Token& t) { return t.kind == TokenKind::end || is_closer(t) || t.is(",") || t.is(";"); }

/// Words that put one of two values in their place.
bool chooses(std::string_view op) { return lists("|| or ?? if else ? : unless ?: //", op); }

}  // namespace

Walker::Walker(Session& session, const Dialect& dialect, const Stretch& code, const Text& whole)
    : session_(session), d_(dialect), whole_(whole), t_(cut(dialect, code, whole, session.budget)), end_(t_.all.size()) {}

bool Walker::over_budget() {
  if (session_.depth < kMostDepth && session_.budget.spend()) return false;
  if (!session_.over) session_.effects.opaque(model::OpaqueReason::limit, "code that is too long or nested too deeply");
  session_.over = true;
  return true;
}

void Walker::run() {
  while (!at_end()) {
    const std::size_t before = at_;
    statement();
    if (at_ == before) ++at_;
  }
  if (session_.budget.empty()) (void)over_budget();
}

Value Walker::expression() {
  if (over_budget()) {
    at_ = std::max(at_, end_ - 1);
    return {};
  }
  const Deeper deeper(session_.depth);
  if (destructuring()) return {};
  const std::size_t begin = at_;
  Value v = operand();
  if (at_ > begin && assignment(begin, v)) return v;
  for (bool done = false; !done;) v = operation(std::move(v), done);
  return v;
}

/// `a.b = value` when the tokens since `begin` are a plain or dotted name.
bool Walker::assignment(std::size_t begin, Value& v) {
  const Token& t = peek();
  const bool adds = t.is("+=") || t.is(".=");
  if (t.kind != TokenKind::punct || (!adds && !t.assigns)) return false;
  std::size_t first = at_ - 1;
  while (first >= begin + 2 && t_.all[first].kind == TokenKind::name && t_.all[first - 1].accessor) first -= 2;
  if (t_.all[first].kind != TokenKind::name) return false;
  std::string target;
  for (std::size_t k = first; k < at_; k += 2) target += (target.empty() ? "" : ".") + std::string(t_.all[k].text);
  ++at_;
  Value right = expression();
  v = adds ? joined(v, right) : std::move(right);
  bind(variable_key(std::move(target)), v);
  return true;
}

void Walker::bind(const std::string& name, Value value) {
  if (session_.variables.size() < 4096) session_.variables.insert_or_assign(name, std::move(value));
}

Value Walker::operation(Value left, bool& done) {
  const Token& t = peek();
  done = true;
  if (ends_expression(t) || t.is("{") || (in_loop_head_ && (t.is(":") || t.named("if") || t.named("for"))) ||
      (t.line_start && d_.has(Trait::newline_ends) && brackets_ == 0 && !t.joins))
    return left;
  if (t.kind == TokenKind::name && t.text == "as" && peek(1).kind == TokenKind::name) {
    bind(std::string(peek(1).text), left);
    at_ += 2;
    return left;
  }
  const bool word = t.word;
  if (!word && t.kind != TokenKind::punct) return left;
  if (t.is("(") || t.is("[")) return left;
  done = false;
  const std::string_view op = t.text;
  if (const auto loop_end = read_loops_.find(at_); loop_end != read_loops_.end()) {
    at_ = std::max(at_ + 1, loop_end->second);
    while (peek().named("if")) {  // `[x for x in list if condition]`
      ++at_;
      (void)expression();
    }
    return left;
  }
  ++at_;
  if (ends_expression(peek())) return left;
  if (lists(d_.assigns, op) && !word) {
    Value right = expression();
    return right;
  }
  if (op == "|>") {
    const Value* outer = std::exchange(piped_, &left);
    Value right = operand();
    const bool taken = piped_ == nullptr;
    piped_ = outer;
    return taken || right.kind != ValueKind::name ? right : apply({right, {left}, {""}});
  }
  Value right = operand();
  return combine(op, std::move(left), std::move(right));
}

Value Walker::combine(std::string_view op, Value left, Value right) {
  const bool path = left.name == "#Path" || right.name == "#Path";
  if (op == "/" && d_.has(Trait::path_slash) && path) {
    Value out = Value::typed("#Path", join_path(left.as_text(), right.as_text()));
    out.inherit(left);
    return out;
  }
  if (op == "/" && left.kind == ValueKind::name && left.name.find('.') != std::string::npos) return left;  // `&File.rm/1`, `fun file:delete/1`
  if (op == "%" && d_.has(Trait::percent_format) && left.is_text()) {
    Call call;
    call.callee = member(left, "%");
    call.add(right);
    return apply(call);
  }
  if (lists(d_.joins, op)) return joined(left, right);
  if (op == "if" || op == "?") return right;
  if (chooses(op)) return either(std::move(left), std::move(right));
  Value out;
  out.inherit(left);
  out.inherit(right);
  return out;
}

Value Walker::operand() {
  if (over_budget()) {
    at_ = std::max(at_, end_ - 1);
    return {};
  }
  const Deeper deeper(session_.depth);
  for (;;) {
    const Token& t = peek();
    if (t.kind == TokenKind::name && lists(d_.importers, t.text) && import_statement()) return {};
    const bool word = t.word && !peek(1).is("=>");
    const bool prefix = t.kind == TokenKind::punct && !ends_expression(t) && !t.is("(") && !t.is("[") && !t.is("{");
    if (!word && !prefix) break;
    if (word && lists("for foreach", t.text)) {
      loop();
      return {};
    }
    ++at_;
  }
  if (d_.has(Trait::default_argument) && lists("map grep", peek().text) && peek(1).is("{")) return mapped();
  const Token& t = peek();
  if (ends_expression(t)) return {};
  if (t.kind == TokenKind::number && at_ > 0 && t_.all[at_ - 1].is("-") && !t.spaced) {
    ++at_;
    return Value::of(Text("-" + std::string(t.text)));
  }
  const bool name = t.kind == TokenKind::name;
  return postfix(primary(), name);
}

Value Walker::primary() {
  const Token& t = peek();
  if (t.kind == TokenKind::name) return name_operand();
  if (t.kind == TokenKind::punct) return t.is("(") ? parens() : bracketed(t.text.front());
  ++at_;
  switch (t.kind) {
    case TokenKind::number: return Value::of(Text(t.text));
    case TokenKind::hole: return Value::of(t.pieces.front().literal);
    case TokenKind::words: return list_of(t);
    case TokenKind::command: return run_command(text_of(t.pieces));
    case TokenKind::code: read_code(text_of(t.pieces)); return {};
    case TokenKind::string: return string_operand(t);
    case TokenKind::regex: return Value::named("#Regex");  // whose `exec` sends no statement
    case TokenKind::end:
    case TokenKind::name:
    case TokenKind::punct: break;
  }
  return {};
}

/// In Python, texts side by side are one.
Value Walker::string_operand(const Token& t) {
  Value v = text_of(t.pieces);
  while (d_.has(Trait::python_prefixes) && peek().kind == TokenKind::string && (!peek().line_start || brackets_ > 0))
    v = joined(v, text_of(t_.all[at_++].pieces));
  return v;
}

/// `(x)` is x, `(a, b)` a list; in Lisp the first is a function and the others its arguments.
Value Walker::parens() {
  const Value* outer = std::exchange(element_, nullptr);
  Value list = bracketed('(');
  element_ = outer;
  list.name.clear();
  if (d_.has(Trait::lisp) && !list.items.empty()) {
    Call call;
    call.callee = list.items.front();
    for (std::size_t i = 1; i < list.items.size(); ++i) call.add(list.items[i]);
    return apply(call);
  }
  if (list.items.size() == 1 && list.keys.front().empty()) return Value(list.items.front());
  return list;
}

Value Walker::list_of(const Token& t) {
  std::vector<Value> items;
  for (const Piece& p : t.pieces) items.push_back(Value::of(p.literal));
  return Value::list(std::move(items));
}

Value Walker::text_of(const std::vector<Piece>& pieces) {
  Value out = Value::of(Text());
  for (const Piece& p : pieces) {
    if (!p.computed) {
      out.text.append(p.literal);
      continue;
    }
    const Value v = Walker(session_, d_, p.expression, whole_).expression();
    out.inherit(v);
    bool first = true;
    if (v.kind != ValueKind::list) out.text.append(v.as_text());
    else
      for_each(v, [&](const Value& item) {
        out.text.append(std::exchange(first, false) ? "" : " "), out.text.append(item.as_text());
      });
  }
  out.weight = 1 + out.text.size() / 64;
  return out.text.size() > kMostText ? Value::of(std::move(out.text)) : out;
}

Value Walker::run_command(const Value& text) {
  if (d_.has(Trait::quoted_code)) return Value::typed("#Command", text.as_text());
  run_code(text, session_);
  Value out;
  out.inherit(text);
  return out;
}

Value Walker::postfix(Value v, bool plain_name) {
  for (bool first = true;; first = false) {
    const Token& t = peek();
    const bool goes_on = !t.line_start || brackets_ > 0 || !d_.has(Trait::newline_ends);
    if (t.accessor) {
      if (is_complete(v)) v = apply({v, {}, {}});
      const Token& next = peek(1);
      if (next.kind == TokenKind::name || next.kind == TokenKind::words) {
        at_ += 2;
        v = member(v, next.text);
        if (v.self) block_parameter(*v.self);
      } else if ((next.is("!") || next.is("!!")) && find("?.!") != nullptr) {
        at_ += 2;  // Scala: "command".!
        v = apply({member(v, next.text), {}, {}});
      } else if (next.is("(") || next.is("[") || next.is("{")) {
        ++at_;  // `->[0]`, `.()`
      } else {
        return v;
      }
    } else if (t.is("(") && goes_on && !d_.has(Trait::lisp) && (!t.spaced || plain_name)) {
      v = call(std::move(v), true);
    } else if ((t.is("[") && !t.spaced && goes_on) ||
               (t.is("{") && !t.spaced && d_.has(Trait::sigils) && (plain_name || !first))) {
      v = index(v, subscript());
    } else if (t.kind == TokenKind::string && t.text == "`" && d_.has(Trait::templates) && !t.spaced) {
      Call tagged;
      tagged.callee = std::move(v);
      ++at_;
      tagged.add(text_of(t.pieces));
      v = apply(tagged);
    } else if (first && plain_name && can_be_bare(v)) {
      v = call(std::move(v), false);
    } else if (!first && can_be_bare(v)) {
      v = call(std::move(v), false);
    } else {
      return v;
    }
  }
}

bool Walker::starts_operand(const Token& t) const {
  if (t.kind == TokenKind::end || t.kind == TokenKind::regex) return false;
  if (t.kind == TokenKind::name) return !t.word || t.text == "my" || t.text == "new";
  if (t.kind != TokenKind::punct) return true;
  return (t.spaced && (t.is("[") || t.is("{") || t.is("\\"))) || (t.is("*") && t.spaced && !peek(1).spaced);
}

/// `system "x"`: a function that is known, before something that can be its argument.
bool Walker::can_be_bare(const Value& v) const {
  if (v.kind != ValueKind::name || v.name.empty()) return false;
  const Token& t = peek();
  if (d_.has(Trait::bare_literals) && !t.line_start) return t.kind == TokenKind::string || (t.is("{") && find(v.name) != nullptr);
  if (!d_.has(Trait::bare_calls)) return false;
  const Callee* known = find(v.name);
  if (known == nullptr) return false;
  if (!t.line_start && starts_operand(t)) return true;
  return known->arguments.substr(0, 5) == "self=" || known->gives != nullptr ||
         (known->module != "?" && d_.has(Trait::default_argument));
}

/// `Dir.home.x`, `HTTP::Tiny->new->x`: a method that is called without anything behind its name.
bool Walker::is_complete(const Value& v) const {
  if (!d_.has(Trait::bare_calls) || !v.self || v.kind != ValueKind::name) return false;
  const Callee* known = find(v.name);
  return known != nullptr && known->gives != nullptr;
}

Value Walker::call(Value callee, bool parens) {
  const Value* piped = std::exchange(piped_, nullptr);
  Call call;
  call.callee = std::move(callee);
  if (piped != nullptr) call.add(*piped);
  if (!parens) return bare_arguments(std::move(call));
  const Value* outer = element_;
  const Value element = call.callee.self ? element_of(*call.callee.self) : Value();
  if (call.callee.self) element_ = &element;
  ++brackets_;
  Value list = bracketed('(');
  --brackets_;
  element_ = outer;
  if (list.kind == ValueKind::list && list.name == "#Arguments") {
    for (std::size_t i = 0; i < list.items.size(); ++i) call.add(std::move(list.items[i]), std::move(list.keys[i]));
  }
  Value out = apply(call);
  block_parameter(out);
  return out;
}

Value Walker::bare_arguments(Call call) {
  if (d_.has(Trait::bare_literals) && !starts_operand(peek()) && !peek().is("{")) return apply(call);
  if (d_.has(Trait::bare_literals) && peek().kind == TokenKind::string) {  // `require"os".execute(…)`: the literal alone
    call.add(primary());
    return apply(call);
  }
  const Token& first = peek();
  while (d_.has(Trait::curried) && !peek().line_start && starts_operand(peek())) {
    const std::size_t before = at_;
    call.add(operand());
    if (at_ == before) break;
  }
  while (!d_.has(Trait::curried) && !first.line_start && starts_operand(peek())) {
    Value list = Value::list({});
    entry(list, false);
    if (list.items.empty()) break;
    call.add(std::move(list.items.front()), std::move(list.keys.front()));
    if (!peek().is(",") || d_.has(Trait::bare_literals)) break;
    ++at_;
  }
  return apply(call);
}

/// Everything up to the bracket that closes this one.
Value Walker::bracketed(char open) {
  const std::size_t begin = at_;
  const std::size_t close = t_.partner[begin] == 0 ? begin : t_.partner[begin];
  if (close == begin || over_budget()) {
    at_ = std::max(begin + 1, close);
    return {};
  }
  if (open != '{') comprehension(begin);
  ++at_;
  const int outer = std::exchange(brackets_, open == '{' ? 0 : brackets_ + 1);
  const bool colon = std::exchange(in_loop_head_, false);
  Value out = Value::list({});
  while (at_ < close && at_ + 1 < end_) {
    const std::size_t before = at_;
    if (peek().is(",") || peek().is(";")) ++at_;
    else entry(out, open == '{');
    if (at_ == before) ++at_;
  }
  brackets_ = outer;
  in_loop_head_ = colon;
  at_ = std::min(close + 1, end_ - 1);
  if (open == '(') out.name = "#Arguments";
  return out;
}

/// One item, with its key where it has one: `name = v`, `name: v`, `'name' => v`.
void Walker::entry(Value& into, bool in_braces) {
  const Token& t = peek();
  const Token& next = peek(1);
  const bool keyed = next.is("=>") || (next.is(":") && !next.spaced) || (next.is("=") && !in_braces && d_.has(Trait::keywords)) ||
                     (next.is("=") && in_braces && d_.has(Trait::bare_literals));
  std::string key;
  callback_parameter();
  if (keyed && &t == &peek() && (t.kind == TokenKind::name || t.kind == TokenKind::string || t.kind == TokenKind::number)) {
    key = t.kind == TokenKind::string ? text_of(t.pieces).text.bytes() : std::string(t.text);
    if (d_.has(Trait::symbols) && key.substr(0, 1) == ":") key.erase(0, 1);
    at_ += 2;
  } else if (in_braces) {
    const std::size_t before = at_;
    if (lists(d_.importers, t.text) || (t.kind == TokenKind::name && lists("for foreach", t.text))) return statement();
    Value v = expression();
    if (at_ > before) into.add("", std::move(v));
    return;
  }
  if (!key.empty() && ends_expression(peek())) return;
  const std::size_t before = at_;
  Value v = expression();
  if (at_ > before) into.add(std::move(key), std::move(v));
}

}  // namespace belay::command::inline_code
