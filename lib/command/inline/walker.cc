#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

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

}  // namespace

namespace {

std::shared_ptr<const Source> source_of(const Dialect& dialect, const Text& code, base::Budget& budget) {
  const auto out = std::make_shared<Source>();
  out->text = code;
  out->whole = &out->text;
  out->tokens = cut(dialect, {out->text.view(), 0}, out->text, budget);
  return out;
}

std::shared_ptr<const Source> source_in(const Dialect& dialect, const Stretch& part, std::shared_ptr<const Source> outer,
                                        base::Budget& budget) {
  const auto out = std::make_shared<Source>();
  out->whole = outer->whole;
  out->tokens = cut(dialect, part, *out->whole, budget);
  out->outer = std::move(outer);
  return out;
}

}  // namespace

Walker::Walker(Session& session, const Dialect& dialect, const Text& code)
    : session_(session),
      d_(dialect),
      source_(source_of(dialect, code, session.budget)),
      t_(source_->tokens),
      end_(t_.all.size()) {
  note_counters();
}

Walker::Walker(Session& session, const Dialect& dialect, const Stretch& part, const Walker& outer)
    : session_(session),
      d_(dialect),
      source_(source_in(dialect, part, outer.source_, session.budget)),
      t_(source_->tokens),
      end_(t_.all.size()) {}

Walker::Walker(Session& session, const Dialect& dialect, const Closure& function, std::size_t begin, std::size_t end)
    : session_(session),
      d_(dialect),
      source_(function.source),
      t_(source_->tokens),
      at_(begin),
      end_(std::min(end + 1, t_.all.size())) {}

void Walker::report_over() {
  if (!session_.over) session_.effects.opaque(model::OpaqueReason::limit, "code that is too long or nested too deeply");
  session_.over = true;
}

bool Walker::over_budget() {
  if (session_.depth < kMostDepth && session_.budget.spend()) return false;
  report_over();
  return true;
}

Value Walker::run() {
  Value last;
  while (!at_end()) {
    if (session_.branches.size() > base_) settle();
    const std::size_t before = at_;
    Value v = statement();
    if (at_ == before) ++at_;
    else if (!at_end() || v.kind != ValueKind::unknown) last = std::move(v);
  }
  if (session_.branches.size() > base_) settle(true);
  if (session_.budget.empty()) (void)over_budget();
  return returns_ ? std::move(returned_) : last;
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
  if (d_.has(Trait::typed) && construction(v)) return v;
  while (d_.has(Trait::adjacent_texts) && v.is_text() && adjoins(peek())) v = joined(v, operand());
  for (bool done = false; !done;) v = operation(std::move(v), done);
  return v;
}

Value Walker::operand() {
  if (over_budget()) {
    at_ = std::max(at_, end_ - 1);
    return {};
  }
  const Deeper deeper(session_.depth);
  for (Value made;;) {
    const Token& t = peek();
    if (removal(made)) return made;
    if (definition(made)) return postfix(std::move(made), false);
    if (t.kind == TokenKind::name && lists(d_.importers, t.text) && import_statement()) return {};
    const bool word = t.word && (!peek(1).is("=>") || t.text == "rescue");
    const bool prefix = t.kind == TokenKind::punct && !ends_expression(t) && !t.is("(") && !t.is("[") && !t.is("{");
    if (!word && !prefix) break;
    if (d_.copies == Copies::all) {
      const bool perl = d_.has(Trait::default_argument);
      if ((t.is("&") && !perl) || (t.is("\\") && perl && !peek(1).is("&"))) return refer(perl, made), made;
      if (dereferenced(made)) return postfix(std::move(made), true);
    }
    if (t.is("\\") && peek(1).is("&") && d_.has(Trait::default_argument)) {  // a reference calls nothing
      at_ += 2;
      const std::string name = dotted();
      const auto own = session_.variables.find(name);
      return postfix(own != session_.variables.end() ? own->second : Value::named(canonical(name)), false);
    }
    if (word) enter_branch();
    if (t.named("if") && at_ > 0 && t_.all[at_ - 1].assigns && peek(1).is("(")) {  // `x <- if (…) a else b`
      ++at_;
      (void)bracketed('(');
      continue;
    }
    if (word && lists("for foreach", t.text)) {
      loop();
      return {};
    }
    ++at_;
    const bool of_case = lists("case default", t.text);
    if (word && (of_case || t.text == "do")) skip_head(of_case);
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
  if (t.kind == TokenKind::punct) return t.is("(") ? parens() : t.is("{") ? braces() : bracketed(t.text.front());
  ++at_;
  switch (t.kind) {
    case TokenKind::number: return Value::of(Text(t.text));
    case TokenKind::hole: return Value::of(t.pieces.front().literal);
    case TokenKind::words: return list_of(t);
    case TokenKind::command: return run_command(text_of(t.pieces));
    case TokenKind::code: read_code(text_of(t.pieces)); return {};
    case TokenKind::string: return string_operand(t);
    case TokenKind::regex: return regex(t);
    case TokenKind::end:
    case TokenKind::name:
    case TokenKind::punct: break;
  }
  return {};
}

/// In Python and C, texts side by side are one.
Value Walker::string_operand(const Token& t) {
  Value v = text_of(t.pieces);
  while ((d_.has(Trait::python_prefixes) || d_.has(Trait::adjacent_texts)) && peek().kind == TokenKind::string && (!peek().line_start || brackets_ > 0))
    v = joined(v, text_of(t_.all[at_++].pieces));
  if (d_.copies == Copies::texts) v.cell = ++session_.cells;
  return v;
}

/// `(x)` is x, `(a, b)` a list; in Lisp the first is a function and the others its arguments.
Value Walker::parens() {
  Value list = bracketed('(');
  list.name.clear();
  if (d_.has(Trait::lisp) && !list.items.empty()) {
    Call call;
    call.callee = list.items.front();
    for (std::size_t i = 1; i < list.items.size(); ++i) call.add(list.items[i], list.keys[i]);
    return apply(call);
  }
  const bool tuple = d_.has(Trait::python_prefixes) && at_ > 1 && t_.all[at_ - 2].is(",");  // `(x,)`
  if (list.items.size() == 1 && list.keys.front().empty() && !tuple) return Value(list.items.front());
  if (d_.has(Trait::comma_last) && !list.items.empty()) return Value(list.items.back());
  return list;
}

Value Walker::text_of(const std::vector<Piece>& pieces) {
  Value out = Value::of(Text());
  for (const Piece& p : pieces) {
    if (!p.computed) {
      if (out.is_text()) out.text.append(p.literal);
      else out = joined(out, Value::of(p.literal));
      continue;
    }
    const Value v = Walker(session_, d_, p.expression, *this).expression();
    out.inherit(v);
    bool first = true;
    if (!out.is_text() || is_choice_of_texts(v)) out = joined(out, v);
    else if (v.kind != ValueKind::list) out.text.append(v.as_text());
    else
      for_each(v, [&](const Value& item) {
        out.text.append(std::exchange(first, false) ? "" : " "), out.text.append(item.as_text());
      });
  }
  if (!out.is_text()) return out;
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
        note_member(v);
        at_ += 2;
        v = t.is(":") && d_.first_index != 0 ? method_of(std::move(v), next.text) : member(v, next.text);
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
      const bool array = d_.has(Trait::typed) && v.kind == ValueKind::name &&
                         v.name.find_first_of(".#") == std::string::npos;  // `char *a[3]; a[0] = …`
      Value object = std::move(v);
      if (array) object.place = object.name;
      if (object.kind == ValueKind::name && object.name.empty()) object.place = "*names";
      const std::size_t begin = at_;
      Value key = subscript();
      v = index(object, key);
      place_ = placed(std::move(object), std::move(key), begin);
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
  if (d_.has(Trait::default_argument) && (t.is("@") || t.is("%") || t.is("$")) && !peek(1).spaced) return peek(1).is("{") || peek(1).text.starts_with('$');
  return (t.spaced && (t.is("[") || t.is("{") || t.is("\\"))) || (t.is("*") && t.spaced && !peek(1).spaced);
}

/// `system "x"`: a function that is known, before something that can be its argument.
bool Walker::can_be_bare(const Value& v) const {
  if (v.kind != ValueKind::name || v.name.empty()) return false;
  if (v.closure && v.closure->scope) return d_.has(Trait::percent_literals);
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
  if (peek(1).is("...") && peek(2).is(")") && d_.has(Trait::text_calls)) {  // PHP: `system(...)` is the function
    at_ += 3;
    return std::move(call.callee);
  }
  ++brackets_;
  Value list = bracketed('(');
  --brackets_;
  if (list.kind == ValueKind::list && list.name == "#Arguments") {
    for (std::size_t i = 0; i < list.items.size(); ++i) call.add(std::move(list.items[i]), std::move(list.keys[i]));
  }
  if (Value given; acts(call.callee) && block(given)) call.add(std::move(given), "&");
  if (session_.changed) refresh(call);
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
  if (d_.has(Trait::default_argument) && first.is("{") && lists("system exec", call.callee.name)) {  // system {PROGRAM} LIST
    call.callee = Value::named("#argv0.call");
    const Value program = bracketed('{');
    call.add(program.items.empty() ? Value() : program.items.front());
  }
  while (d_.has(Trait::curried) && !peek().line_start && starts_operand(peek())) {
    const std::size_t before = at_;
    call.add(operand());
    if (at_ == before) break;
  }
  while (!d_.has(Trait::curried) && !first.line_start &&
         (starts_operand(peek()) || (!call.arguments.empty() && !ends_expression(peek())))) {
    Value list = Value::list({});
    entry(list, false);
    if (list.items.empty()) break;
    for (std::size_t i = 0; i < list.items.size(); ++i) call.add(std::move(list.items[i]), std::move(list.keys[i]));
    const bool handle = call.arguments.size() == 1 && d_.has(Trait::default_argument) &&
                        lists("print printf say", call.callee.name) && !peek().line_start && starts_operand(peek());
    if (handle) {  // perl: `print HANDLE LIST`
      call.keys.front() = "handle";
      continue;
    }
    if (!peek().is(",") || d_.has(Trait::bare_literals)) break;
    ++at_;
  }
  if (session_.changed) refresh(call);
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
  comprehension(begin);
  ++at_;
  const int outer = std::exchange(brackets_, open == '{' && !d_.has(Trait::python_prefixes) ? 0 : brackets_ + 1);
  const bool colon = std::exchange(in_loop_head_, false);
  Value out = Value::list({});
  if (open == '{') skip_head(false);
  while (at_ < close && at_ + 1 < end_) {
    if (session_.branches.size() > base_) settle();
    const std::size_t before = at_;
    if (peek().is(",") || peek().is(";")) ++at_;
    else entry(out, open == '{');
    if (at_ == before) ++at_;
  }
  brackets_ = outer;
  in_loop_head_ = colon;
  for (; !outside_.empty() && outside_.back().open == begin; outside_.pop_back()) put(outside_.back().name, std::move(outside_.back().value));
  at_ = std::min(close + 1, end_ - 1);
  if (open == '(') out.name = "#Arguments";
  else if (d_.copies != Copies::all || d_.has(Trait::default_argument)) out.cell = ++session_.cells;
  out.refers = open != '(' && d_.copies == Copies::all && d_.has(Trait::default_argument);
  return out;
}

/// One item, with its key where it has one: `name = v`, `name: v`, `'name' => v`.
void Walker::entry(Value& into, bool in_braces) {
  const Token& t = peek();
  const Token& next = peek(1);
  if (in_braces && method(into)) return;
  if (d_.has(Trait::lisp) && t.is(":") && next.kind == TokenKind::name && !next.spaced) {  // `:name value`
    at_ += 2;
    if (!ends_expression(peek())) into.add(std::string(next.text), expression());
    return;
  }
  const bool keyed = (next.is("=>") && !d_.has(Trait::arrows)) || (next.is(":") && !next.spaced) ||
                     (next.is("=") && !in_braces && d_.has(Trait::keywords)) ||
                     (next.is("=") && in_braces && d_.has(Trait::bare_literals));
  std::string key;
  if (keyed && (t.kind == TokenKind::name || t.kind == TokenKind::string || t.kind == TokenKind::number)) {
    key = t.kind == TokenKind::string ? text_of(t.pieces).text.bytes() : std::string(t.text);
    if (d_.has(Trait::symbols) && key.substr(0, 1) == ":") key.erase(0, 1);
    at_ += 2;
  } else if (in_braces) {
    const std::size_t before = at_;
    if (lists(d_.importers, t.text) || (t.kind == TokenKind::name && lists("for foreach return", t.text))) return (void)statement();
    Value v = expression();
    if (at_ > before) into.add("", std::move(v));
    return;
  }
  if (!key.empty() && ends_expression(peek())) return;
  const std::size_t before = at_;
  const bool spreads = key.empty() && lists("... * **", peek().text) && peek().kind == TokenKind::punct;
  Value v = expression();
  if (at_ == before) return;
  if (!spreads) return into.add(std::move(key), std::move(v));
  if (v.is_text() && v.text.literal() && d_.has(Trait::arrows)) {  // the characters of a text
    for (std::size_t i = 0; i < std::min(v.text.size(), kMostWeight); ++i) into.add("", Value::of(v.text.substr(i, 1)));
  } else if (v.kind == ValueKind::list && v.name != "#Arguments") {
    for (std::size_t i = 0; i < v.items.size(); ++i) into.add(v.keys[i], v.items[i]);
  } else {
    into.add("", std::move(v));
  }
}

}  // namespace belay::command::inline_code
