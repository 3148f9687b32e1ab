#include <algorithm>
#include <utility>

#include "command/evaluator.h"

namespace belay::command {

namespace {

Value& element(Variable& variable, const std::string& subscript) {
  for (auto& [key, value] : variable.elements) {
    if (key == subscript) return value;
  }
  return variable.elements.emplace_back(subscript, Value(Text())).second;
}

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

}  // namespace

/// `name=(…)`: the elements become the variable.
void Evaluator::assign_array(const shell::Assignment& assignment, Frame& frame) {
  Variable variable;
  if (const Variable* old = frame.state.find(assignment.name)) {
    if (assignment.append) variable = *old;
    variable.is_map = old->is_map;
  }
  variable.is_array = true;
  for (const shell::ArrayElement& one : assignment.elements) {
    if (one.index) {
      const Value index = expander(frame).text(*one.index);
      const std::string* key = index.literal();
      element(variable, key != nullptr ? *key : std::string("?")) = expander(frame).text(one.value);
      continue;
    }
    std::vector<shell::Word> word;
    word.push_back(shell::copy(one.value));
    const Fields fields = words(word, frame);
    for (const Text& field : fields.alternatives.front()) {
      Value value(field);
      for (std::size_t i = 1; i < fields.alternatives.size(); ++i) {
        if (fields.alternatives[i].size() == 1) value.merge(Value(fields.alternatives[i].front()));
      }
      value.taint = fields.taint;
      value.sources = fields.sources;
      element(variable, std::to_string(next_index(variable))) = std::move(value);
    }
  }
  if (!variable.elements.empty()) variable.value = variable.elements.front().second;
  frame.state.variables[assignment.name] = std::move(variable);
}

void Evaluator::assign(const shell::Assignment& assignment, Frame& frame) {
  if (assignment.array) return assign_array(assignment, frame);
  Value value = expander(frame).text(assignment.value);
  if (assignment.index) {
    const Value index = expander(frame).text(*assignment.index);
    Variable& variable = frame.state.variables[assignment.name];
    variable.is_array = true;
    const std::string* key = index.literal();
    Value& slot = element(variable, key != nullptr ? *key : std::string("?"));
    if (assignment.append) slot.append(value);
    else slot = value;
    if (key != nullptr && *key == "0") variable.value = slot;
    return;
  }
  Variable* old = frame.state.find(assignment.name);
  if (assignment.append && old == nullptr) {
    Value before = expander(frame).lookup(assignment.name).value_or(Value(Text()));
    before.append(value);
    value = std::move(before);
  } else if (assignment.append) {
    Value before = old->value;
    before.append(value);
    value = std::move(before);
  }
  const bool exported = old != nullptr && old->exported;
  frame.state.set(assignment.name, std::move(value));
  if (Variable* now = frame.state.find(assignment.name)) now->exported = exported;
}

}  // namespace belay::command
