#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// What may stand before an `=`: several names, members, elements and slices of lists; and what takes elements away.
namespace belay::command::inline_code {

namespace {

/// A position that counts from one or from the end, as one from zero.
std::string position_of(std::string text, const Value& list, std::size_t first) {
  const bool back = text.size() > 1 && text.front() == '-';
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789", back ? 1 : 0) != std::string::npos || list.field(text) != nullptr) return text;
  const auto n = static_cast<std::size_t>(std::stoul(text.substr(back ? 1 : 0)));
  if (back) return n <= list.items.size() ? std::to_string(list.items.size() - n) : text;
  return n >= first ? std::to_string(n - first) : text;
}

}  // namespace

/// The token behind `a`, `a.b`, `a[0]`.
std::size_t Walker::target_end(std::size_t k) const {
  for (++k; k + 1 < end_; ++k) {
    if (t_.all[k].accessor && t_.all[k + 1].kind == TokenKind::name) ++k;
    else if ((t_.all[k].is("[") || t_.all[k].is("{")) && !t_.all[k].spaced && t_.partner[k] > k) k = t_.partner[k];
    else break;
  }
  return k;
}

/// `a, b = x, y`, `i, o = f(…)`, `l[0], l[1] = l[1], l[0]`.
bool Walker::several_targets() {
  const std::size_t begin = at_;
  std::size_t k = begin;
  bool several = false;
  for (; k + 2 < end_ && t_.all[k].kind == TokenKind::name && !t_.all[k].word; ++k) {
    k = target_end(k);
    if (!t_.all[k].is(",")) break;
    several = true;
  }
  if (!several || k + 1 >= end_ || !t_.all[k].is("=")) return false;
  at_ = k + 1;
  Value list = Value::list({expression()});
  while (peek().is(",")) {
    ++at_;
    list.add("", expression());
  }
  bind_pattern(begin, k, list.items.size() == 1 ? Value(list.items.front()) : list, ":");
  return true;
}

/// `{a, b: c} = value`, `[a, b] = value`, `my ($a, $b) = @list`.
bool Walker::destructuring() {
  std::size_t open = at_;
  while (open < end_ && t_.all[open].kind == TokenKind::name && (t_.all[open].word || t_.all[open].text == "list")) ++open;
  const Token& t = t_.all[open];
  if (!t.is("{") && !t.is("[") && !t.is("(")) return false;
  const std::size_t close = t_.partner[open];
  if (close + 2 >= end_ || !t_.all[close + 1].is("=")) return false;
  const bool declares = lists("my local let const var", t_.all[at_].text);
  at_ = close + 2;
  const Value value = expression();
  const bool outer = session_.scope != nullptr && std::exchange(session_.scope->declares, declares);
  bind_pattern(open + 1, close, value, ":");
  if (session_.scope != nullptr) session_.scope->declares = outer;
  return true;
}

/// Names in [begin, end), with `KEY colon NAME` for members; without a key a name is a member of a module or map, or an element by position.
void Walker::bind_pattern(std::size_t begin, std::size_t end, const Value& value, std::string_view colon) {
  std::size_t position = 0;
  for (std::size_t k = begin; k < end; ++k) {
    const Token& t = t_.all[k];
    if (t.kind != TokenKind::name || t.word) continue;
    const bool renamed = k + 2 <= end && t_.all[k + 1].text == colon && t_.all[k + 2].kind == TokenKind::name;
    if (renamed) k += 2;
    const std::size_t begun = k;
    k = std::min(target_end(k), end) - 1;
    const bool by_position = value.kind == ValueKind::list && position < value.items.size() && value.field(t.text) == nullptr;
    const bool by_name = value.kind == ValueKind::list || value.kind == ValueKind::name;
    bind_target(begun, k + 1, by_position ? value.items[position] : by_name ? member(value, t.text) : Value());
    ++position;
    while (k + 1 < end && !t_.all[k + 1].is(",")) ++k;  // a default value
  }
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

/// `t[#t + 1] = x`, `a[a.length] = x`, `$a[] = x`, `$a[@a] = x`: behind the last one.
bool Walker::appends() const {
  constexpr std::size_t kLongestEnd = 12;
  if (place_.end > place_.begin + kLongestEnd) return false;
  if (place_.end == place_.begin + 2) return true;
  bool counts = false, last = false, more = false;
  for (std::size_t k = place_.begin + 1; k + 1 < place_.end; ++k) {
    const Token& t = t_.all[k];
    if (t.is("-")) return false;
    last = last || t.text.find('#') != std::string_view::npos;
    more = more || t.is("+");
    counts = counts || (t.kind == TokenKind::name && (t.text.front() == '@' || lists("length len size count", t.text)));
  }
  return last ? more : counts;
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

Place Walker::placed(Value object, Value key, std::size_t begin) {
  Place out{std::move(object), std::move(key), begin, at_};
  if (place_.end == begin && begin != 0 && out.object.cell == 0 && d_.copies == Copies::all) {
    out.object.place.clear();
    out.outer = std::make_shared<const Place>(std::move(place_));
  }
  return out;
}

/// `a[0].x = value`: the object has no name.
void Walker::note_member(const Value& object) {
  if (object.kind != ValueKind::list || object.cell == 0 || at_ == 0 || !is_closer(t_.all[at_ - 1])) return;
  const Token& sign = peek(2);
  if (sign.assigns || lists("+= .= ||= //= ?\?=", sign.text)) place_ = {object, Value::of(Text(peek(1).text)), at_ + 2, at_ + 2};
}

/// Whether the place before the `=` is one that can be followed.
bool Walker::can_store() const {
  const Value& object = place_.object;
  if (object.cell != 0 || !object.place.empty() || place_.outer || object.kind == ValueKind::choice) return true;
  return object.kind == ValueKind::name && (object.name.ends_with(".__dict__") || object.name == "?" || canonical(object.name + ".x") == "x");
}

/// `object[key] = value`.
void Walker::store(const Place& place, Value value) {
  if (!place.outer || place.object.cell != 0) return store(place.object, place.key, std::move(value));
  store(*place.outer, with_element(place.object, place.key, std::move(value)));
}

/// The list with another element.
Value Walker::with_element(Value now, const Value& key, Value value) const {
  const Value* inner = key.kind == ValueKind::list && key.items.size() == 1 ? &key.items.front() : &key;
  std::string text = inner->is_text() && inner->text.literal() ? inner->text.bytes() : std::string();
  if (key.name == "#slice" && key.text.view() == ":") return value;
  const bool of_text = now.is_text() && d_.copies != Copies::none && !d_.has(Trait::default_argument);
  if (of_text || key.name == "#slice") return with_part(now, of_text ? *inner : key, std::move(value)).value_or(Value());
  if (now.kind != ValueKind::list) now = Value::list({});
  if (inner->kind == ValueKind::name && now.field(inner->name) != nullptr) text = inner->name;
  const bool end = inner->name == "#end" || now.items.empty();
  if (text.empty() && !end) return with_any(now, value);
  now.set(position_of(std::move(text), now, lists(d_.parameters, now.name) ? 0 : d_.first_index), std::move(value));
  return now;
}

void Walker::store(const Value& object, const Value& key, Value value) {
  const Value* inner = key.kind == ValueKind::list && key.items.size() == 1 ? &key.items.front() : &key;
  const std::string text = inner->is_text() && inner->text.literal() ? inner->text.bytes() : std::string();
  const std::string& name = object.place;
  if (is_choice_of_lists(object) && object.cell == 0) {
    (void)on_each(object, [&](const Value& one) { return store(one, key, value), Value(); });
    return;
  }
  if (name == "$GLOBALS") return bind("$" + text, std::move(value));
  if (object.kind == ValueKind::name && (object.name.ends_with(".__dict__") || object.name == "?") && object.self) return set_member(*object.self, text, value);
  if (object.kind == ValueKind::name && (name == "*names" || canonical(object.name + ".x") == "x")) return bind(text, std::move(value));
  if (key.name == "#whole" || key.name == "#array") {
    if (key.name == "#array" && value.is_text()) value = Value::list({std::move(value)});
    if (object.cell != 0 || name.empty()) return change(object, std::move(value));
    if (!d_.has(Trait::default_argument)) return bind(name, std::move(value));
    value.refers = true;
    value.cell = ++session_.cells;
    return bind(name, std::move(value));
  }
  Value now = object;
  const auto named = name.empty() ? session_.variables.end() : session_.variables.find(name);
  if (now.cell != 0) refresh(now);
  else if (named != session_.variables.end()) now = named->second;
  if (name == "@_" && !text.empty() && text.size() < 3 && text.find_first_not_of("0123456789") == std::string::npos) {  // the arguments are what the call gave
    const std::size_t n = std::stoul(text);
    if (n < now.items.size() && !now.items[n].place.empty()) bind(now.items[n].place, value);
  }
  change(object, with_element(std::move(now), key, std::move(value)));
}

void Walker::set_member(const Value& object, std::string_view member, const Value& value) {
  if (object.kind == ValueKind::list && member == "length" && d_.has(Trait::arrows)) return shorten(object, value);
  if (object.kind == ValueKind::list) return store(object, Value::of(Text(member)), value);
  if (object.kind != ValueKind::unknown) return;
  if (!object.place.empty()) bind(object.place + "." + std::string(member), value);
  if (object.cell == 0) return;
  session_.changed = true;
  bind("#" + std::to_string(object.cell) + "." + std::string(member), value);
}

/// One of several targets: a name, `o.x` or `l[0]`.
void Walker::bind_target(std::size_t begin, std::size_t end, const Value& value) {
  if (end <= begin + 1) return bind(variable_key(std::string(t_.all[begin].text)), value);
  const std::size_t back = std::exchange(at_, begin);
  place_ = {};
  (void)operand();
  const bool element = place_.end == end && place_.end != 0 && can_store();
  at_ = back;
  const Place place = std::exchange(place_, {});
  if (element) return store(place, value);
  if (end == begin + 3 && t_.all[begin + 1].accessor) set_member(lookup(t_.all[begin].text), t_.all[begin + 2].text, value);
}

/// `l[0] = value`, `l[0] += value`.
void Walker::assign_element(Value& v, std::string_view op, bool adds) {
  if (appends()) place_.key = Value::named("#end");
  const Place place = std::exchange(place_, {});
  at_ += op.empty() ? 1U : 2U;
  const bool whole = d_.has(Trait::typed) && peek().is("{");  // C: `char *a[2] = {…}`
  Value right = expression();
  if (whole) bind(place.object.place, right);
  v = adds && !whole ? altered(op, v, std::move(right)) : std::move(right);
  if (!whole) store(place, v);
}

}  // namespace belay::command::inline_code
