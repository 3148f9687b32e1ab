#include "command/inline/value.h"

#include <algorithm>
#include <functional>

namespace belay::command::inline_code {

using model::HoleTrait;

Value Value::of(Text t) {
  Value v;
  v.kind = ValueKind::text;
  v.text = t.size() > kMostText ? Text::hole(HoleTrait::any) : std::move(t);
  v.weight = 1 + v.text.size() / 64;
  return v;
}

Value Value::named(std::string n) {
  Value v;
  v.kind = ValueKind::name;
  v.name = std::move(n);
  return v;
}

Value Value::typed(std::string type, Text t) {
  Value v = of(std::move(t));
  v.name = std::move(type);
  return v;
}

Value Value::list(std::vector<Value> values) {
  Value v;
  v.kind = ValueKind::list;
  for (Value& item : values) v.add("", std::move(item));
  return v;
}

Text Value::as_text() const { return is_text() ? text : Text::hole(HoleTrait::any); }

const Value* Value::field(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == key) return &items[i];
  }
  return nullptr;
}

bool Value::full() const { return items.size() >= kMostWeight; }

void Value::add(std::string key, Value value) {
  inherit(value);
  if (weight + value.weight > kMostWeight && value.kind != ValueKind::name) value = Value();
  weight += value.weight;
  if (full() && value.kind == ValueKind::name) items.back() = std::move(value);
  if (full()) return;
  keys.push_back(std::move(key));
  items.push_back(std::move(value));
}

void Value::set(std::string_view key, Value value) {
  const bool number = !key.empty() && key.find_first_not_of("0123456789") == std::string_view::npos;
  std::size_t n = number && key.size() < 5 ? static_cast<std::size_t>(std::stoul(std::string(key))) : items.size();
  for (std::size_t i = 0; i < keys.size() && !key.empty(); ++i) {
    if (keys[i] == key) n = i;
  }
  inherit(value);
  if (n >= items.size()) return add(number ? std::string() : std::string(key), std::move(value));
  weight += value.weight;
  items[n] = weight > kMostWeight ? Value() : std::move(value);
}

void Value::inherit(const Value& other) {
  taint = taint | other.taint;
  for (const std::uint32_t s : other.sources) {
    if (sources.size() < 16 && std::find(sources.begin(), sources.end(), s) == sources.end()) sources.push_back(s);
  }
}

Value joined(const Value& a, const Value& b) {
  if (is_choice_of_lists(a)) return of_each(a, [&](const Value& one) { return joined(one, b); });
  if (a.kind == ValueKind::list && b.kind == ValueKind::list) {
    Value out = a;
    out.apart();
    for (std::size_t i = 0; i < b.items.size(); ++i) out.add(b.keys[i], b.items[i]);
    return out;
  }
  if (is_choice_of_texts(a) && !is_choice_of_texts(b)) return of_each(a, [&](const Value& one) { return joined(one, b); });
  if (is_choice_of_texts(b) && !is_choice_of_texts(a)) return of_each(b, [&](const Value& one) { return joined(a, one); });
  Text text = a.as_text();
  text.append(b.as_text());
  Value out = Value::of(std::move(text));
  out.inherit(a);
  out.inherit(b);
  return out;
}

Value either(Value a, Value b) {
  constexpr std::size_t kMostChoice = 64;
  if ((a.kind == ValueKind::unknown && b.kind == ValueKind::unknown) || a.weight + b.weight > kMostChoice) {
    Value out;
    out.inherit(a);
    out.inherit(b);
    return out;
  }
  Value out = Value::list({});
  out.kind = ValueKind::choice;
  for (Value& one : {std::ref(a), std::ref(b)}) {  // one of several, however they came together
    if (one.kind != ValueKind::choice) out.add("", std::move(one));
    else
      for (Value& item : one.items) out.add("", std::move(item));
    out.inherit(one);
  }
  return out;
}

bool is_choice_of_texts(const Value& value) {
  return value.kind == ValueKind::choice && !value.items.empty() && value.items.size() <= kMostAlternatives &&
         std::all_of(value.items.begin(), value.items.end(), [](const Value& item) { return item.is_text(); });
}

bool is_choice_of_lists(const Value& value) {
  return value.kind == ValueKind::choice && value.items.size() <= kMostAlternatives &&
         std::any_of(value.items.begin(), value.items.end(), [](const Value& item) { return item.kind == ValueKind::list; });
}

Text join_path(const Text& a, const Text& b) {
  if (a.empty() || (!b.empty() && (b.view()[0] == '/' || b.view()[0] == kHomeMark))) return b;
  if (b.empty()) return a;
  Text out = a;
  if (a.view().back() != '/') out.append("/");
  out.append(b);
  return out;
}

namespace {

void append_fields(Text& out, const Value& value) {
  if (value.kind != ValueKind::list) return out.append(value.as_text());
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    out.append(value.keys[i]);
    if (!value.keys[i].empty()) out.append("=");
    append_fields(out, value.items[i]);
    out.append("\n");
  }
}

}  // namespace

Value serialised(const Value& value) {
  Text text;
  append_fields(text, value);
  Value out = Value::of(std::move(text));
  out.inherit(value);
  return out;
}

bool truthy(const Value& value) {
  if (value.kind == ValueKind::text) {
    const std::string_view v = value.text.view();
    return !v.empty() && v != "0";
  }
  if (value.kind != ValueKind::name) return true;
  for (const std::string_view no : {"false", "False", "FALSE", "F", "nil", "None", "null", "NULL", "undefined"}) {
    if (value.name == no) return false;
  }
  return true;
}

}  // namespace belay::command::inline_code
