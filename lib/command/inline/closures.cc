#include "base/text.h"
#include "command/inline/walker.h"

/// Functions that the code defines: where they begin and end in each language. Nothing of them is read here (function_calls.cc).
namespace belay::command::inline_code {

namespace {

constexpr std::size_t kLongestHead = 24;

bool closes(const Token& t) { return t.is(")") || t.is("]") || t.is("}"); }

}  // namespace

/// At the beginning of an operand: a function or none. Declarations bind its name.
bool Walker::definition(Value& out) {
  const Token& t = peek();
  if (d_.has(Trait::typed) && typed_function(out)) return true;
  if (d_.has(Trait::typed_behind) && t.is("|") && lambda(out)) return true;
  if (d_.definers.empty() || (t.kind != TokenKind::name && t.kind != TokenKind::punct)) return false;
  if (d_.has(Trait::arrows) && arrow(out)) return true;
  if (!lists(d_.definers, t.text)) return false;
  if (d_.has(Trait::python_prefixes)) return python_function(out);
  return d_.has(Trait::ends_blocks) ? ended_function(out) : script_function(out);
}

/// `function f(a, b) {…}`, `fn($x) => …`, `sub f {…}`.
bool Walker::script_function(Value& out) {
  std::size_t k = at_ + 1;
  while (t_.all[k].is("*") || t_.all[k].is("&")) ++k;
  const std::size_t receiver = t_.partner[k];  // Go: `func (s *T) f(…)`
  if (d_.has(Trait::name_first) && receiver > k && receiver + 2 < end_ && t_.all[receiver + 2].is("(")) k = receiver + 1;
  std::string name;
  while (k < end_ && (t_.all[k].kind == TokenKind::name || t_.all[k].accessor)) name = std::string(t_.all[k++].text);
  if (k < end_ && t_.all[k].is("<")) {  // `f<T: X>(…)`
    const std::size_t limit = std::min(end_ - 1, k + kLongestHead);
    while (k < limit && !t_.all[k].is("(")) ++k;
  }
  Closure f;
  if (t_.all[k].is("(")) {
    parameters(f, k + 1, t_.partner[k]);
    k = t_.partner[k] + 1;
  }
  const std::size_t limit = std::min(end_, k + kLongestHead);
  for (; k < limit && !t_.all[k].is("{") && !t_.all[k].is("=>") && !t_.all[k].is(";") && !closes(t_.all[k]); ++k) {
    if (t_.partner[k] > k) k = t_.partner[k];  // `use ($x)`
  }
  if (k + 1 >= end_ || (!t_.all[k].is("{") && !t_.all[k].is("=>"))) return false;
  f.begin = k + 1;
  f.end = t_.all[k].is("{") ? t_.partner[k] : expression_end(k + 1);
  at_ = std::min(t_.all[k].is("{") ? f.end + 1 : f.end, end_ - 1);
  f.scope = t_.all[f.begin - 1].is("{");
  out = define(std::move(f), name);
  return true;
}

/// C++: `[&](type a) {…}`. Rust: `|a: type| {…}`.
bool Walker::lambda(Value& out) {
  const bool bars = peek().is("|");
  Closure f;
  std::size_t k = bars ? at_ + 1 : t_.partner[at_] + 1;
  if (bars) {
    while (k + 1 < end_ && !t_.all[k].is("|")) ++k;
    parameters(f, at_ + 1, k++);
  } else if (k < end_ && t_.all[k].is("(")) {
    parameters(f, k + 1, t_.partner[k]);
    k = t_.partner[k] + 1;
  }
  const std::size_t limit = std::min(end_, k + kLongestHead);
  while (!bars && k < limit && (t_.all[k].kind == TokenKind::name || t_.all[k].accessor || lists(": < > & *", t_.all[k].text)))
    ++k;
  if (k + 1 >= end_ || (!bars && !t_.all[k].is("{"))) return false;
  return nameless(std::move(f), k, out);
}

/// `type f(type a) {…}`, with what may stand between its head and its body: `const`, `throws X`, `: Type`.
bool Walker::typed_function(Value& out) {
  const Token& t = peek();
  if (t.is("[") && t_.partner[at_] > at_) return lambda(out);
  if (t.kind != TokenKind::name || t.word || at_ == 0 || !peek(1).is("(") || t_.partner[at_ + 1] <= at_) return false;
  const Token& before = t_.all[at_ - 1];
  const bool type = before.kind == TokenKind::name ? !lists("return else new throw case await do in goto co_return", before.text)
                                                   : before.is("*") || before.is("&") || before.is(">") || before.is("]");
  const std::size_t close = t_.partner[at_ + 1];
  std::size_t k = close + 1;
  if (!type || k >= end_ || (t_.all[k].line_start && !t_.all[k].is("{"))) return false;
  const std::size_t limit = std::min(end_, k + kLongestHead);
  while (k < limit && (t_.all[k].kind == TokenKind::name || t_.all[k].accessor || lists(": < > , =", t_.all[k].text))) ++k;
  if (k + 1 >= end_ || !t_.all[k].is("{")) return false;
  Closure f;
  parameters(f, at_ + 2, close);
  f.begin = k + 1;
  f.end = t_.partner[k];
  const std::string name(t.text);
  at_ = std::min(f.end + 1, end_ - 1);
  out = define(std::move(f), name);
  return true;
}

/// A function whose body begins at `k`: in braces, or one expression.
bool Walker::nameless(Closure f, std::size_t k, Value& out) {
  const bool braces = t_.all[k].is("{");
  f.scope = braces && d_.has(Trait::arrows);
  f.begin = braces ? k + 1 : k;
  f.end = braces ? t_.partner[k] : expression_end(k);
  at_ = std::min(braces ? f.end + 1 : f.end, end_ - 1);
  out = define(std::move(f), {});
  return true;
}

/// `x => …`, `(x, y) => {…}`.
bool Walker::arrow(Value& out) {
  const Token& t = peek();
  std::size_t k = at_ + 1;
  Closure f;
  if (t.is("(") && t_.partner[at_] + 2 < end_) {
    k = t_.partner[at_] + 1;
    if (t_.all[k].is(":") && (at_ == 0 || !t_.all[at_ - 1].is("?"))) {  // `(x: string): void => …`
      const std::size_t limit = std::min(end_ - 1, k + kLongestHead);
      while (k < limit && (t_.all[k].kind == TokenKind::name || t_.all[k].accessor || lists(": < > | [ ]", t_.all[k].text))) ++k;
    }
    if (k + 2 >= end_ || !t_.all[k].is("=>")) return false;
    parameters(f, at_ + 1, t_.partner[at_]);
  } else if (t.kind == TokenKind::name && k + 1 < end_ && t_.all[k].is("=>")) {
    parameters(f, at_, k);
  } else {
    return false;
  }
  ++k;
  return nameless(std::move(f), k, out);
}

/// In the braces of an object or a class: `run(c) {…}`, `static async run(c) {…}`.
bool Walker::method(Value& into) {
  if (!d_.has(Trait::arrows)) return false;
  std::size_t k = at_;
  while (k + 1 < end_ && t_.all[k + 1].kind == TokenKind::name && lists("static async get set", t_.all[k].text)) ++k;
  const Token& name = t_.all[k];
  if (name.kind != TokenKind::name || name.word || lists("if switch with function", name.text) || k + 1 >= end_ ||
      !t_.all[k + 1].is("("))
    return false;
  const std::size_t open = t_.partner[k + 1] + 1;
  if (open >= end_ || !t_.all[open].is("{")) return false;
  Closure f;
  parameters(f, k + 2, open - 1);
  f.begin = open + 1;
  f.end = t_.partner[open];
  at_ = std::min(f.end + 1, end_ - 1);
  Value made = define(std::move(f), {});
  session_.members[std::string(name.text)] = made;
  if (name.text == "constructor" && !class_.empty()) bind(class_, made);
  into.add(std::string(name.text), std::move(made));
  return true;
}

/// `def f(a, b=1): …` with its suite, `lambda a, b: …`.
bool Walker::python_function(Value& out) {
  const bool lambda = peek().text == "lambda";
  const std::size_t open = lambda ? at_ : at_ + 2;
  if (!lambda && (open >= end_ || !t_.all[open].is("("))) return false;
  std::size_t colon = lambda ? at_ + 1 : t_.partner[open] + 1;
  for (; colon + 1 < end_ && !t_.all[colon].is(":"); ++colon) {
    if (t_.partner[colon] > colon) colon = t_.partner[colon];
  }
  if (colon + 1 >= end_) return false;
  Closure f;
  parameters(f, open + 1, lambda ? colon : t_.partner[open]);
  f.scope = !lambda;
  f.begin = colon + 1;
  f.end = lambda ? expression_end(colon + 1) : suite_end(at_, colon);
  const std::string name = lambda ? std::string() : std::string(t_.all[at_ + 1].text);
  at_ = std::min(f.end, end_ - 1);
  out = define(std::move(f), name);
  return true;
}

/// Lua: `function a.b(x) … end`. Ruby: `def f(x) … end`, `def f = …`, `->(x) {…}`, `lambda {|x| …}`, `define_method(:f) {|x| …}`.
bool Walker::ended_function(Value& out) {
  const Token& t = peek();
  const bool declares = t.text == "def" || t.text == "function";
  std::size_t k = at_ + 1;
  std::string name;
  if (declares) {
    while (k + 1 < end_ && (t_.all[k].kind == TokenKind::name || t_.all[k].accessor || t_.all[k].is("[") || t_.all[k].is("]")) &&
           (name.empty() || !t_.all[k].line_start)) {
      if (t_.all[k].kind == TokenKind::name && !name.empty() && !t_.all[k - 1].accessor) break;
      name = std::string(t_.all[k++].text);
    }
  } else if (t.text == "define_method" && t_.all[k].is("(")) {
    name = t_.all[k + 1].kind == TokenKind::name ? std::string(t_.all[k + 1].text) : std::string();
    if (name.starts_with(':')) name.erase(0, 1);
    at_ = std::min(t_.partner[k] + 1, end_ - 1);
    return block(out) && (out = named_function(std::move(out), name), true);
  }
  Closure f;
  if (t_.all[k].is("(")) {
    parameters(f, k + 1, t_.partner[k]);
    k = t_.partner[k] + 1;
  } else if (declares || t.text == "->") {
    std::size_t last = k;
    while (last + 1 < end_ && !t_.all[last].line_start && !t_.all[last].is(";") && !t_.all[last].is("{") &&
           !t_.all[last].named("do") && !t_.all[last].is("="))
      ++last;
    parameters(f, k, last);
    k = last;
  }
  if (k + 1 >= end_) return false;
  if (!declares) {
    const std::size_t back = std::exchange(at_, k);
    if (!block(out)) return at_ = back, false;
    if (!f.parameters.empty()) out.closure->parameters = f.parameters;
    return true;
  }
  const bool endless = t_.all[k].is("=") && d_.has(Trait::percent_literals);
  f.scope = !endless;
  f.begin = endless ? k + 1 : k;
  f.end = endless ? expression_end(k + 1) : block_end(k);
  at_ = std::min(endless ? f.end : f.end + 1, end_ - 1);
  out = define(std::move(f), name);
  return true;
}

/// Ruby: `{ |x| … }`, `do |x| … end`.
bool Walker::block(Value& out) {
  const bool braces = peek().is("{");
  if (!d_.has(Trait::percent_literals) || (!braces && !peek().named("do"))) return false;
  Closure f;
  std::size_t k = at_ + 1;
  if (t_.all[k].is("|")) {
    const std::size_t first = ++k;
    while (k + 1 < end_ && !t_.all[k].is("|")) ++k;
    parameters(f, first, k++);
  }
  f.begin = k;
  f.end = braces ? t_.partner[at_] : block_end(k);
  at_ = std::min(f.end + 1, end_ - 1);
  out = define(std::move(f), {});
  return true;
}

/// Names between commas; what stands before one is its type, behind a `=` its default.
void Walker::parameters(Closure& function, std::size_t begin, std::size_t end) const {
  const bool types = d_.has(Trait::typed) || d_.has(Trait::name_first) || d_.has(Trait::typed_behind);  // `char *a` is one text
  Closure::Parameter p;
  bool named = false;
  for (std::size_t k = begin; k <= end && k < t_.all.size(); ++k) {
    const Token& t = t_.all[k];
    if (k == end || t.is(",")) {
      if (named && function.parameters.size() < 32) function.parameters.push_back(p);
      p = {};
      named = false;
    } else if (t.is("=")) {
      p.initial = k + 1;
      while (k + 1 < end && !t_.all[k + 1].is(",")) k = std::max(k + 1, t_.partner[k + 1]);
      p.initial_end = k + 1;
    } else if (t.is(":") &&
               (d_.has(Trait::python_prefixes) || d_.has(Trait::arrows) || d_.has(Trait::typed) || d_.has(Trait::typed_behind))) {
      while (k + 1 < end && !t_.all[k + 1].is(",") && !t_.all[k + 1].is("=")) k = std::max(k + 1, t_.partner[k + 1]);
    } else if (t.is("...") || ((t.is("*") || t.is("**")) && !types)) {
      p.rest = true;
    } else if (t.is("&") && d_.has(Trait::percent_literals)) {
      p.block = true;
    } else if (t.is("&") && d_.copies == Copies::all) {
      p.reference = true;
    } else if ((t.is("{") || t.is("[")) && !named) {
      p.begin = k;
      p.pattern = named = true;
      k = std::max(k, t_.partner[k]);
    } else if (t.kind == TokenKind::name && !t.word && !p.pattern && !(named && d_.has(Trait::name_first))) {
      p.begin = k;
      named = true;
    }
  }
}

/// The first token behind an expression that begins at `k`.
std::size_t Walker::expression_end(std::size_t k) const {
  const std::size_t begin = k;
  for (; k + 1 < end_; ++k) {
    const Token& t = t_.all[k];
    if (t.kind == TokenKind::punct && (closes(t) || t.is(",") || t.is(";"))) break;
    if (k > begin && t.line_start && brackets_ == 0 && d_.has(Trait::newline_ends) && (t.kind != TokenKind::punct || t.is("@")))
      break;
    if (t.named("for") && d_.has(Trait::python_prefixes)) break;
    if (t_.partner[k] > k) k = t_.partner[k];
  }
  return std::min(k, end_ - 1);
}

/// Blanks before the first token of a line.
std::size_t Walker::column(const Token& t) const {
  const std::string_view whole = source_->whole->view();
  if (t.text.data() < whole.data() || t.text.data() > whole.data() + whole.size()) return 0;
  std::size_t at = static_cast<std::size_t>(t.text.data() - whole.data());
  const std::size_t here = at;
  while (at > 0 && whole[at - 1] != '\n') --at;
  return here - at;
}

/// Python: the first token that is indented no further than the line of `first`, whose suite begins behind `colon`.
std::size_t Walker::suite_end(std::size_t first, std::size_t colon) const {
  while (first > 0 && !t_.all[first].line_start) --first;
  const std::size_t margin = column(t_.all[first]);
  const bool one_line = !t_.all[colon + 1].line_start;
  std::size_t k = colon + 1;
  for (; k + 1 < end_; ++k) {
    if (t_.all[k].line_start && (one_line || column(t_.all[k]) <= margin)) break;
    if (t_.partner[k] > k) k = t_.partner[k];
  }
  return std::min(k, end_ - 1);
}

/// Lua, Ruby: the `end` of what begins at `begin`; of a branch, the next one. The `do` of a loop opens nothing more.
std::size_t Walker::block_end(std::size_t begin, bool branch, bool loop) const {
  int depth = 1;
  for (std::size_t k = begin; k + 1 < end_; ++k) {
    const Token& t = t_.all[k];
    if (t.line_start || t.is(";")) loop = false;
    if (t.kind != TokenKind::name || (k > begin && t_.all[k - 1].accessor)) continue;
    const bool first = t.line_start || k == begin || !d_.has(Trait::percent_literals) || t_.all[k - 1].kind == TokenKind::punct ||
                       (t_.all[k - 1].word && !lists("end return", t_.all[k - 1].text));
    if (lists("while until for", t.text) && first && !(t.text == "until" && !d_.has(Trait::percent_literals))) {
      loop = true;
      ++depth;
    } else if (t.text == "do") {
      depth += loop ? 0 : 1;
      loop = false;
    } else if (lists("if unless", t.text) ? first : lists("def class module begin case function repeat", t.text)) {
      ++depth;
    } else if (branch && depth == 1 && (lists("else elsif elseif when", t.text) || (first && lists("rescue ensure", t.text)))) {
      return k;
    } else if ((t.text == "end" || (t.text == "until" && !first)) && --depth == 0) {
      return k;
    }
  }
  return end_ - 1;
}

}  // namespace belay::command::inline_code
