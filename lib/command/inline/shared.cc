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

/// A position that counts from one or from the end, as one from zero.
std::string position_of(std::string text, const Value& list, std::size_t first) {
  const bool back = text.size() > 1 && text.front() == '-';
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789", back ? 1 : 0) != std::string::npos || list.field(text) != nullptr) return text;
  const auto n = static_cast<std::size_t>(std::stoul(text.substr(back ? 1 : 0)));
  if (back) return n <= list.items.size() ? std::to_string(list.items.size() - n) : text;
  return n >= first ? std::to_string(n - first) : text;
}

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
      store(place.object, place.key, out);
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
  if (list.kind == ValueKind::list && (list.cell != 0 || !list.place.empty())) session_.owners.insert_or_assign(name, Owner{list, this, end});
  else session_.owners.erase(name);
}

void Walker::write_element(const std::string& name, const Value& value) {
  const auto it = session_.owners.find(name);
  if (it == session_.owners.end()) return;
  if (it->second.walker == this && at_ > it->second.end) return void(session_.owners.erase(it));
  Value& list = it->second.list;
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

/// `del l[0]` (Python), `delete $h{x}` (Perl), `unset($l[0])` (PHP), `delete o.x` (JavaScript).
bool Walker::removal(Value& out) {
  const Token& t = peek();
  const bool here = t.kind == TokenKind::name && ((d_.has(Trait::python_prefixes) && t.text == "del") || (d_.has(Trait::default_argument) && t.text == "delete") ||
                                                  (d_.has(Trait::arrows) && t.text == "delete") || (d_.has(Trait::text_calls) && t.text == "unset"));
  if (!here || peek(1).is(".") || peek(1).is("=")) return false;
  ++at_;
  const std::size_t close = peek().is("(") ? t_.partner[at_] : 0;
  if (close != 0) ++at_;
  do {
    const std::size_t begin = at_;
    place_ = {};
    out = operand();
    if (at_ == begin + 3 && t_.all[begin + 1].accessor) {  // `o.x`
      place_ = {lookup(t_.all[begin].text), Value::of(Text(t_.all[begin + 2].text)), begin, at_};
    }
    if (place_.end == at_ && at_ != begin) {
      const auto place = std::exchange(place_, {});
      remove(place.object, place.key);
    }
  } while (peek().is(",") && ++at_ < end_);
  if (close != 0) at_ = std::min(close + 1, end_ - 1);
  return true;
}

/// The element is no more there.
void Walker::remove(const Value& object, const Value& key) {
  Value now = object;
  if (session_.changed) refresh(now);
  if (now.kind != ValueKind::list) return;
  const Value* inner = key.kind == ValueKind::list && key.items.size() == 1 ? &key.items.front() : &key;
  const std::string text = inner->is_text() && inner->text.literal() ? inner->text.bytes() : inner->kind == ValueKind::name ? inner->name : std::string();
  std::optional<std::pair<std::size_t, std::size_t>> range;
  for (std::size_t i = 0; i < now.keys.size() && !text.empty(); ++i) {
    if (now.keys[i] == text) range = std::pair(i, i + 1);
  }
  if (!range) range = range_of(now, text == ":" ? "0:" : position_of(text, now, d_.first_index));
  if (!range) return change(object, Value());
  Value out = Value::list({});
  out.name = now.name;
  for (std::size_t i = 0; i < now.items.size(); ++i) {
    if (i < range->first || i >= range->second) out.add(now.keys[i], now.items[i]);
  }
  change(object, std::move(out));
}

/// Perl: `$$r`, `@$r`, `%{$r}`: what the reference refers to.
bool Walker::dereferenced(Value& out) {
  const Token& sigil = peek();
  const Token& of = peek(1);
  if (sigil.kind != TokenKind::punct || sigil.text.size() != 1 || std::string_view("$@%").find(sigil.text.front()) == std::string_view::npos) return false;
  const bool braces = of.is("{");
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
  if (!peek().assigns && !lists(".= += //= ||=", peek().text)) return true;
  place_ = {out, Value::named(sigil.is("@") ? "#array" : "#whole"), at_, at_};
  if (place_.object.cell == 0 && !place_.object.place.empty()) place_.object.refers = true;
  return true;
}

/// `t[#t + 1] = x`, `a[a.length] = x`, `$a[] = x`, `$a[@a] = x`: behind the last one.
bool Walker::appends() const {
  constexpr std::size_t kLongestEnd = 12;
  if (place_.end > place_.begin + kLongestEnd) return false;
  if (place_.end == place_.begin + 2) return true;
  bool counts = false;
  for (std::size_t k = place_.begin + 1; k + 1 < place_.end; ++k) {
    const Token& t = t_.all[k];
    if (t.is("-")) return false;
    counts = counts || t.is("#") || t.is("$#") || (t.kind == TokenKind::name && (t.text.front() == '@' || lists("length len size count", t.text)));
  }
  return counts;
}

/// The text or the list when what a slice picks is something else; nothing when that is not followed.
std::optional<Value> Walker::with_part(const Value& object, const Value& key, Value value) const {
  const bool text = object.is_text();
  const std::string spec = key.is_text() && key.text.literal() ? key.text.bytes() : std::string();
  const auto range = range_of(object, spec);
  if (!range || (text && (!object.text.literal() || !value.is_text()))) return std::nullopt;
  const auto [begin, end] = *range;
  if (text) {
    Text out = object.text.substr(0, begin);
    out.append(value.text);
    out.append(object.text.substr(end));
    return Value::of(std::move(out));
  }
  Value out = Value::list({});
  const auto copy = [&](const Value& from, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) out.add(from.keys[i], from.items[i]);
  };
  copy(object, 0, begin);
  if (value.kind == ValueKind::list) copy(value, 0, value.items.size());
  else out.add("", std::move(value));
  copy(object, end, object.items.size());
  return out;
}

namespace {

/// `list[key] = value` where the key is not known: any element may be it.
Value with_any(const Value& list, const Value& value) {
  Value out = Value::list({});
  out.name = list.name;
  for (std::size_t i = 0; i < list.items.size(); ++i) out.add(list.keys[i], either(list.items[i], value));
  return out;
}

}  // namespace

/// JavaScript: `list.length = 1`.
void Walker::shorten(const Value& object, const Value& length) {
  Value now = object;
  if (session_.changed) refresh(now);
  const auto range = length.is_text() && length.text.literal() ? range_of(now, "0," + length.text.bytes()) : std::nullopt;
  if (!range) return change(object, Value());
  Value out = Value::list({});
  for (std::size_t i = 0; i < range->second; ++i) out.add(now.keys[i], now.items[i]);
  change(object, std::move(out));
}

/// `object[key] = value`.
void Walker::store(const Value& object, const Value& key, Value value) {
  const Value* inner = key.kind == ValueKind::list && key.items.size() == 1 ? &key.items.front() : &key;
  std::string text = inner->is_text() && inner->text.literal() ? inner->text.bytes() : std::string();
  const std::string& name = object.place;
  if (name == "*names" || name == "$GLOBALS") return bind(name.front() == '$' ? "$" + text : text, std::move(value));
  if (key.name == "#whole" || key.name == "#array") {
    if (key.name == "#array" && value.is_text()) value = Value::list({std::move(value)});
    if (object.cell != 0 || name.empty()) return change(object, std::move(value));
    value.refers = true;
    value.cell = ++session_.cells;
    return bind(name, std::move(value));
  }
  Value now = object;
  const auto named = name.empty() ? session_.variables.end() : session_.variables.find(name);
  if (now.cell != 0) refresh(now);
  else if (named != session_.variables.end()) now = named->second;
  if (key.name == "#slice" && key.text.view() == ":") return change(object, std::move(value));
  const bool of_text = now.is_text() && (d_.copies != Copies::none) && !d_.has(Trait::default_argument);
  if (of_text || key.name == "#slice") return change(object, with_part(now, of_text ? *inner : key, std::move(value)).value_or(Value()));
  if (now.kind != ValueKind::list) now = Value::list({});
  if (inner->kind == ValueKind::name && now.field(inner->name) != nullptr) text = inner->name;
  const bool end = inner->name == "#end" || now.items.empty();
  if (text.empty() && !end) return change(object, with_any(now, value));
  text = position_of(std::move(text), now, lists(d_.parameters, now.name) ? 0 : d_.first_index);
  if (name == "@_" && text.size() < 3 && text.find_first_not_of("0123456789") == std::string::npos) {  // the arguments are what the call gave
    const std::size_t n = text.empty() ? now.items.size() : std::stoul(text);
    if (n < now.items.size() && !now.items[n].place.empty()) bind(now.items[n].place, value);
  }
  now.set(text, std::move(value));
  change(object, std::move(now));
}

}  // namespace belay::command::inline_code
