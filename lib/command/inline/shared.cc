#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// Values that change by another road than an assignment to their name. What can be changed has a number, its cell, which all names and lists
/// that hold it have in common. The first change keeps what it holds under that number, as a variable like any other: branches treat it
/// so too. What stands elsewhere is old from then on, and is looked up anew where it is used.
namespace belay::command::inline_code {

namespace {

constexpr int kDeepestCell = 8;

std::string key_of(std::uint32_t cell) { return "#cell " + std::to_string(cell); }

/// Something inside may have a cell.
bool holds_things(const Value& v) { return v.kind == ValueKind::list || v.kind == ValueKind::choice; }

}  // namespace

/// Puts what things are now in the place of what they were when they were put there.
void Walker::refresh(Value& value, int depth) {
  const auto now = value.cell == 0 ? session_.variables.end() : session_.variables.find(key_of(value.cell));
  if (now != session_.variables.end()) {
    Value fresh = session_.copies.spend(now->second.weight) ? now->second : forgotten(now->second);
    fresh.cell = value.cell;
    fresh.shares = value.shares;
    fresh.refers = value.refers;
    fresh.place = std::move(value.place);
    value = std::move(fresh);
  }
  if (!holds_things(value)) return;
  if (depth == kDeepestCell || !session_.copies.spend(value.items.size())) value.items.assign(value.items.size(), Value());
  std::size_t weight = 1;
  for (Value& item : value.items) {
    if (item.cell != 0 || holds_things(item)) refresh(item, depth + 1);
    if (weight + item.weight > kMostWeight && item.kind != ValueKind::name) item = Value();
    weight += item.weight;
  }
  value.weight = weight;
}

void Walker::refresh(Call& call) {
  if (call.callee.self && call.callee.self->cell != 0) {
    Value self = *call.callee.self;
    refresh(self);
    call.callee.self = std::make_shared<const Value>(std::move(self));
  }
  for (Value& argument : call.arguments) {
    if (argument.cell != 0 || holds_things(argument)) refresh(argument);
  }
}

void Walker::write(std::uint32_t cell, const Value& before, Value after) {
  const std::string key = key_of(cell);
  if (!session_.variables.contains(key)) {
    if (session_.variables.size() >= kMostVariables) return report_over();
    session_.variables.emplace(key, before);  // what a branch that is not taken leaves it
  }
  session_.changed = true;
  put(key, std::move(after));
}

void Walker::change(const Value& before, Value after) {
  if (before.kind == ValueKind::choice && before.cell == 0) {  // one of them, it is not known which
    for (const Value& one : before.items) {
      if (one.cell == 0) continue;
      Value was = one;
      was.apart();
      change(one, either(std::move(was), after));
    }
  }
  after.place.clear();
  after.cell = before.cell;
  after.shares = before.shares;
  after.refers = before.refers;
  if (before.cell != 0) write(before.cell, before, after);
  const auto named = before.place.empty() ? session_.variables.end() : session_.variables.find(before.place);
  const bool holds = named == session_.variables.end() || named->second.cell == before.cell;
  if (!before.place.empty() && holds) put(before.place, std::move(after));
}

void Walker::adopt(Value& value) {
  const bool thing = value.kind == ValueKind::unknown || (value.kind == ValueKind::list && d_.copies != Copies::all) ||
                     (value.is_text() && d_.copies == Copies::texts);
  if (d_.copies == Copies::all && !value.refers && value.kind != ValueKind::unknown) value.apart();
  if (thing && value.cell == 0) value.cell = ++session_.cells;
}

/// `\@a` (Perl), `&$a` (PHP): the variable is referred to from now on.
bool Walker::refer(bool perl, Value& out) {
  const std::size_t begin = ++at_;
  place_ = {};
  out = operand();
  const auto named = at_ == begin + 1 ? session_.variables.find(variable_key(std::string(t_.all[begin].text))) : session_.variables.end();
  if (named != session_.variables.end()) {
    Value& held = named->second;
    if (held.cell == 0) held.cell = ++session_.cells;
    held.shares = true;
    out.cell = held.cell;
  } else if (out.cell == 0) {
    out.cell = ++session_.cells;
    if (at_ == begin + 1 && t_.all[begin].kind == TokenKind::name) {  // a variable without a value yet
      Value held;
      held.cell = out.cell;
      held.shares = true;
      put(variable_key(std::string(t_.all[begin].text)), std::move(held));
    }
    else if (place_.end == at_ && place_.end != 0) {  // of an element
      const auto place = std::exchange(place_, {});
      store(place, out);
    }
  }
  out.refers = true;
  out.shares = !perl;
  return true;
}

/// What `f` makes of each of several things; each that it changes may be the one.
Value Walker::on_each(const Value& several, const std::function<Value(const Value&)>& f) {
  Value out, after;
  bool changed = false;
  for (std::size_t i = 0; i < several.items.size(); ++i) {
    const Value& one = several.items[i];
    Value self = one;
    self.place.clear();
    self.apart();
    self.cell = ++session_.cells;
    Value given = f(self);
    out = i == 0 ? std::move(given) : either(std::move(out), std::move(given));
    Value now = self;
    refresh(now);
    now.apart();
    self.apart();
    const bool differs = session_.variables.erase(key_of(session_.cells)) != 0 || session_.changed;
    changed = changed || differs;
    if (one.cell != 0 && differs) change(one, either(self, now));
    after = i == 0 ? std::move(now) : either(std::move(after), std::move(now));
  }
  if (changed) change(several, std::move(after));
  return out;
}

/// PHP, a parameter by reference: the variable that it is given.
void Walker::link(Value& argument) {
  const auto named = argument.place.empty() ? session_.variables.end() : session_.variables.find(argument.place);
  if (named == session_.variables.end()) return;
  if (named->second.cell == 0) named->second.cell = ++session_.cells;
  named->second.shares = argument.shares = true;
  argument.cell = named->second.cell;
  argument.place.clear();
}

/// Perl: the list of a loop is one list, whatever lists are in it.
Value Walker::opened(Value list) const {
  if (!d_.has(Trait::default_argument) || list.kind != ValueKind::list) return list;
  const auto is_open = [](const Value& item) { return item.kind == ValueKind::list && !item.refers; };
  if (std::none_of(list.items.begin(), list.items.end(), is_open)) return list;
  if (list.items.size() == 1) return Value(list.items.front());
  Value out = Value::list({});
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Value& item = list.items[i];
    if (!is_open(item)) out.add("", item);
    for (std::size_t k = 0; k < item.items.size() && is_open(item); ++k) out.add("", item.items[k]);
  }
  return out;
}

/// Of the loop that is being read.
std::size_t Walker::loop_end() const {
  const auto& open = session_.branches;
  return open.size() > base_ && open.back().owner == this && open.back().loop ? open.back().end : end_;
}

/// Perl: `for my $x (@list)`, PHP: `foreach ($list as &$x)`: what the variable is given up to `end` the elements are given.
void Walker::own(const std::string& name, const Value& list, std::size_t end) {
  const bool held = list.cell != 0 || !list.place.empty() || std::any_of(list.items.begin(), list.items.end(), [](const Value& v) { return !v.place.empty(); });
  if ((list.kind == ValueKind::list || list.is_text()) && held) session_.owners.insert_or_assign(name, Owner{list, this, end});
  else session_.owners.erase(name);
}

void Walker::write_element(const std::string& name, const Value& value) {
  const auto it = session_.owners.find(name);
  if (it == session_.owners.end()) return;
  if (it->second.walker == this && at_ > it->second.end) return void(session_.owners.erase(it));
  Value& list = it->second.list;
  if (!session_.copies.spend(1 + list.items.size())) {  // too often
    const Value lost = std::move(list);
    session_.owners.erase(it);
    return change(lost, Value());
  }
  if (list.is_text()) return change(list, value);
  if (list.cell == 0 && list.place.empty()) {  // `for ($a, $b)`
    for (const Value& item : list.items) {
      if (!item.place.empty() && item.place != name) change(item, list.items.size() == 1 ? value : either(item, value));
    }
    return;
  }
  Value out = Value::list({});
  out.name = list.name;
  const bool each = value.kind == ValueKind::choice && value.items.size() == list.items.size();
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    Value element = each ? value.items[i] : value;
    if (!each && list.items.size() > 1) element = either(list.items[i], std::move(element));
    out.add(list.keys[i], std::move(element));
  }
  change(list, out);
}

/// Perl: `$$r`, `@$r`, `%{$r}`: what the reference refers to.
bool Walker::dereferenced(Value& out) {
  const Token& sigil = peek();
  const Token& of = peek(1);
  if (sigil.kind != TokenKind::punct || sigil.text.size() != 1 || std::string_view("$@%").find(sigil.text.front()) == std::string_view::npos) return false;
  const bool braces = of.is("{");
  if (!sigil.is("$") && !d_.has(Trait::default_argument)) return false;
  if (of.spaced || !(braces || (of.kind == TokenKind::name && of.text.front() == '$'))) return false;
  ++at_;
  if (braces) {
    Value inner = bracketed('{');
    out = inner.items.empty() ? Value() : std::move(inner.items.front());
  } else {
    out = name_operand();
  }
  if (out.cell != 0) out.place.clear();
  out.shares = out.refers = false;
  if (!d_.has(Trait::default_argument)) {  // PHP: `$$name` is the variable of that name
    const std::string name = out.is_text() && out.text.literal() ? "$" + out.text.bytes() : std::string();
    out = name.empty() ? Value() : lookup(name);
    out.place = name;
  }
  if (!peek().assigns && !lists(".= += //= ||=", peek().text)) return true;
  place_ = {out, Value::named(sigil.is("@") ? "#array" : "#whole"), at_, at_};
  if (place_.object.cell == 0 && !place_.object.place.empty()) place_.object.refers = true;
  return true;
}

}  // namespace belay::command::inline_code
