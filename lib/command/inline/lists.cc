#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// Lists that are built in steps, and parts of lists and texts.
namespace belay::command::inline_code {

namespace {

Value object_of(const Call& call) { return call.callee.self ? *call.callee.self : Value(); }
std::string_view member_of(const Call& call) { return std::string_view(call.callee.name).substr(call.callee.name.rfind('.') + 1); }

void put_back(const Value& before, const Value& now, Walker& walker) {
  walker.change(before, now);
}

Value plain(Value v) {
  v.place.clear();
  v.apart();
  return v;
}

std::vector<Value> all_of(const Call& call, std::size_t from, bool opens) {
  std::vector<Value> out;
  for (std::size_t i = from; i < call.arguments.size(); ++i) {
    const Value& v = call.arguments[i];
    if (opens && v.kind == ValueKind::list) out.insert(out.end(), v.items.begin(), v.items.end());
    else if (call.keys[i].empty()) out.push_back(v);
  }
  return out;
}

/// Of a list that is not known, functions that it takes are what can be called of it.
Value grown(const Value& list, const std::vector<Value>& more, bool front) {
  const bool functions = std::any_of(more.begin(), more.end(), [](const Value& v) { return v.kind == ValueKind::name; });
  if (list.kind != ValueKind::list && (list.kind != ValueKind::unknown || !functions)) return list;
  Value out = Value::list(front ? more : std::vector<Value>());
  out.name = list.name;
  for (std::size_t i = 0; i < list.items.size(); ++i) out.add(list.keys[i], list.items[i]);
  for (const Value& v : front ? std::vector<Value>() : more) out.add("", v);
  return out;
}

/// A number that may count from the end; `otherwise` when there is none.
long bound_of(std::string_view text, long size, long otherwise) {
  const bool negative = text.starts_with('-');
  long n = 0;
  for (const char c : text.substr(negative ? 1 : 0)) {
    if (!base::is_digit(c) || n > 100000) return otherwise;
    n = n * 10 + (c - '0');
  }
  if (text.empty()) return otherwise;
  return std::clamp(negative ? size - n : n, 0L, size);
}

long number_at(const Call& call, std::size_t at, long size, long otherwise) {
  const Value* v = call.positional(at);
  return v != nullptr && v->is_text() && v->text.literal() ? bound_of(v->text.view(), size, otherwise) : otherwise;
}

long size_of(const Value& v) { return static_cast<long>(v.is_text() ? v.text.size() : v.items.size()); }

Value part(const Value& of, long begin, long end) {
  begin = std::clamp(begin, 0L, size_of(of));
  end = std::clamp(end, begin, size_of(of));
  const auto from = static_cast<std::size_t>(begin);
  const auto to = static_cast<std::size_t>(end);
  Value out;
  if (of.is_text()) {
    if (!of.text.literal()) return {};
    out = Value::of(of.text.substr(from, to - from));
  } else if (of.kind == ValueKind::list) {
    out = Value::list({});
    for (std::size_t i = from; i < to; ++i) out.add(of.keys[i], of.items[i]);
  }
  out.inherit(of);
  return out;
}

}  // namespace

/// `list.reverse()`: the variable too.
Value gives_reversed_in_place(const Call& call, Walker& walker) {
  const Value before = object_of(call);
  Value after = gives_reversed(call, walker);
  if (before.kind == ValueKind::list) put_back(before, plain(after), walker);
  return after;
}

/// `list.clear()`
Value gives_cleared(const Call& call, Walker& walker) {
  const Value before = object_of(call);
  if (before.kind != ValueKind::list && !(before.is_text() && walker.dialect().copies == Copies::texts)) return {};
  Value after = before.is_text() ? Value::of(Text()) : Value::list({});
  put_back(before, after, walker);
  after.cell = before.cell;
  return after;
}

/// `text.replace(other)` of Ruby, and of lists.
Value gives_replaced_whole(const Call& call, Walker& walker) {
  const Value* other = call.positional(0);
  if (other == nullptr) return {};
  put_back(object_of(call), plain(*other), walker);
  return *other;
}

/// `list.append(x)`, `push`, `extend`, `unshift`: the variable that holds the list holds the longer one.
Value gives_grown(const Call& call, Walker& walker) {
  const Value before = object_of(call);
  const std::string_view name = member_of(call);
  const bool front = lists("unshift prepend appendleft", name);
  const std::vector<Value> more = all_of(call, 0, lists("extend concat", name));
  Value after = plain(grown(before, more, front));
  for (const Value& v : before.is_text() ? more : std::vector<Value>()) after = front ? joined(v, after) : joined(after, v);  // Ruby
  put_back(before, after, walker);
  after.cell = before.cell;
  return after;
}

/// `push @list, x`, `array_push($list, x)`, `table.insert(list, x)`.
Value gives_grown_first(const Call& call, Walker& walker) {
  if (call.arguments.empty()) return {};
  Value before = call.arguments.front();
  if (before.kind == ValueKind::unknown && !before.place.empty()) before.kind = ValueKind::list;
  if (before.is_text() && !before.place.empty()) before = Value::list({before});
  Value after = plain(grown(before, all_of(call, 1, walker.dialect().has(Trait::default_argument)), member_of(call).find("unshift") != std::string_view::npos));
  put_back(call.arguments.front(), after, walker);
  return after;
}

Value gives_list_joined(const Call& call, Walker&) {  // a.concat(b)
  const Value self = object_of(call);
  if (self.kind != ValueKind::list) return {};
  return plain(grown(self, all_of(call, 0, true), false));
}

/// `dict(a=x)`, `dict(pairs)`; `dict(vars(module))` is the module.
Value gives_dict(const Call& call, Walker& walker) {
  if (call.arguments.size() == 1 && call.keys[0].empty() && call.arguments[0].kind == ValueKind::name) return call.arguments[0];
  Value out = Value::list({});
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Value& v = call.arguments[i];
    if (!call.keys[i].empty()) out.set(call.keys[i], v);
    else if (v.kind == ValueKind::list) out = joined(out, v);
  }
  (void)walker;
  return out;
}

Value gives_all_lists(const Call& call, Walker&) {  // array_merge(a, b)
  return Value::list(all_of(call, 0, true));
}

/// `explode(separator, text)`.
Value gives_exploded(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  Call inner;
  inner.callee.self = std::make_shared<const Value>(call.arguments[1]);
  inner.add(call.arguments[0]);
  return gives_split(inner, walker);
}

/// File::Find: `find(sub {…}, folders)`: `$_` is each file below them.
Value gives_found(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  const Value* function = call.arguments.front().field("wanted");
  if (function == nullptr) function = &call.arguments.front();
  if (!walker.acts(*function)) return {};
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    for_each(call.arguments[i], [&](const Value& folder) {
      Text below = folder.as_text();
      below.append("/");
      below.append_hole(model::HoleTrait::slash | model::HoleTrait::blank | model::HoleTrait::each);
      for (const char* name : {"$_", "$File.Find.name", "$File"}) walker.bind(name, Value::of(below));
      (void)walker.apply({*function, {}, {}});
    });
  }
  return {};
}

Value gives_merged(const Call& call, Walker&) {
  Value out = Value::list({});
  for (const Value& v : call.arguments) {
    for (std::size_t i = 0; i < v.items.size() && v.kind == ValueKind::list; ++i) out.set(v.keys[i], v.items[i]);
  }
  return out;
}

/// `d.update(other)`, `d.update(key=value)`, on `globals()` too.
Value gives_updated(const Call& call, Walker& walker) {
  const Value before = object_of(call);
  const bool names = before.kind == ValueKind::name && before.name.empty();
  Value after = plain(before);
  const auto set = [&](const std::string& key, const Value& value) {
    if (names) walker.bind(key, value);
    else if (after.kind == ValueKind::list) after.set(key, value);
  };
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Value& v = call.arguments[i];
    if (!call.keys[i].empty()) set(call.keys[i], v);
    for (std::size_t k = 0; k < v.items.size() && v.kind == ValueKind::list && call.keys[i].empty(); ++k) set(v.keys[k], v.items[k]);
  }
  if (!names) put_back(before, after, walker);
  return {};
}

/// `extract(["f" => x])`.
Value gives_extracted(const Call& call, Walker& walker) {
  for (const Value& v : call.arguments) {
    for (std::size_t i = 0; i < v.items.size(); ++i) walker.bind("$" + v.keys[i], v.items[i]);
  }
  return {};
}

/// `define('F', x)`, `setattr(object, name, x)`.
Value gives_defined(const Call& call, Walker& walker) {
  const std::size_t at = call.arguments.size() > 2 && call.arguments[1].is_text() ? 1 : 0;
  if (call.arguments.size() < at + 2 || !call.arguments[at].is_text()) return {};
  std::string name = call.arguments[at].text.bytes();
  if (at == 1 && walker.acts(call.arguments[2])) walker.session().members[name] = call.arguments[2];
  if (at == 1 && call.arguments[0].kind != ValueKind::name) return walker.set_member(call.arguments[0], name, call.arguments[2]), Value();
  if (at == 1 && !call.arguments[0].name.empty()) name = call.arguments[0].name + "." + name;
  walker.bind(name, call.arguments[at + 1]);
  return {};
}

/// `list.pop()`, `first`, `last`, `at(-1)`. What is taken away is no more in it; where a loop may take it, it is any of them.
Value gives_element(const Call& call, Walker& walker) {
  const Value self = call.callee.self ? *call.callee.self : call.arguments.empty() ? Value() : call.arguments.front();
  if (self.kind != ValueKind::list || self.items.empty()) return self.is_text() && call.callee.self ? self : Value();
  const std::string_view name = member_of(call);
  const bool front = lists("shift first popleft array_shift reset current", name);
  const long size = size_of(self);
  const long at = number_at(call, call.callee.self ? 0 : 1, size, front ? 0 : size - 1);
  const auto place = static_cast<std::size_t>(std::min(at, size - 1));
  if (!lists("shift pop popleft array_shift array_pop", name)) return self.items[place];
  if (walker.session().repeats) return element_of(self);
  Value left = Value::list({});
  left.name = self.name;
  for (std::size_t i = 0; i < self.items.size(); ++i) {
    if (i != place) left.add(self.keys[i], self.items[i]);
  }
  put_back(self, left, walker);
  return self.items[place];
}

/// `map.get(key)`: of a map, of a list of pairs, of the members of a module.
Value gives_field(const Call& call, Walker& walker) {
  const Value self = object_of(call);
  const Value* key = call.positional(0);
  if (key == nullptr || !key->is_text() || !key->text.literal()) return self.kind == ValueKind::list ? element_of(self) : Value();
  const std::string_view name = key->text.view();
  if (const Value* field = self.field(name)) return *field;
  for (const Value& pair : self.items) {
    if (pair.kind == ValueKind::list && pair.items.size() == 2 && pair.items[0].as_text().view() == name) return pair.items[1];
  }
  if (self.kind != ValueKind::name || self.name.starts_with('#') || name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") != std::string_view::npos) return {};
  Value out = walker.member(self, name);
  return walker.acts(out) || self.name.empty() ? out : Value();
}

/// `dict.values()`, `Object.entries(o)`.
Value gives_values(const Call& call, Walker&) {
  const Value self = object_of(call).kind == ValueKind::list ? object_of(call) : call.arguments.empty() ? Value() : call.arguments.front();
  if (self.kind != ValueKind::list) return {};
  Value out = Value::list({});
  const bool pairs = lists("items entries", member_of(call));
  for (std::size_t i = 0; i < self.items.size(); ++i) out.add("", pairs ? Value::list({Value::of(Text(self.keys[i])), self.items[i]}) : self.items[i]);
  return out;
}

/// `text.slice(2, -2)`, `substring`, `sub`; of Perl and PHP `substr(text, from, length)`.
Value gives_part(const Call& call, Walker& walker) {
  const bool method = call.callee.self && (call.callee.self->is_text() || call.callee.self->kind == ValueKind::list);
  if (!method && call.arguments.empty()) return {};
  const Value of = method ? *call.callee.self : call.arguments.front();
  const std::size_t at = method ? 0 : 1;
  const long size = size_of(of);
  const std::string_view name = member_of(call);
  if (walker.dialect().language == "lua") return part(of, std::max(number_at(call, at, size + 1, 1), 1L) - 1, number_at(call, at + 1, size + 1, size));
  const long begin = number_at(call, at, size, 0);
  const bool counts = name == "substr" || (name == "slice" && walker.dialect().has(Trait::percent_literals));
  if (!counts) return part(of, begin, number_at(call, at + 1, size, size));
  const Value* length = call.positional(at + 1);
  if (length == nullptr && name == "slice") return part(of, begin, begin + 1);
  if (length != nullptr && length->as_text().view().starts_with('-')) return part(of, begin, number_at(call, at + 1, size, size));
  return part(of, begin, begin + number_at(call, at + 1, size, size));
}

/// `[2:-2]`, `[::-1]`, `[2..-3]`, `[2...5]`, `[2,8]` as it is written; unknown when it is none of them.
Value sliced(const Value& of, std::string_view spec) {
  if (spec == "::-1") {
    Value out = plain(of);
    std::reverse(out.items.begin(), out.items.end());
    std::reverse(out.keys.begin(), out.keys.end());
    if (!out.is_text()) return out.kind == ValueKind::list ? out : Value();
    if (!out.text.literal()) return {};
    std::string bytes = out.text.bytes();
    std::reverse(bytes.begin(), bytes.end());
    return Value::of(Text(std::move(bytes)));
  }
  const auto range = range_of(of, spec);
  return range ? part(of, static_cast<long>(range->first), static_cast<long>(range->second)) : Value();
}

std::optional<std::pair<std::size_t, std::size_t>> range_of(const Value& of, std::string_view spec) {
  const long size = size_of(of);
  const auto between = [&](long begin, long end) {
    begin = std::clamp(begin, 0L, size);
    return std::pair(static_cast<std::size_t>(begin), static_cast<std::size_t>(std::clamp(end, begin, size)));
  };
  if (spec.empty()) return std::nullopt;
  if (const auto dots = spec.find(".."); dots != std::string_view::npos) {
    const bool open = spec.substr(dots, 3) == "...";
    const std::string_view end = spec.substr(dots + (open ? 3 : 2));
    const long last = bound_of(end, size, size);
    return between(bound_of(spec.substr(0, dots), size, 0), end.empty() || open ? last : last + 1);
  }
  if (const auto comma = spec.find(','); comma != std::string_view::npos) {
    const long begin = bound_of(spec.substr(0, comma), size, 0);
    return between(begin, begin + bound_of(spec.substr(comma + 1), size, size));
  }
  const auto colon = spec.find(':');
  if (colon != std::string_view::npos && spec.find(':', colon + 1) != std::string_view::npos) return std::nullopt;
  if (colon != std::string_view::npos) return between(bound_of(spec.substr(0, colon), size, 0), bound_of(spec.substr(colon + 1), size, size));
  const long at = bound_of(spec, size, -1);
  if (at < 0) return std::nullopt;
  return between(at, at + 1);
}

/// `[0]`, `[-1]` of a list or a text.
Value at_position(const Value& of, std::string_view number) {
  const long size = size_of(of);
  long n = bound_of(number, size, -1);
  if (n == size && of.full()) --n;
  if (n < 0 || n >= size) return {};
  return of.is_text() ? part(of, n, n + 1) : of.items[static_cast<std::size_t>(n)];
}

}  // namespace belay::command::inline_code
