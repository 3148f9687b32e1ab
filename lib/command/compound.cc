#include <algorithm>
#include <array>
#include <utility>

#include "command/condition.h"
#include "command/evaluator.h"
#include "command/pattern.h"

/// Compound commands: every branch is looked at, also one that cannot be reached; only what may be reached counts behind it.
namespace belay::command {

Output Evaluator::compound(const shell::Command& command, Frame& frame) {
  if (const auto* subshell = std::get_if<shell::Subshell>(&command.node)) {
    Frame copy = frame.subshell();
    Output out = whole_shell(subshell->body.get(), copy);
    frame.state.status = copy.state.status;
    return out;
  }
  if (const auto* group = std::get_if<shell::Group>(&command.node)) return this->group(*group, frame);
  if (const auto* branching = std::get_if<shell::If>(&command.node)) return branches(*branching, frame);
  if (const auto* loop_for = std::get_if<shell::For>(&command.node)) return loop(*loop_for, frame);
  if (const auto* loop_while = std::get_if<shell::While>(&command.node)) return loop(*loop_while, frame);
  if (const auto* loop_count = std::get_if<shell::ArithFor>(&command.node)) return loop(*loop_count, frame);
  if (const auto* choice = std::get_if<shell::Case>(&command.node)) return select_case(*choice, frame);
  if (const auto* function = std::get_if<shell::Function>(&command.node)) return define(*function, frame);
  if (const auto* test = std::get_if<shell::Conditional>(&command.node)) return conditional(*test, frame);
  if (const auto* expression = std::get_if<shell::ArithCommand>(&command.node)) return calculate(expression->expression, frame);
  if (const auto* coproc = std::get_if<shell::Coproc>(&command.node)) {
    Frame copy = frame.subshell();
    Exits exits;
    copy.shell = &exits;
    if (coproc->body) (void)this->command(*coproc->body, copy);
    end_shell(copy, exits);
    start_coprocess(*coproc, frame);
    frame.state.status = 0;
  }
  return {};
}

namespace {

/// Functions that the shell calls by itself (zshmisc(1), SPECIAL FUNCTIONS; bash(1), COMMAND EXECUTION): when is not told apart, that they run is.
bool shell_calls(std::string_view name, ShellKind shell) {
  if (shell == ShellKind::bash) return name == "command_not_found_handle";
  constexpr std::array<std::string_view, 6> kHooks{"zshexit", "chpwd", "precmd", "preexec", "periodic", "command_not_found_handler"};
  return shell == ShellKind::zsh && (name.starts_with("TRAP") || std::find(kHooks.begin(), kHooks.end(), name) != kHooks.end());
}

}  // namespace

/// What stands behind `always` runs whichever way the body was left, and does not change that (zshmisc(1)).
Output Evaluator::group(const shell::Group& node, Frame& frame) {
  Output out = list(node.body.get(), frame);
  if (!node.always) return out;
  frame.state.settle();
  const bool ended = std::exchange(frame.state.ended, false);
  const std::optional<int> status = frame.state.status;
  out.add(list(node.always.get(), frame));
  frame.state.settle();
  frame.state.ended = frame.state.ended || ended;
  frame.state.status = status;
  return out;
}

Output Evaluator::define(const shell::Function& node, Frame& frame) {
  if (node.body) frame.state.functions.insert_or_assign(node.name, node.body.get());
  for (const std::string& name : node.more_names) frame.state.functions.insert_or_assign(name, node.body.get());
  if (node.body && stored_ > 0) stored_functions_.insert(node.body.get());
  if (shell_calls(node.name, frame.state.shell)) frame.state.traps.emplace_back(node.name, Text(node.name));
  if (frame.state.exports_all) frame.state.exported_functions.insert(node.name);
  frame.state.status = 0;
  return {};
}

Output Evaluator::calculate(const shell::Word& expression, Frame& frame) {
  const Value value = expander(frame).arithmetic(expression);
  frame.state.status = value.literal() == nullptr ? std::nullopt : std::optional(*value.literal() == "0" ? 1 : 0);
  return {};
}

Output Evaluator::conditional(const shell::Conditional& node, Frame& frame) {
  const auto holds = evaluate_condition(node.words, *this, frame);
  frame.state.status = holds ? std::optional(*holds ? 0 : 1) : std::nullopt;
  return {};
}

/// What is printed where nothing says that this way is taken. A way that is not taken prints nothing.
void Evaluator::add_branch(Output& out, const Output& next, const State& state, bool doubtful, bool decided) {
  if (state.doubtful && !doubtful) return;
  out.add(next);
  if (!decided && !(next.known && next.text.empty())) out.known = false;
}

Output Evaluator::branches(const shell::If& node, Frame& frame) {
  Output out;
  std::vector<State> ends;
  const bool doubtful = frame.state.doubtful;
  bool decided = true;  // so far it is known which branch is taken
  for (const shell::If::Branch& branch : node.branches) {
    const Output condition = list(branch.condition.get(), frame);
    add_branch(out, condition, frame.state, doubtful, decided);
    State failed = frame.state.split();
    decided = decided && (failed.doubtful != frame.state.doubtful);
    State taken = frame.state;
    const Output body = list(branch.body.get(), frame);
    add_branch(out, body, taken, doubtful, decided);
    frame.state.settle();
    ends.push_back(std::exchange(frame.state, std::move(failed)));
  }
  if (node.otherwise) {
    const State taken = frame.state;
    const Output body = list(node.otherwise.get(), frame);
    add_branch(out, body, taken, doubtful, decided);
  } else {
    frame.state.status = 0;
  }
  frame.state.settle();
  for (const State& end : ends) frame.state.merge(end);
  return out;
}

Output Evaluator::select_case(const shell::Case& node, Frame& frame) {
  const Value subject = expander(frame).text(node.subject);
  const std::string* text = subject.literal();
  Output out;
  std::vector<State> ends;
  bool falls = false;
  for (const shell::Case::Item& item : node.items) {
    bool certain = falls;
    bool possible = falls;
    for (const shell::Word& word : item.patterns) {
      const Value pattern = expander(frame).pattern(word);
      const std::string* known = pattern.literal();
      const bool decided = text != nullptr && known != nullptr && !frame.state.ignores_case;
      const bool matches = decided && matches_pattern(*known, *text, {frame.state.extended_patterns, false});
      certain = certain || matches;
      possible = possible || matches || !decided;
    }
    if (!possible) continue;
    State skipped = frame.state;
    const Output body = list(item.body.get(), frame);
    out.add(body);
    if (!certain && !(body.known && body.text.empty())) out.known = false;
    frame.state.settle();
    falls = item.end == shell::CaseEnd::fall_through;
    if (falls) continue;
    ends.push_back(std::exchange(frame.state, std::move(skipped)));
    if (certain && item.end == shell::CaseEnd::stop) {
      frame.state.ended = true;  // what lies behind the matching item is not reached
      break;
    }
  }
  for (const State& end : ends) frame.state.merge(end);
  if (ends.size() > 1 && !out.text.empty()) out.known = false;
  return out;
}

}  // namespace belay::command
