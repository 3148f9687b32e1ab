#include "command/state.h"

#include <algorithm>
#include <utility>

namespace belay::command {

Variable* State::find(std::string_view name) {
  const auto it = variables.find(name);
  if (it == variables.end()) return nullptr;
  if (!it->second.is_reference) return &it->second;
  const std::string* target = it->second.value.literal();
  const auto other = target == nullptr ? variables.end() : variables.find(*target);
  return other == variables.end() || other->second.is_reference ? nullptr : &other->second;  // a chain of references is unknown
}

void State::set(const std::string& name, Value value) {
  Variable* variable = find(name);
  if (variable == nullptr) variable = &variables[name];
  variable->value = std::move(value);
  variable->is_array = false;
  variable->maybe_unset = false;
  variable->elements.clear();
}

void State::merge_cwds(const std::vector<Text>& others) {
  constexpr std::size_t kMost = 4;
  for (const Text& cwd : others) {
    if (std::find(cwds.begin(), cwds.end(), cwd) == cwds.end()) cwds.push_back(cwd);
  }
  if (cwds.size() > kMost) cwds.assign(1, Text::hole(HoleTrait::any));
}

void State::settle() {
  if (!moved) return;
  const Moved there = *std::exchange(moved, std::nullopt);
  cwds = there.on_success;
  if (!there.certain) merge_cwds(there.on_failure);
}

State State::split() {
  State failed = *this;
  if (moved) {
    cwds = moved->on_success;
    failed.cwds = moved->on_failure;
    failed.doubtful = doubtful || moved->certain;
    moved.reset();
    failed.moved.reset();
  }
  return failed;
}

void State::merge(const State& other) {
  if (other.ended) return;
  if (other.doubtful && !doubtful && !ended) return;
  if (ended || (doubtful && !other.doubtful)) {
    *this = other;
    return;
  }
  for (const auto& [name, theirs] : other.variables) {
    const auto mine = variables.find(name);
    if (mine == variables.end()) {
      Variable copy = theirs;
      copy.maybe_unset = true;
      variables.emplace(name, std::move(copy));
      continue;
    }
    Variable& v = mine->second;
    v.value.merge(theirs.value);
    v.maybe_unset = v.maybe_unset || theirs.maybe_unset;
    if (v.elements.empty()) v.elements = theirs.elements;
    v.is_array = v.is_array || theirs.is_array;
  }
  for (auto& [name, mine] : variables) {
    if (other.variables.find(name) == other.variables.end()) mine.maybe_unset = true;
  }
  functions.insert(other.functions.begin(), other.functions.end());
  aliases.insert(other.aliases.begin(), other.aliases.end());
  merge_cwds(other.cwds);
  if (positional.size() != other.positional.size()) positional_known = false;
  else for (std::size_t i = 0; i < positional.size(); ++i) positional[i].merge(other.positional[i]);
  exit_on_error = exit_on_error && other.exit_on_error;
}

}  // namespace belay::command
