#include <algorithm>
#include <utility>

#include "command/evaluator.h"
#include "command/pattern.h"

/// Compound commands: every branch is taken, each loop as far as it is literal.
namespace belay::command {

using model::HoleTrait;

Output Evaluator::compound(const shell::Command& command, Frame& frame) {
  if (const auto* subshell = std::get_if<shell::Subshell>(&command.node)) {
    Frame copy = frame;
    return list(*subshell->body, copy);
  }
  if (const auto* group = std::get_if<shell::Group>(&command.node)) return list(*group->body, frame);
  if (const auto* branching = std::get_if<shell::If>(&command.node)) return branches(*branching, frame);
  if (const auto* loop_for = std::get_if<shell::For>(&command.node)) return loop(*loop_for, frame);
  if (const auto* loop_while = std::get_if<shell::While>(&command.node)) return loop(*loop_while, frame);
  if (const auto* loop_count = std::get_if<shell::ArithFor>(&command.node)) return loop(*loop_count, frame);
  if (const auto* choice = std::get_if<shell::Case>(&command.node)) return select_case(*choice, frame);
  if (const auto* function = std::get_if<shell::Function>(&command.node)) {
    frame.state.functions.insert_or_assign(function->name, function->body.get());
    return {};
  }
  if (const auto* test = std::get_if<shell::Conditional>(&command.node)) {
    for (const shell::Word& word : test->words) (void)expander(frame).text(word);  // what runs inside, runs
    return {};
  }
  if (const auto* expression = std::get_if<shell::ArithCommand>(&command.node)) {
    (void)expander(frame).arithmetic(expression->expression);
    return {};
  }
  if (const auto* coproc = std::get_if<shell::Coproc>(&command.node)) {
    Frame copy = frame;
    (void)this->command(*coproc->body, copy);
  }
  return {};
}

Output Evaluator::branches(const shell::If& node, Frame& frame) {
  Output out;
  std::vector<State> ends;
  for (const shell::If::Branch& branch : node.branches) {
    out.add(list(*branch.condition, frame));
    State failed = frame.state.split();
    out.add(list(*branch.body, frame));
    frame.state.settle();
    ends.push_back(std::exchange(frame.state, std::move(failed)));
  }
  if (node.otherwise) out.add(list(*node.otherwise, frame));
  frame.state.settle();
  for (const State& end : ends) frame.state.merge(end);
  // Which branch printed is not known.
  if (!out.text.empty()) out.known = false;
  return out;
}

Output Evaluator::loop(const shell::For& node, Frame& frame) {
  std::vector<Text> items;
  Value tail;  // what stands for the rounds beyond the limit, and for what is not known
  if (node.has_in) {
    const Fields fields = expander(frame).fields(node.words);
    for (const auto& alternative : fields.alternatives) items.insert(items.end(), alternative.begin(), alternative.end());
    tail.taint = fields.taint;
    tail.sources = fields.sources;
  } else if (frame.state.positional_known) {
    for (const Value& value : frame.state.positional) items.insert(items.end(), value.alternatives.begin(), value.alternatives.end());
  } else {
    items.push_back(Text::hole(HoleTrait::any));
  }
  Output out;
  std::size_t rounds = 0;
  for (const Text& item : items) {
    const bool last = ++rounds > limits_.loop_rounds;
    Value value(last ? Text::hole(HoleTrait::any) : item);
    value.taint = tail.taint;
    value.sources = tail.sources;
    frame.state.set(node.name, std::move(value));
    out.add(list(*node.body, frame));
    frame.state.settle();
    if (last || frame.state.ended) break;
  }
  return out;
}

namespace {

/// Input that is read line by line until it is used up.
bool reads_known_input(const Frame& frame) { return frame.state.input.text && frame.state.input.text->literal(); }

}  // namespace

Output Evaluator::loop(const shell::While& node, Frame& frame) {
  const State before = frame.state;
  Output out;
  constexpr std::uint32_t kBlindRounds = 2;
  for (std::uint32_t round = 0; round < limits_.loop_rounds && !frame.state.ended; ++round) {
    const bool lines = reads_known_input(frame);
    const std::size_t left = lines ? frame.state.input.text->size() : 0;
    if (round >= kBlindRounds && left == 0) break;
    out.add(list(*node.condition, frame));
    const bool consumed = lines && frame.state.input.text && frame.state.input.text->size() < left;
    if (lines && !consumed && round >= kBlindRounds) break;
    State failed = frame.state.split();
    if (node.until) std::swap(failed, frame.state);
    if (lines && left == 0) break;  // `read` found nothing more
    out.add(list(*node.body, frame));
    frame.state.settle();
  }
  frame.state.merge(before);
  out.known = false;
  return out;
}

Output Evaluator::loop(const shell::ArithFor& node, Frame& frame) {
  (void)expander(frame).arithmetic(node.init);
  (void)expander(frame).arithmetic(node.condition);
  (void)expander(frame).arithmetic(node.step);
  const State before = frame.state;
  // The counter is named where the step changes it; its values are numbers.
  for (const shell::Part& part : node.init.parts) {
    const auto* text = std::get_if<shell::Literal>(&part.node);
    if (text == nullptr) continue;
    const std::size_t begin = text->text.find_first_not_of(" \t");
    const std::size_t end = text->text.find_first_of("= \t", begin == std::string::npos ? 0 : begin);
    if (begin != std::string::npos && end != std::string::npos) {
      frame.state.set(text->text.substr(begin, end - begin), Value::unknown(HoleTrait::none));
    }
    break;
  }
  Output out = list(*node.body, frame);
  frame.state.settle();
  frame.state.merge(before);
  out.known = false;
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
      const bool decided = text != nullptr && known != nullptr;
      const bool matches = decided && matches_pattern(*known, *text);
      certain = certain || matches;
      possible = possible || matches || !decided;
    }
    if (!possible) continue;
    State skipped = frame.state;
    out.add(list(*item.body, frame));
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
