#include "command/state.h"

#include <algorithm>
#include <utility>

namespace belay::command {

Variable* State::find(std::string_view name) {
  Variable* const found = find_list(name);
  if (found != nullptr) found->collapse();
  return found;
}

Variable* State::find_list(std::string_view name) {
  const auto it = variables.find(name);
  if (it == variables.end()) return nullptr;
  if (!it->second.is_reference) return &it->second;
  const std::string* target = it->second.value.literal();
  const auto other = target == nullptr ? variables.end() : variables.find(*target);
  return other == variables.end() || other->second.is_reference ? nullptr : &other->second;  // a chain of references is unknown
}

std::string State::resolve(std::string_view name) const {
  const auto it = variables.find(name);
  if (it == variables.end() || !it->second.is_reference || it->second.value.literal() == nullptr) return std::string(name);
  return *it->second.value.literal();
}

void State::set(const std::string& name, Value value) {
  for (Text& text : value.alternatives) {
    if (text.size() > kMaxVariable) text = Text::hole(HoleTrait::any);
  }
  Variable* variable = find(name);
  if (variable == nullptr) variable = &variables[resolve(name)];
  if (variable->is_array && !variable->unset) variable->slot("0") = value;
  else variable->elements.clear();
  variable->is_array = variable->is_array && !variable->unset;
  variable->value = std::move(value);
  variable->unset = false;
  variable->maybe_unset = false;
  variable->exported = variable->exported || exports_all;
  if (name == "GLOBIGNORE") strange_glob = true;
}

void State::unset(const std::string& name) {
  Variable* variable = find(name);
  if (variable == nullptr) variable = &variables[resolve(name)];
  *variable = Variable();
  variable->unset = true;
}

void State::make_local(const std::string& name) {
  if (scopes.empty()) return;
  const auto old = variables.find(name);
  scopes.back().emplace(name, old == variables.end() ? std::nullopt : std::optional(old->second));
  const bool exported = old != variables.end() && old->second.exported;
  Variable fresh;
  fresh.unset = true;
  fresh.exported = exported;
  variables[name] = std::move(fresh);
}

void State::leave_scope() {
  if (scopes.empty()) return;
  for (auto& [name, old] : scopes.back()) {
    if (old) variables[name] = std::move(*old);
    else variables.erase(name);
  }
  scopes.pop_back();
}

namespace {

/// A reader finds the same under that number.
bool finds_the_same(const std::pair<const int, Descriptor>& a, const std::pair<const int, Descriptor>& b) {
  const auto text = [](const Descriptor& one) { return one.reads ? one.reads->text : std::nullopt; };
  return a.first == b.first && text(a.second) == text(b.second);
}

}  // namespace

bool State::same_values(const State& other) const {
  return variables == other.variables && positional == other.positional && positional_known == other.positional_known &&
         cwds == other.cwds && input.text == other.input.text && folders == other.folders &&
         std::ranges::equal(descriptors, other.descriptors, finds_the_same);
}

namespace {

/// A list that only grew goes on growing: true. Of any other nothing is known.
bool widen_list(Variable& list, Variable before) {
  if (!list.is_array) return false;
  list.collapse();
  before.collapse();
  const bool grew = before.is_array && !list.is_map && !list.open_anywhere() && !before.elements.empty() &&
                    before.elements.size() <= list.elements.size() && std::equal(before.elements.begin(), before.elements.end(), list.elements.begin());
  if (grew) {
    list.elements = before.elements;
    if (list.elements.back().first != kLaterElement) list.elements.emplace_back(kLaterElement, Value::unknown(HoleTrait::any));
    return true;
  }
  for (auto& [key, value] : list.elements) value.merge(Value::unknown());
  list.slot(std::string(kAnyElement)) = Value::unknown(HoleTrait::any);
  return false;
}

}  // namespace

void State::widen(const State& before) {
  for (auto& [name, variable] : variables) {
    const auto old = before.variables.find(name);
    if (old != before.variables.end() && old->second == variable) continue;
    if (widen_list(variable, old == before.variables.end() ? Variable() : old->second)) continue;
    variable.value.merge(Value::unknown());
    variable.unset = false;
    variable.maybe_unset = true;
  }
  if (positional != before.positional) positional_known = false;
  if (cwds != before.cwds) cwds.assign(1, Text::hole(HoleTrait::any));
  if (input.text != before.input.text) input.text.reset();
  for (auto& [number, mine] : descriptors) {
    const auto old = before.descriptors.find(number);
    const bool same = old != before.descriptors.end() && finds_the_same({number, mine}, *old);
    if (!same && mine.reads) mine.reads->text.reset();
  }
  last_word.reset();
  if (folders != before.folders) folders.made.clear();
  status.reset();
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
  } else if (status) {
    // The other way is looked at all the same, but nothing depends on it.
    (*status == 0 ? failed : *this).doubtful = true;
  }
  if (!status || *status == 0) failed.status.reset();
  status = 0;
  return failed;
}

void State::merge_exit(State other) {
  other.ended = false;
  merge(other);
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
    if (mine != variables.end()) {
      mine->second.merge(theirs);
      continue;
    }
    Variable copy = theirs;
    copy.value.merge(Value::of_environment());
    copy.unset = false;
    copy.maybe_unset = true;
    variables.emplace(name, std::move(copy));
  }
  for (auto& [name, mine] : variables) {
    if (other.variables.find(name) != other.variables.end()) continue;
    mine.value.merge(Value::of_environment());
    mine.unset = false;
    mine.maybe_unset = true;
  }
  functions.insert(other.functions.begin(), other.functions.end());
  exported_functions.insert(other.exported_functions.begin(), other.exported_functions.end());
  aliases.insert(other.aliases.begin(), other.aliases.end());
  remembered.insert(other.remembered.begin(), other.remembered.end());
  merge_cwds(other.cwds);
  folders.merge(other.folders);
  if (positional.size() != other.positional.size()) positional_known = false;
  else
    for (std::size_t i = 0; i < positional.size(); ++i) positional[i].merge(other.positional[i]);
  positional_known = positional_known && other.positional_known;
  exit_on_error = exit_on_error && other.exit_on_error;
  strange_glob = strange_glob || other.strange_glob;
  extended_patterns = extended_patterns || other.extended_patterns;
  ignores_case = ignores_case || other.ignores_case;
  pipe_fails = pipe_fails || other.pipe_fails;
  exports_all = exports_all || other.exports_all;
  traces = traces || other.traces;
  no_glob = no_glob && other.no_glob;
  if (status != other.status) status.reset();
  if (last_word && other.last_word) last_word->merge(*other.last_word);
  else last_word.reset();
  input.merge(other.input);
  merge_descriptors(other);
  for (const auto& one : other.traps) {
    if (std::find(traps.begin(), traps.end(), one) == traps.end()) traps.push_back(one);
  }
  for (std::size_t i = 0; i < std::min(scopes.size(), other.scopes.size()); ++i)
    scopes[i].insert(other.scopes[i].begin(), other.scopes[i].end());
}

void State::merge_descriptors(const State& other) {
  for (auto& [number, mine] : descriptors) {
    if (other.descriptors.count(number) == 0) mine.certain = false;
  }
  for (const auto& [number, theirs] : other.descriptors) {
    const auto [mine, added] = descriptors.emplace(number, theirs);
    if (added) mine->second.certain = false;
    else mine->second.merge(theirs);
  }
}

void Descriptor::merge(const Descriptor& other) {
  if (reads && other.reads) reads->merge(*other.reads);
  else if (other.reads) reads = other.reads;
  for (const std::string& one : other.files) {
    if (std::find(files.begin(), files.end(), one) == files.end()) files.push_back(one);
  }
  for (const auto& one : other.sinks) {
    if (std::find(sinks.begin(), sinks.end(), one) == sinks.end()) sinks.push_back(one);
  }
  certain = certain && other.certain;
}

void Input::merge(const Input& other) {
  if (text != other.text) text.reset();
  if (file != other.file) file.clear();
  if (other.kind == model::StdinKind::network || kind == model::StdinKind::inherit) kind = other.kind;
  add_sources(sources, other.sources);
  decoded = decoded || other.decoded;
  stored = stored && other.stored;
}

}  // namespace belay::command
