#include <algorithm>
#include <utility>

#include "command/evaluator.h"
#include "command/output/lines.h"

/// Loops (POSIX XCU 2.9.4): round by round as long as their condition is known; then once for all rounds that may follow.
namespace belay::command {

using model::HoleTrait;

namespace {

/// Makes `exits` the innermost loop of `frame` as long as it lives.
class InLoop {
 public:
  InLoop(Frame& frame, Exits& exits) : frame_(frame) { frame_.loops.push_back(&exits); }
  ~InLoop() { frame_.loops.pop_back(); }
  InLoop(const InLoop&) = delete;
  InLoop& operator=(const InLoop&) = delete;

 private:
  Frame& frame_;
};

/// What `continue` left goes on with the next round.
void resume(State& state, Exits& exits) {
  state.settle();
  for (State& one : std::exchange(exits.continues, {})) state.merge_exit(std::move(one));
}

/// Behind the loop: the state that reached its end, if any did, or one of those that left it.
void leave(State& state, std::vector<State>& ends, Exits& exits) {
  for (State& one : ends) state.merge(one);
  for (State& one : exits.breaks) state.merge_exit(std::move(one));
}

State not_reached(const State& like) {
  State out = like;
  out.ended = true;
  return out;
}

bool many(const Text& item) { return model::has(item.traits(), HoleTrait::words) || model::has(item.traits(), HoleTrait::glob); }

/// Goes through a text that is given, as `while read` does.
bool reads_on(const State& before, const State& now) {
  return before.input.text && now.input.text && now.input.text->size() < before.input.text->size();
}

/// The line that comes next stands for any number of lines.
bool reads_many(const State& state) {
  const Text& text = *state.input.text;
  return is_many(text.substr(0, text.view().find('\n')));
}

/// Nothing but numbers from here on: one of them does what another does.
bool counts_on(const std::vector<Value>& items, std::size_t from) {
  return std::all_of(items.begin() + static_cast<std::ptrdiff_t>(from), items.end(), [](const Value& item) {
    const std::string* text = item.literal();
    return text != nullptr && !text->empty() && text->find_first_not_of("0123456789") == std::string::npos;
  });
}

/// zsh's further names take the words behind the first one's; without words they are empty. `open`: which those are is not known.
void bind_more(const shell::For& node, const std::vector<Value>& items, std::size_t first, bool open, State& state) {
  for (std::size_t k = 0; k < node.more_names.size(); ++k) {
    const std::size_t at = first + 1 + k;
    state.set(node.more_names[k], open ? Value::unknown() : at < items.size() ? items[at] : Value(Text()));
  }
}

}  // namespace

/// The rounds of `for` over `items`.
Output Evaluator::rounds(const shell::For& node, const std::vector<Value>& items, Frame& frame) {
  Exits exits;
  const InLoop loop(frame, exits);
  Output out;
  std::size_t round = 0;
  std::vector<State> ends;
  for (std::size_t i = 0; i < items.size(); i += 1 + node.more_names.size()) {
    const Value& item = items[i];
    const bool last = ++round > limits_.loop_rounds && (round > limits_.list_rounds || counts_on(items, i));
    if (last && round > limits_.list_rounds) opaque(model::OpaqueReason::limit, "a loop of more rounds than are looked at", frame.span);
    const bool open = last || (item.alternatives.size() == 1 && many(item.alternatives.front())) || node.select;
    const State before = frame.state;
    if (open) ends.push_back(before);  // perhaps there is no round at all
    for (int times = open ? 2 : 1; times > 0 && !frame.state.ended; --times) {
      Value value = item;
      if (last) value.alternatives.assign(1, Text::hole(round > limits_.list_rounds ? HoleTrait::any : HoleTrait::none));
      frame.state.set(node.name, std::move(value));
      bind_more(node, items, i, open, frame.state);
      Output next = list(node.body.get(), frame);
      if (open) next.known = next.known && next.text.empty();
      out.add(next);
      resume(frame.state, exits);
      if (open && times > 1) frame.state.widen(before);
    }
    if (last || frame.state.ended) break;
  }
  if (!exits.breaks.empty() && !out.text.empty()) out.known = out.known && frame.state.ended;
  leave(frame.state, ends, exits);
  return out;
}

Output Evaluator::loop(const shell::For& node, Frame& frame) {
  std::vector<Value> items;
  if (node.has_in) {
    const Fields fields = expander(frame).fields(node.words);
    for (const auto& alternative : fields.alternatives) {
      for (const Text& text : alternative) {
        Value& item = items.emplace_back(text);
        item.taint = fields.taint;
        item.sources = fields.sources;
      }
    }
  } else if (frame.state.positional_known) {
    items = frame.state.positional;
  } else {
    items.emplace_back(Text::hole(HoleTrait::any));
  }
  // Which name takes which word is not known where one of them may be many.
  const auto is_many = [](const Value& item) { return item.alternatives.size() == 1 && many(item.alternatives.front()); };
  if (!node.more_names.empty() && std::any_of(items.begin(), items.end(), is_many))
    items.assign(1, Value(Text::hole(HoleTrait::any | HoleTrait::words)));
  frame.state.status = 0;
  return rounds(node, items, frame);
}

/// One round: the condition, then the body. `ends` gets the state in which the condition failed, if it can.
bool Evaluator::round(const LoopParts& parts, Frame& frame, Exits& exits, std::vector<State>& ends, Output& out) {
  const bool doubtful = frame.state.doubtful;
  out.add(parts.condition(frame));
  if (frame.state.ended) return false;
  State failed = frame.state.split();
  if (parts.until) std::swap(failed, frame.state);
  if (!failed.doubtful || doubtful) ends.push_back(failed);
  if (frame.state.doubtful && !doubtful) {
    frame.state = not_reached(frame.state);
    return false;
  }
  const Output body = list(parts.body, frame);
  out.add(body);
  if (failed.doubtful == doubtful && !body.text.empty()) out.known = false;
  resume(frame.state, exits);
  if (parts.step && !frame.state.ended) parts.step(frame);
  return !frame.state.ended;
}

Output Evaluator::repeat(const LoopParts& parts, Frame& frame) {
  Exits exits;
  const InLoop loop(frame, exits);
  Output out;
  std::vector<State> ends;
  constexpr std::uint32_t kBlindRounds = 2;
  std::uint32_t blind = 0;
  bool again = true;
  // The same line of the input again, after any number of rounds for others that it stands for.
  const auto repeat_line = [&](const State& before) {
    Input left = std::exchange(frame.state.input, before.input);
    frame.state.widen(before);
    again = round(parts, frame, exits, ends, out);
    frame.state.input = std::move(left);
  };
  bool reads = false;
  for (std::uint32_t n = 0; again && n < limits_.list_rounds && blind < kBlindRounds; ++n) {
    const State before = frame.state;
    const std::size_t ways = ends.size() + exits.breaks.size();
    again = round(parts, frame, exits, ends, out);
    reads = reads_on(before, frame.state);
    if (again && reads && reads_many(before)) repeat_line(before);
    if (ends.size() + exits.breaks.size() != ways && !reads) ++blind;
    if (again && frame.state.same_values(before)) blind = kBlindRounds;  // for ever the same
    if (n >= limits_.loop_rounds && !reads) break;
  }
  if (again && reads) opaque(model::OpaqueReason::limit, "a loop over more lines than are looked at", frame.span);
  if (again) {
    // Whatever number of rounds follows.
    frame.state.widen(ends.empty() ? frame.state : ends.front());
    out.known = false;
    static_cast<void>(round(parts, frame, exits, ends, out));
  }
  leave(frame.state, ends, exits);
  frame.state.status.reset();
  return out;
}

Output Evaluator::loop(const shell::While& node, Frame& frame) {
  return repeat({[&](Frame& at) { return list(node.condition.get(), at); }, node.body.get(), nullptr, node.until}, frame);
}

Output Evaluator::loop(const shell::ArithFor& node, Frame& frame) {
  static_cast<void>(calculate(node.init, frame));
  const bool endless = node.condition.parts.empty();
  const auto condition = [&](Frame& at) {
    if (endless) at.state.status = 0;
    return endless ? Output() : calculate(node.condition, at);
  };
  return repeat({condition, node.body.get(), [&](Frame& at) { static_cast<void>(calculate(node.step, at)); }, false}, frame);
}

}  // namespace belay::command
