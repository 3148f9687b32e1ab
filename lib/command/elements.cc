#include <algorithm>
#include <string>

#include "command/command_names.h"
#include "command/expand.h"

/// Elements of arrays and lists: which ones a subscript, a slice or all of them stand for (bash(1) "Arrays").
namespace belay::command {

namespace {

constexpr HoleTrait kUnknown = HoleTrait::slash | HoleTrait::blank | HoleTrait::empty;

/// zsh(1), "Arrays": without a subscript a list stands for all of its elements, in bash for the first one.
Value all_elements(const Variable& list) {
  Value out;
  for (const auto& [key, value] : list.elements) {
    if (&value != &list.elements.front().second) out.append(Value(Text(" ")));
    out.append(value);
  }
  return out;
}

/// Under a subscript that is not known.
Value any_element(const Variable& list, bool& maybe_unset) {
  maybe_unset = true;
  const bool open = list.open_ended() || list.elements.empty() || !list.others.empty();
  Value out = open ? Value::unknown(kUnknown) : list.elements.front().second;
  for (const auto& [key, value] : list.elements) out.merge(value);
  if (open) out.alternatives.assign(1, Text::hole(kUnknown));
  return out;
}

}  // namespace

Expander::List Expander::items_of(const Subject& subject) {
  if (subject.name == "@" || subject.name == "*") return {state_.positional, state_.positional_known};
  const Variable* v = state_.find(subject.name);
  if (v == nullptr) {
    // The environment has no arrays, but it may have that name.
    const auto value = lookup(subject.name);
    const bool known = value && std::ranges::all_of(value->alternatives, &Text::literal);
    return {known ? std::vector{*value} : std::vector<Value>(), known};
  }
  if (v->unset) return {};
  if (!v->is_array) return {{v->value}, !v->maybe_unset};
  return list_of(*v, v->elements);
}

/// One for each content that a list may have.
std::vector<Expander::List> Expander::lists_of(const Subject& subject) {
  const bool positional = subject.name == "@" || subject.name == "*";
  const Variable* v = positional ? nullptr : state_.find_list(subject.name);
  if (v == nullptr || v->unset || !v->is_array || v->others.empty()) return {items_of(subject)};
  std::vector<List> out{list_of(*v, v->elements)};
  for (const Variable::Elements& other : v->others) out.push_back(list_of(*v, other));
  return out;
}

Expander::List Expander::list_of(const Variable& variable, const Variable::Elements& elements) {
  List list{{}, !variable.maybe_unset};
  for (const auto& [key, value] : elements) {
    if (key == kAnyElement) list.known = false;
    else list.items.push_back(value);
    list.counted = list.counted && key != kLaterElement;
  }
  return list;
}

Expander::List Expander::keys_of(const Subject& subject) {
  const Variable* v = state_.find(subject.name);
  if (v == nullptr) return {{}, false};
  if (v->unset) return {};
  if (!v->is_array) return {{Value(Text("0"))}, !v->maybe_unset};
  List list{{}, !v->maybe_unset && !v->open_ended()};
  for (const auto& [key, value] : v->elements) {
    if (key != kAnyElement && key != kLaterElement) list.items.emplace_back(Text(key));
  }
  return list;
}

/// `${@:offset:length}`, `${a[@]:offset:length}`. The offset of an array is a subscript.
Expander::List Expander::slice(const shell::Parameter& p, const Subject& subject) {
  List list = items_of(subject);
  const bool positional = subject.name == "@" || subject.name == "*";
  const auto amount = [&](const std::unique_ptr<shell::Word>& word) {
    const Value value = arithmetic(*word);
    return value.literal() != nullptr ? calculate(*value.literal()) : std::nullopt;
  };
  auto from = p.operand ? amount(p.operand) : std::optional<std::int64_t>(0);
  const auto count = p.operand2 ? amount(p.operand2) : std::optional<std::int64_t>(INT32_MAX);
  const Variable* v = positional ? nullptr : state_.find(subject.name);
  if (!from || !count || *count < 0 || (v != nullptr && v->is_map)) return {list.items, false};
  if (!list.known || !list.counted) return {list.items, false};
  std::vector<std::int64_t> at;  // the subscript of each item
  if (positional) list.items.insert(list.items.begin(), state_.zero);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    at.push_back(v != nullptr && v->is_array ? calculate(v->elements[i].first).value_or(0) : static_cast<std::int64_t>(i));
  }
  const std::int64_t end = at.empty() ? 0 : at.back() + 1;
  if (*from < 0) from = *from + end;
  List out;
  for (std::size_t i = 0; i < list.items.size() && *from >= 0; ++i) {
    if (at[i] >= *from && static_cast<std::int64_t>(out.items.size()) < *count) out.items.push_back(list.items[i]);
  }
  return out;
}

std::optional<Value> Expander::element_of(const Variable& variable, const std::string& written, bool& maybe_unset, int depth) {
  if (variable.unset) return std::nullopt;
  const bool part = counts_from_one(state_.shell) && (!variable.is_array || written.find(',') != std::string::npos);
  if (part) return Value::unknown(kUnknown | HoleTrait::words);  // letters of a text, a range of elements
  const auto key = subscript_of(variable, written, depth);
  if (!key || variable.open_anywhere()) return any_element(variable, maybe_unset);
  maybe_unset = maybe_unset || variable.maybe_unset;
  if (!variable.is_array && *key == "0") return variable.value;
  if (const Value* found = variable.element(*key)) return *found;
  maybe_unset = maybe_unset || variable.open_ended();
  return variable.maybe_unset || variable.open_ended() ? std::optional(Value::unknown(kUnknown)) : std::nullopt;
}

void Expander::add_elements(std::string_view name, Value& value) const {
  const Variable* list = state_.find(name);
  if (list != nullptr && list->is_array && !list->is_map && list->elements.size() > 1 && !list->open_ended()) value.merge(all_elements(*list));
}

std::optional<Value> Expander::value_of(const Subject& subject, bool& maybe_unset) {
  if (!subject.subscript) return lookup(subject.name, &maybe_unset);
  const Variable* v = state_.find(subject.name);
  const std::string* written = subject.subscript->literal();
  if (v != nullptr && written != nullptr) return element_of(*v, *written, maybe_unset);
  if (written != nullptr && names_files(subject.name, state_.shell)) {
    substitution_.run_prompt(Text("$(< '" + *written + "')"));
    return Value::unknown(kUnknown);
  }
  if (written != nullptr) static_cast<void>(calculate(subject.name + "[" + *written + "]"));  // it may assign, or run
  if (v != nullptr && v->is_array) return any_element(*v, maybe_unset);
  maybe_unset = true;
  return Value::unknown(kUnknown);
}

}  // namespace belay::command
