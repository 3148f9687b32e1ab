#include <algorithm>
#include <string>
#include <utility>

#include "command/evaluator.h"

/// Assignments that stand before a command or among its words, and the environment that it is given.
namespace belay::command {

/// `declare -A name=(…)`: what kind of array it is, and whose, has to be known before its elements are.
void Evaluator::declare_arrays(const shell::SimpleCommand& node, Frame& frame) {
  std::string letters;
  for (const shell::Word& word : node.words) {
    const auto* plain = word.parts.size() == 1 ? std::get_if<shell::Literal>(&word.parts.front().node) : nullptr;
    if (plain != nullptr && plain->text.starts_with('-')) letters += plain->text;
  }
  const bool named = !node.words.empty() && !node.words.front().parts.empty();
  const auto* name = named ? std::get_if<shell::Literal>(&node.words.front().parts.front().node) : nullptr;
  const bool own =
      name != nullptr && name->text != "export" && name->text != "readonly" && letters.find('g') == std::string::npos;
  for (const shell::DeclaredArray& declared : node.declared) {
    if (own) frame.state.make_local(declared.assignment.name);
    if (letters.find('A') != std::string::npos) frame.state.variables[declared.assignment.name].is_map = true;
    assign(declared.assignment, frame);
  }
}

/// Assignments before a command count for it alone; what a function or `eval` finds in the variable meanwhile is the new value.
namespace {

/// One for each text that the value may be: whoever heeds the variable heeds them all.
void add_bindings(const std::string& name, const Value& value, std::vector<model::Binding>& to) {
  for (const Text& text : value.alternatives) to.push_back({name, text});
}

}  // namespace

void Evaluator::bind(const shell::SimpleCommand& node, Frame& frame, Shadowed& shadowed) {
  for (const shell::Assignment& one : node.assignments) {
    const Variable* before = frame.state.find(one.name);
    shadowed.emplace_back(one.name, before != nullptr ? std::optional(*before) : std::nullopt);
    assign(one, frame);
    const Variable* now = frame.state.find(one.name);
    if (now == nullptr) continue;
    add_bindings(one.name, now->value, frame.setting.env);
  }
}

void Evaluator::unbind(Frame& frame, std::size_t bound, Shadowed& shadowed) {
  frame.setting.env.resize(std::min(bound, frame.setting.env.size()));
  for (auto it = shadowed.rbegin(); it != shadowed.rend(); ++it) {
    if (it->second) frame.state.variables[it->first] = std::move(*it->second);
    else frame.state.variables.erase(it->first);
  }
}

Setting Evaluator::setting_of(const Frame& frame, const Text& cwd) const {
  Setting setting = frame.setting;
  setting.cwd = cwd;
  for (const auto& [name, variable] : frame.state.variables) {
    const bool exported =
        variable.exported || name == "PATH" || name == "HISTFILE";  // which nobody starts a shell without; which built-ins heed
    if (!exported) continue;
    const bool bound = std::any_of(setting.env.begin(), setting.env.end(),
                                   [&, &name = name](const model::Binding& b) { return b.name == name; });
    if (!bound) add_bindings(name, variable.value, setting.env);
  }
  for (const std::string& name : frame.state.exported_functions) {
    const auto function = frame.state.functions.find(name);
    if (function != frame.state.functions.end()) setting.functions.push_back({name, function->second});
  }
  return setting;
}

}  // namespace belay::command
