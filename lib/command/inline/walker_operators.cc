#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// Assignments and operators.
namespace belay::command::inline_code {

namespace {

/// Words that put one of two values in their place.
bool chooses(std::string_view op) { return lists("|| or ?? if else ? : unless ?: //", op); }

Value unsure(const Value& v) {
  Value out = Value::of(v.as_text());
  out.inherit(v);
  return out;
}

/// `v += right`. One of several is added in a loop: more than once, then. The same is true of `v = v + right`.
Value grown_by(const Value& v, const Value& right) { return joined(v, is_choice_of_texts(right) ? unsure(right) : right); }

bool is_used(const Tokens& t, std::size_t begin, std::size_t end, std::string_view name) {
  return std::any_of(t.all.begin() + static_cast<std::ptrdiff_t>(begin), t.all.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const Token& one) { return one.named(name); });
}

/// `s/…/…/`, `tr/…/…/`, `y/…/…/`.
bool changes_text(const Token& t) { return t.kind == TokenKind::regex && !t.text.empty() && std::string_view("sty").find(t.text.front()) != std::string_view::npos; }

}  // namespace

/// What stands before the statements of a block: `|x, y|` (Ruby), which have been bound, or `x:` behind `case`.
void Walker::skip_head(bool of_case) {
  if (of_case ? d_.has(Trait::ends_blocks) : !d_.has(Trait::percent_literals) || !peek().is("|")) return;
  const std::string_view last = of_case ? ":" : "|";
  const std::size_t limit = std::min(end_ - 1, at_ + 24);
  for (std::size_t k = of_case ? at_ : at_ + 1; k < limit && !t_.all[k].line_start; ++k) {
    if (of_case && ends_expression(t_.all[k])) return;
    if (t_.all[k].is(last)) at_ = k + 1;
    if (t_.all[k].is(last)) return;
  }
}

/// Python: the `=` of `name: type = value`, else 0.
std::size_t Walker::annotated(std::size_t begin) const {
  if (!d_.has(Trait::python_prefixes) || brackets_ > 0 || !peek().is(":") || at_ != begin + 1) return 0;
  if (t_.all[begin].kind != TokenKind::name || t_.all[begin].word || !t_.all[begin].line_start) return 0;
  for (std::size_t k = at_ + 1; k < std::min(end_ - 1, at_ + 24) && !t_.all[k].line_start && !t_.all[k].is(";");
       k = std::max(k, t_.partner[k]) + 1) {
    if (t_.all[k].is("=")) return k;
  }
  return 0;
}

/// Perl: `substr($text, 0, 2) = value`.
bool Walker::part_assigned(std::size_t begin, Value& v) {
  if (!d_.has(Trait::default_argument) || !t_.all[begin].named("substr") || t_.all[begin + 1].text != "(" || t_.all[begin + 2].kind != TokenKind::name) return false;
  std::string spec;
  for (std::size_t k = begin + 4; k + 1 < at_; ++k) spec += t_.all[k].text;
  ++at_;
  v = expression();
  const Value object = lookup(t_.all[begin + 2].text);
  change(object, with_part(object, Value::of(Text(spec.find(',') == std::string::npos ? std::string() : spec)), v).value_or(Value()));
  return true;
}

void Walker::bind_declared(const std::string& name, Value value, bool declares) {
  if (session_.scope == nullptr) return bind(name, std::move(value));
  const bool outer = std::exchange(session_.scope->declares, declares);
  bind(name, std::move(value));
  session_.scope->declares = outer;
}

/// The operator of `a |= value`, which is two tokens.
std::string_view Walker::operates() const {
  const Token& t = peek();
  const bool may = d_.has(Trait::python_prefixes) || d_.has(Trait::arrows) || d_.has(Trait::percent_literals) || d_.has(Trait::sigils);
  return may && t.kind == TokenKind::punct && peek(1).is("=") && !peek(1).spaced && lists("| * % / & ^ &&", t.text) ? t.text : std::string_view();
}

/// What an assignment with an operator makes of a value.
Value Walker::altered(std::string_view op, Value before, Value right) {
  if (op.empty()) return grown_by(before, right);
  if (op == "&&") return merged(before, std::move(right));
  if (op != "|" || before.kind != ValueKind::list || right.kind != ValueKind::list) return combine(op, std::move(before), std::move(right));
  before.apart();
  for (std::size_t i = 0; i < right.items.size(); ++i) before.set(right.keys[i], right.items[i]);
  return before;
}

/// `a = x, y`.
Value Walker::tuple_from(Value first) {
  Value out = Value::list({std::move(first)});
  while (peek().is(",")) {
    ++at_;
    out.add("", expression());
  }
  return out;
}

/// `a.b = value` when the tokens since `begin` are a plain or dotted name.
bool Walker::assignment(std::size_t begin, Value& v) {
  const Token& t = peek();
  const std::string_view op = operates();
  const bool adds = t.is("+=") || t.is(".=") || !op.empty();
  const bool fills = t.is("||=") || (t.is("//=") && d_.has(Trait::default_argument)) || t.is("?\?=");
  const std::size_t typed = annotated(begin);
  if (t.kind != TokenKind::punct || (!adds && !fills && !t.assigns && typed == 0)) return false;
  if (place_.end == at_ && can_store()) return assign_element(v, op, adds), true;
  if (t_.all[at_ - 1].is(")") && part_assigned(begin, v)) return true;
  std::size_t first = at_ - 1;
  while (first >= begin + 2 && t_.all[first].kind == TokenKind::name && t_.all[first - 1].accessor) first -= 2;
  if (t_.all[first].kind != TokenKind::name) return false;
  std::string target;
  for (std::size_t k = first; k < at_; k += 2) target += (target.empty() ? "" : ".") + std::string(t_.all[k].text);
  const std::string_view member = t_.all[at_ - 1].text;
  const bool dotted = first + 1 < at_;
  const std::size_t last = at_ - 1;
  at_ = std::max(at_, typed) + (op.empty() ? 1U : 2U);
  const std::size_t behind = at_;
  const bool outer = std::exchange(conditional_, false);
  Value right = expression();
  const bool perhaps = std::exchange(conditional_, outer);
  if (d_.has(Trait::python_prefixes) && brackets_ == 0 && peek().is(",") && !adds) right = tuple_from(std::move(right));
  const bool array = d_.has(Trait::default_argument) && target.front() == '@' && right.is_text();
  if (array) right = Value::list({std::move(right)});  // Perl: `@a = ("x")`
  const std::string key = dotted ? canonical(variable_key(std::move(target))) : variable_key(std::move(target));
  if (const auto before = session_.variables.find(key); before != session_.variables.end()) {
    if (perhaps || fills) right = merged(before->second, std::move(right));
    else if (before->second.is_text() && is_choice_of_texts(right) && is_used(t_, behind, at_, t_.all[first].text))
      right = unsure(right);
  }
  const bool grows_in_place = adds && v.kind == ValueKind::list && d_.has(Trait::python_prefixes);
  const Value before_it = grows_in_place ? v : Value();
  v = adds ? altered(op, std::move(v), std::move(right)) : std::move(right);
  if (grows_in_place) return change(before_it, v), true;  // `+=` is no new list
  if (first > begin && lists("my our local state", t_.all[first - 1].text)) {  // another variable of that name
    if (const auto before = session_.variables.find(key); before != session_.variables.end()) before->second.apart();
  }
  if (first > begin && t_.all[first - 1].is("*") && v.refers && d_.has(Trait::default_argument)) {  // `*s = \$t`
    v.refers = false;
    v.shares = true;
    put("$" + key, v);
    return true;
  }
  if ((dotted || !class_.empty()) && acts(v)) session_.members[std::string(member)] = v;
  if (dotted && session_.variables.contains(variable_key(std::string(t_.all[first].text)))) {
    Value object = lookup(t_.all[first].text);
    for (std::size_t k = first + 2; k < last; k += 2) object = this->member(object, t_.all[k].text);
    set_member(object, member, v);
  }
  bind_declared(key, v, first > begin && lists("my our local state let const var", t_.all[first - 1].text));
  if (const auto held = session_.variables.find(key); held != session_.variables.end()) {  // `(a = b) =~ s/x/y/`, `a = b = []`
    v.cell = held->second.cell;
    v.shares = held->second.shares;
    if (v.kind != ValueKind::name) v.place = key;
  }
  return true;
}

/// `text =~ s/x/y/`.
Value Walker::edited(const Value& left) {
  const Token& edit = t_.all[at_++];
  Value changed = left.kind == ValueKind::choice ? left : substituted(left, edit);
  if (left.kind == ValueKind::choice) changed.apart();
  for (Value& one : changed.items) one = substituted(one, edit);
  const bool stays = edit.pieces[2].literal.view().find('r') != std::string_view::npos;  // what is changed is a copy
  if (!stays) change(left, changed);
  return changed;
}

/// Does no operator stand here? `left` is all there is then.
bool Walker::ends_operand() {
  const Token& t = peek();
  const bool word = t.word;
  if (t.named("as") && peek(1).is("&")) return true;  // PHP: `foreach ($list as &$x)`
  if ((!word && t.kind != TokenKind::punct) || t.is("(") || t.is("[")) return true;
  if (d_.has(Trait::python_prefixes) && brackets_ == 0 && t.is(":")) return ++at_, true;  // what follows is a statement
  if (!word) return false;
  if (lists("then do begin", t.text)) return true;
  if (d_.has(Trait::ends_blocks) && lists("else elsif elseif end when ensure", t.text)) return true;
  if (at_ > 0 && t_.all[at_ - 1].is("}") && !d_.has(Trait::python_prefixes) && lists("else elsif elseif catch", t.text)) return true;
  return d_.has(Trait::ends_blocks) && !d_.has(Trait::percent_literals) && lists("if while for repeat local return function", t.text);
}

Value Walker::operation(Value left, bool& done) {
  const Token& t = peek();
  done = true;
  if (d_.has(Trait::lisp)) return left;  // whose operators come first
  if (ends_expression(t) || t.is("{") || (in_loop_head_ && (t.is(":") || t.named("if") || t.named("for"))) ||
      (t.line_start && d_.has(Trait::newline_ends) && brackets_ == 0 && !t.joins))
    return left;
  if (t.kind == TokenKind::name && t.text == "as" && peek(1).kind == TokenKind::name) {
    bind(std::string(peek(1).text), left);
    at_ += 2;
    return left;
  }
  const bool word = t.word;
  if (ends_operand()) return left;
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
  if (op == "=~" && peek().kind == TokenKind::regex && peek().pieces.size() == 3) return edited(left);
  if (lists(d_.assigns, op) && !word) {
    const Token& target = t_.all[at_ - 2];  // C++: `vector<string> v = …`
    Value right = expression();
    if (d_.has(Trait::typed) && target.kind == TokenKind::name && !target.word) bind(std::string(target.text), right);
    return right;
  }
  if (op == "=~" && changes_text(peek())) {  // in a way that is not followed
    ++at_;
    Value changed;
    changed.inherit(left);
    change(left, changed);
    return changed;
  }
  if (op == "|>") {
    const Value* outer = std::exchange(piped_, &left);
    Value right = operand();
    const bool taken = piped_ == nullptr;
    piped_ = outer;
    return taken || right.kind != ValueKind::name ? right : apply({right, {left}, {""}});
  }
  if (op == "if" || op == "unless") return chosen(std::move(left));
  const std::size_t open = session_.branches.size();
  if (peek().is("(") && lists("&& || and or", op)) enter_branch(t_.all.size());  // `x && (a = b)`
  Value right = operand();
  while (session_.branches.size() > open) leave_branch();
  return combine(op, std::move(left), std::move(right));
}

/// Perl: `s/x/y/` and `tr/a/b/` alone are about `$_`.
Value Walker::regex(const Token& t) {
  const auto implied = session_.variables.find("$_");
  if (t.pieces.size() == 3 && d_.has(Trait::default_argument) && !session_.edited && implied != session_.variables.end()) {
    Value changed = implied->second;
    if (changed.kind != ValueKind::choice) changed = substituted(changed, t);
    for (Value& one : changed.items) one = substituted(one, t);
    if (t.pieces[2].literal.view().find('r') != std::string_view::npos) return changed;
    bind("$_", std::move(changed));
  }
  return Value::named("#Regex");  // whose `exec` sends no statement
}

/// Behind `a if`: a condition with operators of its own, and perhaps `else b`. Either value may be the one.
Value Walker::chosen(Value value) {
  const auto at_else = [&] { return peek().named("else") && (!peek().line_start || brackets_ > 0); };
  Value condition = operand();
  for (bool done = false; !done && !at_else();) condition = operation(std::move(condition), done);
  if (!at_else()) return conditional_ = true, value;
  ++at_;
  if (value.place == kUnset) return expression();
  return either(std::move(value), expression());
}

Value Walker::combine(std::string_view op, Value left, Value right) {
  if (op == "/" && d_.has(Trait::path_slash)) {
    if (is_choice_of_texts(left)) return of_each(left, [&](const Value& one) { return combine(op, one, right); });
    if (is_choice_of_texts(right)) return of_each(right, [&](const Value& one) { return combine(op, left, one); });
  }
  const bool path = left.name == "#Path" || right.name == "#Path";
  if (op == "/" && d_.has(Trait::path_slash) && path) {
    Value out = Value::typed("#Path", join_path(left.as_text(), right.as_text()));
    out.inherit(left);
    return out;
  }
  // `&File.rm/1`, `fun file:delete/1`
  if (op == "/" && left.kind == ValueKind::name && left.name.find('.') != std::string::npos) return left;
  if (op == "%" && d_.has(Trait::percent_format) && left.is_text()) {
    Call call;
    call.callee = member(left, "%");
    call.add(right);
    return apply(call);
  }
  if (op == "<<" && (left.kind == ValueKind::list || left.name == "#Process" || left.name == "#out")) {
    Call call;
    call.callee = member(left, left.kind == ValueKind::list ? "push" : "<<");
    call.add(std::move(right));
    (void)apply(call);
    if (left.kind == ValueKind::list) left.add("", call.arguments.front());
    return left;
  }
  if (op == "|" && left.name.starts_with("os.O_") && right.name.starts_with("os.O_"))
    return Value::named(left.name + "|" + right.name);
  if (lists("& |", op) && left.name == "#Program") return run_program(left, {}, session_);
  if (lists(">> <<", op) && left.kind == ValueKind::name && right.kind == ValueKind::name) return acts(left) ? left : right;
  if (lists("* x", op) && (left.kind == ValueKind::list || left.is_text()) && right.is_text()) {
    if (Value many = repeated(left, right); many.kind != ValueKind::unknown) return many;
  }
  if (lists(d_.joins, op)) {
    Value both = joined(left, right);
    if (op == "<<") {
      change(left, both);
      both.place = left.place;
      both.cell = left.cell;
    }
    return both;
  }
  if (op == "?") return right;
  if (left.place == kUnset && lists("|| or ?? // ?:", op) && right.is_text()) return right;
  if (chooses(op)) return either(std::move(left), std::move(right));
  Value out;
  out.inherit(left);
  out.inherit(right);
  return out;
}

}  // namespace belay::command::inline_code
