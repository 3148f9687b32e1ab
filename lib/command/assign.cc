#include <algorithm>
#include <utility>

#include "base/text.h"
#include "command/command_names.h"
#include "command/evaluator.h"

namespace belay::command {

namespace {

/// The next subscript of a list that goes on.
std::size_t next_index(const Variable& variable) {
  std::size_t next = 0;
  for (const auto& [key, value] : variable.elements) {
    if (!key.empty() && key.find_first_not_of("0123456789") == std::string::npos && key.size() < 10) {
      next = std::max<std::size_t>(next, std::stoul(key) + 1);
    }
  }
  return next;
}

/// `declare -u`, `declare -l`.
Value in_letters(Value value, char letters) {
  for (Text& text : value.alternatives) {
    if (!text.literal()) {
      text = Text::hole(text.traits() | model::HoleTrait::any);
      continue;
    }
    std::string changed = base::lower(text.view());
    if (letters == 'u') {
      for (char& c : changed) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    text = Text(changed);
  }
  return value;
}

bool is_open(const Text& field) {
  return model::has(field.traits(), model::HoleTrait::words) || model::has(field.traits(), model::HoleTrait::glob);
}

/// The value that the words have at one place; all alternatives count.
std::vector<Value> columns(const Fields& fields, bool& open) {
  std::vector<Value> out;
  for (const Text& field : fields.alternatives.front()) out.emplace_back(field);
  for (const auto& other : fields.alternatives) {
    if (other.size() != out.size()) open = true;
    for (std::size_t i = 0; i < std::min(other.size(), out.size()); ++i) out[i].merge(Value(other[i]));
    for (const Text& field : other) open = open || is_open(field);
  }
  for (Value& value : out) {
    value.taint = fields.taint;
    value.sources = fields.sources;
  }
  return out;
}

/// The fields of a word behind the elements that are there. One that may be any number of words is one element that is many.
void push_fields(const Fields& fields, Variable& variable) {
  bool open = false;
  const bool one_way = fields.alternatives.size() == 1;
  for (const Value& value : columns(fields, open)) variable.push(value, one_way && is_open(value.alternatives.front()));
  if (open && !one_way) variable.push(Value::unknown(model::HoleTrait::any), true);
}

void keep_array(const std::string& name, Variable variable, State& state) {
  const Value* first = variable.element("0");
  variable.value = first != nullptr ? *first : Value(Text());
  for (const Variable::Elements& other : variable.others) variable.value.merge(other.empty() ? Value(Text()) : other.front().second);
  state.variables[name] = std::move(variable);
}

}  // namespace

/// `name=(…)`: the elements become the variable.
void Evaluator::assign_array(const shell::Assignment& assignment, Frame& frame) {
  const std::string name = frame.state.resolve(assignment.name);
  Variable variable;
  if (const Variable* old = frame.state.find_list(name)) variable = *old;
  if (!assignment.append || variable.unset) variable.elements.clear(), variable.others.clear();
  else if (!variable.is_array) variable.slot("0") = variable.value;
  variable.is_array = true;
  variable.unset = variable.maybe_unset = false;
  const bool indexed = std::any_of(assignment.elements.begin(), assignment.elements.end(), [](const shell::ArrayElement& one) { return one.index != nullptr; });
  if (!variable.is_map && !indexed && !variable.open_anywhere()) {
    for (const shell::ArrayElement& one : assignment.elements) {
      std::vector<shell::Word> word;
      word.push_back(shell::copy(one.value));
      push_fields(words(word, frame), variable);
    }
    return keep_array(name, std::move(variable), frame.state);
  }
  variable.collapse();
  std::size_t next = next_index(variable);
  std::optional<std::string> key;  // of a map without brackets: its words are keys and values in turn
  for (const shell::ArrayElement& one : assignment.elements) {
    if (one.index) {
      const Value index = expander(frame).text(*one.index);
      const auto at = index.literal() != nullptr ? expander(frame).subscript_of(variable, *index.literal()) : std::nullopt;
      Value& slot = variable.slot(at ? *at : std::string(kAnyElement));
      // Of a map, bash leaves the tilde alone.
      const Value value = variable.is_map ? expander(frame).untilded(one.value) : expander(frame).assigned(one.value);
      if (one.append) slot.append(value);
      else slot = value;
      if (at && !variable.is_map) next = std::stoul(*at) + 1;
      continue;
    }
    std::vector<shell::Word> word;
    word.push_back(shell::copy(one.value));
    bool open = false;
    for (Value& value : columns(words(word, frame), open)) {
      if (!variable.is_map) variable.slot(std::to_string(next++)) = std::move(value);
      else if (!key) key = value.literal() != nullptr ? *value.literal() : std::string(kAnyElement);
      else variable.slot(*std::exchange(key, std::nullopt)) = std::move(value);
    }
    if (open) variable.slot(std::string(kAnyElement)) = Value::unknown(model::HoleTrait::any);
  }
  keep_array(name, std::move(variable), frame.state);
}

void Evaluator::put(const std::string& name, Value value, bool append, Frame& frame) {
  Expander names = expander(frame);
  const Variable* old = frame.state.find(name);
  if (old != nullptr && old->is_integer) {
    const auto number = value.literal() != nullptr ? names.calculate(*value.literal()) : std::nullopt;
    const auto before = append ? names.number_at({name, std::nullopt}, 0) : std::optional<std::int64_t>(0);
    value = number && before ? Value(Text(std::to_string(*before + *number))) : Value::unknown(model::HoleTrait::none);
  } else if (append) {
    Value before = names.lookup(name).value_or(Value(Text()));
    before.append(value);
    value = std::move(before);
  }
  if (old != nullptr && old->letters != 0) value = in_letters(std::move(value), old->letters);
  if (name == "BASH_ARGV0") frame.state.zero = value;
  frame.state.set(name, std::move(value));
}

void Evaluator::assign(const shell::Assignment& assignment, Frame& frame) {
  const bool names_commands = (assignment.array || assignment.index) && is_command_table(assignment.name, frame.state.shell);
  if (names_commands) frame.state.variables[assignment.name].is_map = true;
  if (assignment.array) assign_array(assignment, frame);
  else assign_plain(assignment, frame);
  if (names_commands) name_commands(assignment.name, frame.state);
}

void Evaluator::assign_plain(const shell::Assignment& assignment, Frame& frame) {
  const bool environments = environment_decides(assignment.value.parts, frame.state);
  Value value = expander(frame).assigned(assignment.value);
  if (environments) value.note_environment();
  if (!assignment.index) return put(assignment.name, std::move(value), assignment.append, frame);
  const Value index = expander(frame).text(*assignment.index);
  if (index.literal() != nullptr && names_files(assignment.name, frame.state.shell)) return run_prompt(Text("$(> '" + *index.literal() + "')"));
  const Expander::Place place{assignment.name, index.literal() != nullptr ? *index.literal() : std::string("\x01")};
  if (assignment.append) {
    Variable& variable = frame.state.variables[frame.state.resolve(assignment.name)];
    const auto key = expander(frame).subscript_of(variable, *place.subscript);
    const Value* old = key ? variable.element(*key) : nullptr;
    Value before = old != nullptr ? *old : key ? Value(Text()) : Value::unknown();
    before.append(value);
    value = std::move(before);
  }
  expander(frame).assign_at(place, std::move(value));
}

}  // namespace belay::command
