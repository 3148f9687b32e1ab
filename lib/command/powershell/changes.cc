#include <algorithm>

#include "base/text.h"
#include "command/inline/dialect.h"
#include "command/powershell/walker.h"

/// Arrays, lists and hashtables that change: by an assignment to an element, by a method, and by another name that holds the same one
/// (about_Arrays, about_Hash_Tables: an assignment copies neither).
namespace belay::command::powershell {

namespace {

using inline_code::lists;

bool literal(const Value& v) { return v.is_text() && v.text.literal(); }

/// The key as the hashtable spells it.
std::string key_in(const Value& map, std::string_view key) {
  const auto it = std::find_if(map.keys.begin(), map.keys.end(), [&](const std::string& k) { return base::iequals(k, key); });
  return it == map.keys.end() ? std::string(key) : *it;
}

Value with_any(const Value& list, const Value& value) {
  Value out = Value::list({});
  for (std::size_t i = 0; i < list.items.size(); ++i) out.add(list.keys[i], inline_code::either(list.items[i], value));
  return out;
}

/// `[0]`, `['key']`, `.key`; empty when it is something else.
std::string simple_key(std::string_view part) {
  if (part.starts_with('.')) return part.find_first_of(".[", 1) == std::string_view::npos ? std::string(part.substr(1)) : std::string();
  if (part.size() < 3 || part.back() != ']') return {};
  part = base::trim(part.substr(1, part.size() - 2));
  const bool quoted = part.size() > 1 && (part.front() == '\'' || part.front() == '"') && part.back() == part.front();
  if (quoted) part = part.substr(1, part.size() - 2);
  return part.find_first_of(quoted ? "$`'\"" : "$`'\"()[]., ") == std::string_view::npos ? std::string(part) : std::string();
}

Value without(const Value& list, std::size_t at) {
  Value out = Value::list({});
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i != at) out.add(list.keys[i], list.items[i]);
  }
  return out;
}

/// `Insert(0, x)`, `RemoveAt(0)`, `Remove(x)`.
Value moved(const Value& object, const std::string& name, const std::vector<Value>& arguments) {
  if (arguments.empty() || !literal(arguments.front())) return {};
  const std::string_view first = arguments.front().text.view();
  std::size_t at = object.items.size();
  if (name == "remove") {
    for (std::size_t i = object.items.size(); i-- > 0;) {
      if (object.keys[i].empty() ? object.items[i].is_text() && object.items[i].text.view() == first : base::iequals(object.keys[i], first)) at = i;
    }
    return without(object, at);
  }
  const auto number = integer(arguments.front());
  if (!number || *number < 0) return {};
  at = static_cast<std::size_t>(*number);
  if (name == "removeat") return without(object, at);
  Value out = Value::list({});
  for (std::size_t i = 0; i < object.items.size(); ++i) {
    if (i == at && arguments.size() > 1) out.add("", arguments[1]);
    out.add(object.keys[i], object.items[i]);
  }
  if (at >= object.items.size() && arguments.size() > 1) out.add("", arguments[1]);
  return out;
}

}  // namespace

void change(const Value& before, const Value& after, Session& session) {
  if (before.cell == 0) return;
  Value now = after;
  now.cell = before.cell;
  for (auto& [name, variable] : session.variables) {
    if (!session.spend()) return;
    if (variable.cell != before.cell) continue;
    Value other = session.branches > 0 ? inline_code::either(variable, now) : now;
    other.cell = before.cell;
    variable = std::move(other);
  }
}

void assign_part(const std::string& name, std::string_view part, const Value& value, bool appends, Session& session) {
  const Value before = lookup(name, session);
  if (before.kind != ValueKind::list) return;
  std::string key = simple_key(part);
  if (key.starts_with('-')) {
    const auto back = integer(Value::of(Text(key)));
    const long at = static_cast<long>(before.items.size()) + back.value_or(0);
    key = at < 0 ? std::string() : std::to_string(at);
  }
  Value after = before;
  after.apart();
  if (key.empty()) after = with_any(before, value);
  else if (key = key_in(before, key); !appends) after.set(key, value);
  else after.set(key, before.field(key) == nullptr ? Value() : operate("+", *before.field(key), value));
  change(before, after, session);
}

bool changes(const Value& object, const std::string& name, const std::vector<Value>& arguments, Session& session) {
  if (name == "reverse" && object.name == "array" && !arguments.empty()) {
    Value after = Value::list({});
    for (std::size_t i = arguments.front().items.size(); i-- > 0;) after.add("", arguments.front().items[i]);
    if (arguments.size() > 1) after = with_any(arguments.front(), Value());
    change(arguments.front(), after, session);
    return false;  // what it gives is looked up elsewhere
  }
  if (object.name == "array" && lists("sort copy clear fill resize", name)) {
    for (const Value& a : arguments) change(a, with_any(a, Value()), session);
    return true;
  }
  if (object.kind != ValueKind::list || object.cell == 0) return false;
  if (!lists("add set_item setvalue insert removeat remove clear reverse sort addrange insertrange removerange", name)) return false;
  Value after = object;
  after.apart();
  if (name == "add" && arguments.size() == 1) after.add("", arguments.front());
  else if (lists("add set_item", name) && arguments.size() == 2 && literal(arguments.front())) after.set(key_in(object, arguments.front().text.view()), arguments[1]);
  else if (name == "setvalue" && arguments.size() == 2 && literal(arguments[1])) after.set(arguments[1].text.view(), arguments.front());
  else if (name == "clear") after = Value::list({});
  else if (name == "reverse" && arguments.empty()) std::reverse(after.items.begin(), after.items.end()), std::reverse(after.keys.begin(), after.keys.end());
  else if (lists("insert removeat remove", name)) after = moved(object, name, arguments);
  else after = with_any(object, Value());
  change(object, after, session);
  return true;
}

}  // namespace belay::command::powershell
