#include "command/evaluator.h"

#include <algorithm>
#include <utility>

namespace belay::command {

using model::HoleTrait;
using model::OpaqueReason;

Evaluator::Evaluator(const World& world, std::span<const image::View* const> knowledge, const Limits& limits, Text folder)
    : world_(world),
      folder_(std::move(folder)),
      knowledge_(knowledge),
      limits_(limits),
      commands_(limits.commands),
      stored_commands_(limits.stored_commands),
      text_(limits.text_bytes),
      filtered_(limits.filtered_bytes) {}

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
  script_once(code, cwd);
  std::erase_if(written_, [&](const auto& one) { return pipes_.count(one.first) == 0 || !one.second.content.text; });
  if (written_.empty()) return;
  // Whoever reads a pipe with a name stands before what writes to it as often as behind: once more, with what it will hold.
  Evaluator again(world_, knowledge_, limits_, folder_);
  for (auto& [name, one] : written_) again.written_[name].content = std::move(one.content);
  again.pipes_ = std::move(pipes_);
  again.script_once(code, cwd);
  analysis_ = again.take();
}

/// Which shell the agent's is, nobody says; on macOS it is zsh. What bash does not read to its end and zsh does was meant for zsh; what bash would have
/// run before it saw that counts too.
void Evaluator::script_once(std::string_view code, const Text& cwd) {
  Frame frame = first_frame(cwd);
  own_text_ = Reading::first;
  script_in(frame, code);
  if (std::exchange(own_text_, Reading::none) != Reading::again) return;
  Frame zsh = first_frame(cwd);
  zsh.setting.shell = zsh.state.shell = ShellKind::zsh;
  script_in(zsh, code);
}

void Evaluator::script_in(Frame& frame, std::string_view code) {
  Exits exits;
  frame.shell = &exits;
  (void)parsed(code, frame);
  end_shell(frame, exits);
}

/// Runs what `trap … EXIT` left behind, in whichever state the shell ended.
void Evaluator::end_shell(Frame& frame, Exits& exits) {
  frame.state.settle();
  for (State& one : exits.returns) frame.state.merge_exit(std::move(one));
  frame.state.ended = false;
  const std::optional<int> status = frame.state.status;
  for (const auto& [signal, code] : std::exchange(frame.state.traps, {})) (void)code_here(code, frame, frame.setting.taint);
  frame.state.status = status;
}

Output Evaluator::whole_shell(const shell::List* body, Frame& frame) {
  Exits exits;
  frame.shell = &exits;
  Output out = list(body, frame);
  end_shell(frame, exits);
  return out;
}

void Evaluator::command(std::vector<Text> argv, const Text& cwd) {
  if (argv.empty()) return;
  Frame frame = first_frame(cwd);
  (void)external(argv, frame, frame.state.input, {});
}

namespace {

/// Limits of the reader are no difference between shells.
bool only_zsh_reads(const shell::Script& script, std::string_view code) {
  const shell::ProblemCode problem = script.problems.front().code;
  const bool grammar = problem == shell::ProblemCode::unexpected_token || problem == shell::ProblemCode::bad_substitution ||
                       problem == shell::ProblemCode::unterminated_construct;
  return grammar && shell::parse(code, {}, shell::Dialect::zsh).complete;
}

shell::Dialect dialect_of(ShellKind shell) {
  if (shell == ShellKind::dash) return shell::Dialect::posix;
  return counts_from_one(shell) ? shell::Dialect::zsh : shell::Dialect::bash;
}

}  // namespace

Output Evaluator::parsed(std::string_view code, Frame& frame) {
  const base::Span whole{0, static_cast<std::uint32_t>(std::min<std::size_t>(code.size(), UINT32_MAX))};
  if (!text_.spend(code.size())) {
    opaque(OpaqueReason::limit, "more shell text than is looked at", place(frame, whole));
    return Output::unknown();
  }
  last_words_ = last_words_ || code.find("$_") != std::string_view::npos || code.find("{_") != std::string_view::npos;
  const shell::Script& script = scripts_.emplace_back(shell::parse(code, {}, dialect_of(frame.state.shell)));
  const bool own = std::exchange(own_text_, Reading::none) == Reading::first;
  Output out = list(&script.body, frame);
  if (own && !script.complete && only_zsh_reads(script, code)) {
    own_text_ = Reading::again;
    return Output::unknown();
  }
  if (!script.complete && second_reading_) return Output::unknown();  // dash would not run it either; the first reading said what there is to say
  if (!script.complete) {
    const shell::Problem& problem = script.problems.front();
    opaque(OpaqueReason::unparsable, std::string(shell::name_of(problem.code)), place(frame, problem.at));
    return Output::unknown();
  }
  return out;
}

Output Evaluator::list(const shell::List* list, Frame& frame) {
  Output out;
  if (list == nullptr) return out;
  for (const shell::AndOr& item : list->items) {
    if (frame.state.ended) break;
    frame.state.settle();
    if (item.end == shell::Terminator::background) {
      Frame copy = frame.subshell();
      Exits exits;
      copy.shell = &exits;
      out.add(delivered(and_or(item, copy), copy));
      end_shell(copy, exits);
      frame.state.status = 0;
    } else {
      Output one = and_or(item, frame);
      out.add(delivered(std::move(one), frame));
    }
  }
  return out;
}

namespace {

/// `command -v`, `which`: what fails prints nothing.
bool looks_up(const shell::Pipeline& pipeline) {
  if (pipeline.commands.size() != 1 || pipeline.negated) return false;
  const auto* simple = std::get_if<shell::SimpleCommand>(&pipeline.commands.front().node);
  if (simple == nullptr || simple->words.size() < 2 || simple->words.front().parts.size() != 1) return false;
  const auto* literal = std::get_if<shell::Literal>(&simple->words.front().parts.front().node);
  const std::string_view name = literal != nullptr ? std::string_view(literal->text) : std::string_view();
  return name == "command" || name == "which" || name == "type" || name == "whence";
}

}  // namespace

Output Evaluator::and_or(const shell::AndOr& chain, Frame& frame) {
  Output out = pipeline(chain.links.front().pipeline, frame);
  if (chain.links.size() == 1) {
    if (frame.state.exit_on_error && frame.state.moved) (void)frame.state.split();
    return out;
  }
  const bool doubtful = frame.state.doubtful;
  State failed = frame.state.split();
  for (std::size_t i = 1; i < chain.links.size(); ++i) {
    const bool after_failure = chain.links[i].join == shell::Join::or_else;
    const bool decided = failed.doubtful != frame.state.doubtful;
    State skipped = std::exchange(after_failure ? frame.state : failed, State());
    if (after_failure) frame.state = std::move(failed);
    const State taken = frame.state;
    if (!frame.state.ended) {
      const Output next = pipeline(chain.links[i].pipeline, frame);
      const bool one_of_both = after_failure && !decided && next.known && (out.known || !out.either.empty()) && looks_up(chain.links[i - 1].pipeline);
      std::vector<Text> either = out.known ? std::vector<Text>{out.text} : out.either;
      add_branch(out, next, taken, doubtful, decided);
      if (one_of_both) {
        either.push_back(next.text);
        out.either = std::move(either);
        out.known = false;
      }
    }
    failed = frame.state.split();
    (after_failure ? frame.state : failed).merge(skipped);
  }
  const std::optional<int> status =
      failed.doubtful != frame.state.doubtful ? (failed.doubtful ? frame.state : failed).status : std::nullopt;
  frame.state.merge(failed);
  frame.state.status = status;
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
    if (pipeline.negated && frame.state.status) frame.state.status = *frame.state.status == 0 ? 1 : 0;
    return out;
  }
  Input input = frame.state.input;
  std::optional<int> status;
  Output out;
  for (const shell::Command& one : pipeline.commands) {
    Frame stage = frame.subshell();
    if (&one != &pipeline.commands.back()) stage.state.descriptors.erase(1);
    stage.state.input = input;
    Exits exits;
    stage.shell = &exits;
    out = command(one, stage);
    end_shell(stage, exits);
    status = stage.state.status;
    input = out.as_input();
  }
  if (pipeline.negated && status) status = *status == 0 ? 1 : 0;
  frame.state.status = frame.state.pipe_fails ? std::nullopt : status;
  return out;
}

namespace {

/// `exec` without a command: the redirections are the shell's own from here on.
bool opens_for_good(const shell::Command& command) {
  const auto* simple = std::get_if<shell::SimpleCommand>(&command.node);
  if (simple == nullptr || simple->words.size() != 1 || simple->words.front().parts.size() != 1) return false;
  const auto* name = std::get_if<shell::Literal>(&simple->words.front().parts.front().node);
  return name != nullptr && name->text == "exec";
}

}  // namespace

Output Evaluator::command(const shell::Command& command, Frame& frame) {
  const auto first = static_cast<std::uint32_t>(analysis_.operations.size());
  const std::size_t waiting = waiting_.size();
  if (command.redirects.empty()) {
    Output out = node(command, frame, frame.state.input);
    drain(waiting, frame.state.input, out);
    return out;
  }
  Redirections redirections = redirect(command.redirects, frame);
  if (const auto* one = std::get_if<shell::SimpleCommand>(&command.node)) clobbered(*one, command.redirects, frame, redirections);
  const bool stays = opens_for_good(command);
  if (stays) redirections.keep_open(analysis_, frame);
  else if (redirections.standard_output != Redirections::Stdout::stays) open(1, {}, frame, redirections);
  Output out;
  if (redirections.input && !stays && !std::holds_alternative<shell::SimpleCommand>(command.node)) {
    // All commands inside share it, and what one reads the next does not find.
    Input outer = std::exchange(frame.state.input, *redirections.input);
    out = node(command, frame, frame.state.input);
    frame.state.input = std::move(outer);
  } else {
    out = node(command, frame, redirections.input ? *redirections.input : frame.state.input);
  }
  const Output printed = redirections.sinks.empty() || stays ? Output() : out;
  settle(redirections, first, out);
  if (!stays) redirections.close(frame);
  for (const auto& sink : redirections.sinks) out.add(feed(*sink, printed.as_input()));
  drain(waiting, redirections.input ? *redirections.input : frame.state.input, out);
  return out;
}

Output Evaluator::node(const shell::Command& command, Frame& frame, const Input& input) {
  if (const auto* one = std::get_if<shell::SimpleCommand>(&command.node)) return simple(*one, command, frame, input);
  return compound(command, frame);
}

Output Evaluator::code_from(const Input& input, Frame& frame) {
  stored_ += input.stored ? 1U : 0U;
  Output out = code_here(input.text ? *input.text : Text::hole(HoleTrait::any), frame, input.taint());
  stored_ -= input.stored ? 1U : 0U;
  return out;
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
  Frame inner = outer->subshell();
  inner.state.descriptors.erase(1);
  const Value value = whole_shell(&body, inner).as_value();
  substitution_status_ = inner.state.status;
  ++substitutions_;
  current_ = outer;
  return value;
}

Value Evaluator::process(const shell::ProcessSubst& substitution) {
  Frame* const outer = current_;
  Frame inner = outer->subshell();
  inner.state.descriptors.erase(1);
  std::string name = "/dev/fd/" + std::to_string(63 - static_cast<int>((processes_.size() + sinks_.size()) % 50));
  if (substitution.direction == shell::ProcessDirection::out) {
    sinks_.insert_or_assign(name, std::make_shared<const Sink>(Sink{substitution.body.get(), nullptr, std::move(inner)}));
    waiting_.push_back(name);
    return Value(Text(name));
  }
  Output output = whole_shell(substitution.body.get(), inner);
  current_ = outer;
  Value value{Text(name)};
  value.taint = output.taint;
  value.sources = output.sources;
  processes_.insert_or_assign(std::move(name), std::move(output));
  return value;
}

void Evaluator::run_prompt(const Text& text) {
  Frame inner = current_->subshell();
  Frame* const outer = current_;
  // A prompt is expanded like a here-document: its text is no command, the substitutions in it are.
  Text code(": <<belay_prompt\n");
  code.append(text);
  code.append("\nbelay_prompt\n");
  if (!text.literal()) opaque(OpaqueReason::unknown_code, "a prompt that is not known", inner.span);
  (void)code_here(code, inner, {});
  current_ = outer;
}

Value Evaluator::parent_process() {
  model::FileAccess access;
  access.path.written = access.path.lexical = access.path.canonical = Text("/proc/self/stat");  // where that number stands, proc(5)
  Value value = Value::unknown(HoleTrait::none);
  value.sources.push_back(emit({model::OpKind::read, current_span_, "`PPID`", model::kNoOperation, std::move(access)}));
  return value;
}

}  // namespace belay::command
