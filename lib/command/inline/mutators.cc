#include "command/inline/mutators.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"
#include "command/inline/functions.h"

/// Functions that change what they are called on, or what they are given first. What they make of it is worked out where their arguments
/// are known; else nothing of it is known any more.
namespace belay::command::inline_code {

namespace {

std::string_view member_of(const Call& call) { return std::string_view(call.callee.name).substr(call.callee.name.rfind('.') + 1); }

/// What is changed, and how many arguments stand before the others.
struct Target {
  Value object;
  std::size_t from = 0;
};

Target target_of(const Call& call) {
  if (call.callee.self && call.callee.self->kind != ValueKind::name) return {*call.callee.self, 0};
  const Value* first = call.positional(0);
  return {first == nullptr ? Value() : *first, 1};
}

bool literal(const Value* v) { return v != nullptr && v->is_text() && v->text.literal(); }

std::vector<Value> given(const Call& call, std::size_t from, bool opens) {
  std::vector<Value> out;
  while (const Value* v = call.positional(from++)) {
    if (opens && v->kind == ValueKind::list) out.insert(out.end(), v->items.begin(), v->items.end());
    else out.push_back(*v);
  }
  return out;
}

/// What remains without the elements [begin, end), with others in their place.
Value without(const Value& list, std::size_t begin, std::size_t end, const std::vector<Value>& instead = {}) {
  Value out = Value::list({});
  out.name = list.name;
  for (std::size_t i = 0; i < std::min(begin, list.items.size()); ++i) out.add(list.keys[i], list.items[i]);
  for (const Value& v : instead) out.add("", v);
  for (std::size_t i = end; i < list.items.size(); ++i) out.add(list.keys[i], list.items[i]);
  return out;
}

/// Copies of all that is inside.
void set_apart(std::vector<Value>& items) {
  for (Value& item : items) {
    item.apart();
    set_apart(item.items);
  }
}

/// The same elements, but which is where is not known.
Value shuffled(const Value& list) {
  if (list.kind != ValueKind::list || list.items.size() < 2) return list;
  const Value any = element_of(list);
  Value out = Value::list({});
  for (const std::string& key : list.keys) out.add(key, any);
  return out;
}

/// Texts by their bytes; in any order when one is not known.
Value in_order(Value list) {
  if (!std::all_of(list.items.begin(), list.items.end(), [](const Value& v) { return literal(&v); })) return shuffled(list);
  std::sort(list.items.begin(), list.items.end(), [](const Value& a, const Value& b) { return a.text.view() < b.text.view(); });
  list.place.clear();
  list.apart();
  return list;
}

/// A position among `size`, from the end when it is negative; nothing when it is not known.
std::optional<std::size_t> position(const Value* v, std::size_t size, std::size_t first = 0) {
  if (!literal(v)) return std::nullopt;
  const auto range = range_of(Value::list(std::vector<Value>(size + 1)), v->text.view());
  if (!range) return std::nullopt;
  const bool back = v->text.view().starts_with('-');
  const std::size_t at = range->first - (back && range->first > 0 ? 1U : 0U);
  return at >= first && !back ? at - first : at;
}

}  // namespace

namespace {

/// Functions that speak of what they are given, whoever wrote them, and classes.
bool only_reads(std::string_view name) {
  const std::string lower = base::lower(name.substr(name.rfind('.') + 1));
  for (const std::string_view part : {"print", "log", "echo", "debug", "info", "warn", "error", "show", "dump", "write", "say", "check", "assert", "expect", "is", "has", "get", "count", "len", "run", "exec", "call", "send", "save", "report", "render", "trace", "format", "parse"}) {
    if (lower.starts_with(part) || lower.ends_with(part)) return true;
  }
  const char first = name.empty() ? 'A' : name[name.rfind('.') + 1];
  return first >= 'A' && first <= 'Z';
}

}  // namespace

/// A function that nobody knows may change the lists that it is given. Methods do that to their object.
void Walker::lose_arguments(const Call& call) {
  const std::string_view name = call.callee.name;
  if (call.callee.kind != ValueKind::name || name.empty() || name.front() == '?' || name.front() == '#' || d_.keeps.empty()) return;
  if (lists(d_.keeps, name) || lists(d_.keeps, name.substr(0, name.find('.'))) || only_reads(name)) return;
  for (const Value& argument : call.arguments) {
    if (argument.cell != 0 && argument.kind == ValueKind::list) change(argument, Value());
  }
}

/// `list(x)`, `x.copy()`, `structuredClone(x)`: another one.
Value gives_copied(const Call& call, Walker&) {
  Value out = target_of(call).object;
  if (!call.callee.self && call.callee.name != "dict") out = keys_of(out);
  out.place.clear();
  out.apart();
  if (member_of(call) == "deepcopy" || member_of(call) == "structuredClone") set_apart(out.items);
  return out;
}

/// In a way that is not followed.
Value gives_changed(const Call& call, Walker& walker) {
  const Value object = target_of(call).object;
  walker.change(object, Value());
  return {};
}

/// `random.shuffle(list)`, `rotate!`, `copyWithin(…)`.
Value gives_shuffled(const Call& call, Walker& walker) {
  const Value object = target_of(call).object;
  Value out = shuffled(object);
  walker.change(object, out);
  out.cell = object.cell;
  return out;
}

/// `list.rotate`, `list.shuffle` (Ruby).
Value gives_any_order(const Call& call, Walker&) {
  Value out = shuffled(target_of(call).object);
  out.place.clear();
  out.apart();
  return out;
}

/// `list.sort` (Ruby), `sorted(list)`: the functions that compare are called all the same.
Value gives_sorted_copy(const Call& call, Walker& walker) {
  (void)gives_sorted(call, walker);
  const auto [object, from] = target_of(call);
  return call.arguments.size() == from && object.kind == ValueKind::list ? in_order(object) : gives_any_order(call, walker);
}

/// `list.sort()`, `sort($list)`: texts by their bytes; by a function or what is not known, in any order.
Value gives_sorted_in_place(const Call& call, Walker& walker) {
  (void)gives_sorted(call, walker);
  const auto [object, from] = target_of(call);
  if (object.kind != ValueKind::list) return object;
  const std::string_view name = member_of(call);
  const Value* back = call.named("reverse");
  const bool plain = call.arguments.size() == from + (back != nullptr ? 1U : 0U) && lists("sort rsort", name);
  Value out = plain ? in_order(object) : shuffled(object);
  if (plain && (name == "rsort" || (back != nullptr && truthy(*back)))) std::reverse(out.items.begin(), out.items.end());
  walker.change(object, out);
  out.cell = object.cell;
  return out;
}

/// `list.insert(0, x)`, `text.insert(1, "x")` (Ruby), `table.insert(t, x)`, `table.insert(t, 1, x)`.
Value gives_inserted(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const std::size_t first = walker.dialect().first_index;
  if (first != 0 && call.arguments.size() == 2) return gives_grown_first(call, walker);
  const std::size_t size = object.is_text() ? object.text.size() : object.items.size();
  const auto at = position(call.positional(from), size, first);
  const std::vector<Value> more = given(call, from + 1, false);
  Value out;
  if (object.kind == ValueKind::list && at) {
    out = without(object, *at, *at, more);
  } else if (literal(&object) && at && more.size() == 1) {
    Text text = object.text.substr(0, std::min(*at, size));
    text.append(more.front().as_text());
    text.append(object.text.substr(std::min(*at, size)));
    out = Value::of(std::move(text));
  }
  walker.change(object, out);
  return out;
}

/// `splice(1, 2, x…)`, `array_splice($list, 1, 2, [x…])`: gives what it takes away.
Value gives_spliced(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const std::size_t size = object.items.size();
  const auto begin = call.positional(from) == nullptr ? std::optional<std::size_t>(0) : position(call.positional(from), size);
  const Value* count = call.positional(from + 1);
  if (object.kind != ValueKind::list || !begin || (count != nullptr && !literal(count))) return walker.change(object, Value()), Value();
  const std::size_t rest = size - std::min(*begin, size);
  const auto taken = count == nullptr ? std::optional<std::size_t>(rest) : position(count, rest);
  if (!taken) return walker.change(object, Value()), Value();
  const std::size_t end = std::min(size, *begin + *taken);
  walker.change(object, without(object, *begin, end, given(call, from + 2, walker.dialect().copies == Copies::all)));
  Value out = Value::list({});
  for (std::size_t i = *begin; i < end; ++i) out.add(object.keys[i], object.items[i]);
  return out;
}

/// `list.fill(x)`; a part of it may be filled.
Value gives_filled_whole(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const Value* with = call.positional(from);
  if (object.kind != ValueKind::list || with == nullptr) return object;
  Value out = Value::list({});
  for (std::size_t i = 0; i < object.items.size(); ++i) out.add(object.keys[i], call.arguments.size() > from + 1 ? either(object.items[i], *with) : *with);
  walker.change(object, out);
  out.cell = object.cell;
  return out;
}

/// `map.set(key, value)`, `list.__setitem__(0, x)`, `rawset(t, key, value)`.
Value gives_stored(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const Value* key = call.positional(from);
  const Value* value = call.positional(from + 1);
  if (object.kind != ValueKind::list || key == nullptr || value == nullptr) return object;
  walker.store(object, *key, *value);
  return object;
}

/// `d.setdefault(key, value)`.
Value gives_set_once(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const Value* key = call.positional(from);
  const Value* value = call.positional(from + 1);
  if (object.kind != ValueKind::list || !literal(key) || object.field(key->text.view()) != nullptr || value == nullptr) return gives_field(call, walker);
  walker.store(object, *key, *value);
  return *value;
}

/// `list.remove(x)`, `set.delete(x)`, `hash.delete(:key)`: all that are equal in Ruby, elsewhere the first one.
Value gives_removed(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const Value* what = call.positional(from);
  if (object.kind != ValueKind::list) return {};
  if (!literal(what)) return walker.change(object, shuffled(object)), Value();
  const bool all = walker.dialect().copies == Copies::texts;
  Value out = Value::list({});
  bool found = false;
  for (std::size_t i = 0; i < object.items.size(); ++i) {
    const bool same = object.keys[i].empty() ? object.items[i].is_text() && object.items[i].text == what->text : object.keys[i] == what->text.view();
    if (!same || (found && !all)) out.add(object.keys[i], object.items[i]);
    found = found || same;
  }
  walker.change(object, out);
  return *what;
}

/// `list.delete_at(1)`, `table.remove(t, 1)`, `list.slice!(0)`: gives what it takes away, the last when nothing is said.
Value gives_deleted_at(const Call& call, Walker& walker) {
  const auto [object, from] = target_of(call);
  const Value* which = call.positional(from);
  const std::size_t size = object.items.size();
  if (object.kind != ValueKind::list || size == 0) return {};
  const auto at = which == nullptr ? std::optional<std::size_t>(size - 1) : position(which, size - 1, walker.dialect().first_index);
  if (!at || *at >= size || walker.session().repeats) return walker.change(object, shuffled(object)), element_of(object);
  walker.change(object, without(object, *at, *at + 1));
  return object.items[*at];
}

/// Perl: `shift @a`, `pop @a`; alone, of the arguments of the function or the program.
Value gives_shifted(const Call& call, Walker& walker) {
  if (!call.arguments.empty()) return gives_element(call, walker);
  const auto given_to = walker.session().variables.find("@_");
  if (given_to == walker.session().variables.end()) return gives_parameter(call, walker);
  Call inner = call;
  inner.callee.self = nullptr;
  inner.add(given_to->second);
  inner.arguments.front().place = "@_";
  return gives_element(inner, walker);
}

/// Perl: `substr($text, 0, 2, "x")` puts something else in the place of the part.
Value gives_substituted_part(const Call& call, Walker& walker) {
  if (call.arguments.size() < 4) return gives_part(call, walker);
  const Value& object = call.arguments.front();
  const auto at = position(&call.arguments[1], object.text.size());
  const auto length = position(&call.arguments[2], object.text.size());
  Value out;
  if (literal(&object) && at && length && *at <= object.text.size()) {
    Text text = object.text.substr(0, *at);
    text.append(call.arguments[3].as_text());
    text.append(object.text.substr(std::min(object.text.size(), *at + *length)));
    out = Value::of(std::move(text));
  }
  walker.change(object, std::move(out));
  return gives_part(call, walker);
}

/// Perl: `chop $text`.
Value gives_chopped(const Call& call, Walker& walker) {
  const Value object = target_of(call).object;
  if (!object.is_text() || object.text.empty()) return {};
  walker.change(object, object.text.literal() ? Value::of(object.text.substr(0, object.text.size() - 1)) : Value());
  return {};
}

/// `new Map([[key, value]])`.
Value gives_map(const Call& call, Walker&) {
  const Value* pairs = call.positional(0);
  Value out = Value::list({});
  if (pairs == nullptr) return out;
  if (pairs->kind != ValueKind::list) return {};
  for (const Value& pair : pairs->items) {
    if (pair.items.size() == 2 && literal(&pair.items.front())) out.set(pair.items.front().text.view(), pair.items.back());
    else out.add("", pair);
  }
  return out;
}

/// `Object.assign(target, …)`.
Value gives_assigned(const Call& call, Walker& walker) {
  Value out = gives_merged(call, walker);
  if (call.arguments.empty() || call.arguments.front().kind != ValueKind::list) return out;
  walker.change(call.arguments.front(), out);
  out.cell = call.arguments.front().cell;
  return out;
}

/// PHP: `array_walk($list, function (&$x) {…})`: each element becomes what the function makes of its parameter.
Value gives_walked(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2 || call.arguments.front().kind != ValueKind::list || !call.arguments[1].closure) return gives_called_for_each(call, walker);
  const std::string element = "#element";
  constexpr std::size_t kMostElements = 32;
  const Value& list = call.arguments.front();
  Value out = Value::list({});
  for (std::size_t i = 0; i < std::min(kMostElements, list.items.size()); ++i) {
    Value item = list.items[i];
    item.apart();
    item.place = element;
    walker.session().variables.erase(element);
    walker.bind(element, item);
    Call inner;
    inner.callee = call.arguments[1];
    inner.add(item);
    (void)walker.apply(inner);
    Value made = walker.lookup(element);
    made.place.clear();
    made.apart();
    out.add(list.keys[i], std::move(made));
  }
  walker.session().variables.erase(element);
  walker.change(list, list.items.size() > kMostElements ? Value() : out);
  return {};
}

/// PHP: `preg_match(pattern, text, $out)`.
Value gives_matched(const Call& call, Walker& walker) {
  for (std::size_t i = 2; i < call.arguments.size(); ++i) walker.change(call.arguments[i], Value());
  return {};
}

/// PHP: `parse_str("a=b&c=d", $out)`.
Value gives_parsed_query(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  Value out = Value::list({});
  if (!literal(&call.arguments.front())) {
    out = Value();
  } else {
    for (const std::string_view pair : base::split(call.arguments.front().text.view(), '&')) {
      const std::size_t sign = std::min(pair.find('='), pair.size());
      std::string value(pair.substr(std::min(sign + 1, pair.size())));
      std::replace(value.begin(), value.end(), '+', ' ');
      out.set(pair.substr(0, sign), unescaped(Value::of(Text(std::move(value)))));
    }
  }
  const Value& target = call.arguments[1];
  if (!target.place.empty()) walker.change(target, out);
  return {};
}

}  // namespace belay::command::inline_code
