#include "command/evaluator.h"

#include <algorithm>
#include <utility>

namespace belay::command {

using model::HoleTrait;
using model::OpaqueReason;

void Output::add(const Output& next) {
  known = known && next.known;
  if (known) text.append(next.text);
  taint = taint | next.taint;
  add_sources(sources, next.sources);
}

Output Output::unknown() {
  Output out;
  out.known = false;
  return out;
}

Input Output::as_input() const {
  Input input;
  input.kind = taint.network ? model::StdinKind::network : model::StdinKind::pipe;
  if (known) input.text = text;
  input.sources = sources;
  input.decoded = taint.decoded;
  return input;
}

Value Output::as_value() const {
  Value value;
  if (known) {
    std::size_t end = text.size();
    while (end > 0 && text.view()[end - 1] == '\n') --end;
    value = Value(text.substr(0, end));
  } else {
    value = Value::unknown();
  }
  value.taint = taint;
  value.sources = sources;
  return value;
}

Evaluator::Evaluator(const World& world, std::span<const image::View* const> knowledge, const Limits& limits)
    : world_(world), knowledge_(knowledge), limits_(limits), commands_(limits.commands), text_(limits.text_bytes) {}

namespace {

Frame first_frame(const Text& cwd) {
  Frame frame;
  frame.setting.cwd = cwd;
  frame.state.cwds.push_back(cwd);
  frame.state.old_cwds.push_back(Text::hole(HoleTrait::any));
  return frame;
}

}  // namespace

void Evaluator::script(std::string_view code, const Text& cwd) {
  Frame frame = first_frame(cwd);
  (void)parsed(code, frame);
}

void Evaluator::command(std::vector<Text> argv, const Text& cwd) {
  if (argv.empty()) return;
  Frame frame = first_frame(cwd);
  (void)external(argv, frame, frame.state.input, {});
}

Output Evaluator::parsed(std::string_view code, Frame& frame) {
  const base::Span whole{0, static_cast<std::uint32_t>(std::min<std::size_t>(code.size(), UINT32_MAX))};
  if (!text_.spend(code.size())) {
    opaque(OpaqueReason::limit, "more shell text than is looked at", place(frame, whole));
    return Output::unknown();
  }
  const shell::Script& script = scripts_.emplace_back(shell::parse(code));
  Output out = list(script.body, frame);
  if (!script.complete) {
    const shell::Problem& problem = script.problems.front();
    opaque(OpaqueReason::unparsable, std::string(shell::name_of(problem.code)), place(frame, problem.at));
    return Output::unknown();
  }
  return out;
}

Output Evaluator::list(const shell::List& list, Frame& frame) {
  Output out;
  for (const shell::AndOr& item : list.items) {
    if (frame.state.ended) break;
    frame.state.settle();
    if (item.end == shell::Terminator::background) {
      Frame copy = frame;
      out.add(and_or(item, copy));
    } else {
      out.add(and_or(item, frame));
    }
  }
  return out;
}

Output Evaluator::and_or(const shell::AndOr& chain, Frame& frame) {
  Output out = pipeline(chain.links.front().pipeline, frame);
  if (chain.links.size() == 1) {
    if (frame.state.exit_on_error && frame.state.moved) (void)frame.state.split();
    return out;
  }
  State failed = frame.state.split();
  for (std::size_t i = 1; i < chain.links.size(); ++i) {
    const bool after_failure = chain.links[i].join == shell::Join::or_else;
    State skipped = std::exchange(after_failure ? frame.state : failed, State());
    if (after_failure) frame.state = std::move(failed);
    if (!frame.state.ended) out.add(pipeline(chain.links[i].pipeline, frame));
    failed = frame.state.split();
    (after_failure ? frame.state : failed).merge(skipped);
  }
  frame.state.merge(failed);
  return out;
}

Output Evaluator::pipeline(const shell::Pipeline& pipeline, Frame& frame) {
  frame.state.settle();
  if (pipeline.commands.size() == 1) {
    Output out = command(pipeline.commands.front(), frame);
    if (pipeline.negated && frame.state.moved) {
      std::swap(frame.state.moved->on_success, frame.state.moved->on_failure);
      frame.state.moved->certain = false;
    }
    return out;
  }
  Input input = frame.state.input;
  Output out;
  for (const shell::Command& one : pipeline.commands) {
    Frame stage = frame;
    stage.state.input = input;
    out = command(one, stage);
    input = out.as_input();
  }
  return out;
}

Output Evaluator::command(const shell::Command& command, Frame& frame) {
  const auto first = static_cast<std::uint32_t>(analysis_.operations.size());
  if (command.redirects.empty()) return node(command, frame, frame.state.input);
  const Redirections redirections = redirect(command.redirects, frame);
  Output out;
  if (redirections.input && !std::holds_alternative<shell::SimpleCommand>(command.node)) {
    // All commands inside share it, and what one reads the next does not find.
    Input outer = std::exchange(frame.state.input, *redirections.input);
    out = node(command, frame, frame.state.input);
    frame.state.input = std::move(outer);
  } else {
    out = node(command, frame, redirections.input ? *redirections.input : frame.state.input);
  }
  settle(redirections, first, out);
  return out;
}

Output Evaluator::node(const shell::Command& command, Frame& frame, const Input& input) {
  if (const auto* one = std::get_if<shell::SimpleCommand>(&command.node)) return simple(*one, command, frame, input);
  return compound(command, frame);
}

Output Evaluator::code_from(const Input& input, Frame& frame) {
  Taint taint;
  taint.network = input.kind == model::StdinKind::network;
  taint.decoded = input.decoded;
  return code_here(input.text ? *input.text : Text::hole(HoleTrait::any), frame, taint);
}

Output Evaluator::code_here(const Text& code, Frame& frame, Taint taint) {
  if (depth_ >= limits_.nesting) {
    opaque(OpaqueReason::limit, "code inside code, too deep", frame.span);
    return Output::unknown();
  }
  const std::optional<std::string> text = code_text(code, taint, frame.span);
  if (!text) return Output::unknown();
  ++depth_;
  const bool nested = std::exchange(frame.nested, true);
  Output out = parsed(*text, frame);
  frame.nested = nested;
  --depth_;
  return out;
}

Value Evaluator::command_output(const shell::List& body) {
  Frame* const outer = current_;
  Frame inner = *outer;
  const Value value = list(body, inner).as_value();
  current_ = outer;
  return value;
}

Value Evaluator::process(const shell::ProcessSubst& substitution) {
  Frame* const outer = current_;
  Frame inner = *outer;
  Output output = list(*substitution.body, inner);
  current_ = outer;
  std::string name = "/dev/fd/" + std::to_string(63 - static_cast<int>(processes_.size() % 50));
  Value value{Text(name)};
  value.taint = output.taint;
  value.sources = output.sources;
  processes_.insert_or_assign(std::move(name), std::move(output));
  return value;
}

void Evaluator::run_prompt(const Text& text) {
  Frame inner = *current_;
  Frame* const outer = current_;
  (void)code_here(text, inner, {});
  current_ = outer;
}

}  // namespace belay::command
