#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/builtin.h"
#include "command/command_names.h"
#include "command/condition.h"
#include "command/program/interpret.h"
#include "command/program/knowledge_view.h"

/// Simple commands: assignments, words, and who runs them — an alias, a function, a built-in or a program.
namespace belay::command {

using model::HoleTrait;
using model::OpaqueReason;

namespace {

/// Built-ins of which bash does not split the assignments among the arguments.
bool declares(const shell::SimpleCommand& node) {
  if (node.words.empty() || node.words.front().parts.size() != 1) return false;
  const auto* name = std::get_if<shell::Literal>(&node.words.front().parts.front().node);
  if (name == nullptr) return false;
  for (const std::string_view one : {"declare", "export", "local", "readonly", "typeset"}) {
    if (name->text == one) return true;
  }
  return false;
}

bool begins_assignment(const shell::Word& word) {
  const auto* first = word.parts.empty() ? nullptr : std::get_if<shell::Literal>(&word.parts.front().node);
  if (first == nullptr || !base::is_name_start(first->text.front())) return false;
  const std::size_t end = first->text.find_first_of("=+[");
  return end != std::string::npos && first->text.find('=', end) != std::string::npos;
}

/// Leaves only the programs that the text names, and what follows where the name may be nothing (`$SUDO systemctl`).
void keep_named(Fields& fields) {
  const auto is_hole = [](const std::vector<Text>& argv) { return !argv.empty() && is_hole_alone(argv.front()); };
  if (std::all_of(fields.alternatives.begin(), fields.alternatives.end(), is_hole)) return;
  for (std::vector<Text>& argv : fields.alternatives) {
    if (is_hole(argv) && has(argv.front().traits(), HoleTrait::empty)) argv.erase(argv.begin());
  }
  std::erase_if(fields.alternatives, [&](const std::vector<Text>& argv) { return argv.empty() || is_hole(argv); });
}

/// `export CC=${CC:-gcc}`: the names that such words give what the environment holds, or a default.
std::vector<std::string> defaulted_names(const shell::SimpleCommand& node, const State& state) {
  std::vector<std::string> names;
  for (const shell::Word& word : node.words) {
    const auto* head =
        word.parts.size() == 2 && begins_assignment(word) ? std::get_if<shell::Literal>(&word.parts.front().node) : nullptr;
    const bool whole = head != nullptr && head->text.find_first_of("+[=") + 1 == head->text.size() && head->text.back() == '=';
    if (whole && environment_decides(std::span(word.parts).subspan(1), state))
      names.push_back(head->text.substr(0, head->text.size() - 1));
  }
  return names;
}

/// `$_` of the next command.
Value last_word_of(const Fields& fields) {
  Value out;
  out.alternatives.clear();
  for (const std::vector<Text>& argv : fields.alternatives) {
    if (!argv.empty()) out.merge(Value(argv.back()));
  }
  if (out.alternatives.empty()) out = Value::unknown();
  out.taint = fields.taint;
  add_sources(out.sources, fields.sources);
  return out;
}

Text joined(const std::vector<Text>& argv, std::size_t first) {
  Text out;
  for (std::size_t i = first; i < argv.size(); ++i) {
    if (i > first) out.append(" ");
    out.append(argv[i]);
  }
  return out;
}

}  // namespace

Output Evaluator::simple(const shell::SimpleCommand& node, const shell::Command& whole, Frame& frame, const Input& input) {
  if (node.words.empty()) return assign_only(node, whole, frame, input);
  if (!spend_command()) {
    opaque(OpaqueReason::limit, "more commands than are looked at", place(frame, whole.span));
    frame.state.ended = true;
    return Output::unknown();
  }
  if (frame.state.traces) trace(frame);
  declare_arrays(node, frame);
  const bool environments = environment_decides(node.words.front().parts, frame.state);
  const bool declared = declares(node);
  const std::vector<std::string> defaulted = declared ? defaulted_names(node, frame.state) : std::vector<std::string>();
  Fields fields = declared ? declared_fields(node.words, frame) : words(node.words, frame);
  if (environments) keep_named(fields);
  const auto first = static_cast<std::uint32_t>(analysis_.operations.size());
  const Taint outer = std::exchange(frame.setting.taint, fields.taint);
  std::vector<std::uint32_t> outer_sources = std::exchange(frame.word_sources, fields.sources);
  Shadowed shadowed;
  const std::size_t bound = frame.setting.env.size();
  bind(node, frame, shadowed);
  Output out = attempts(fields, frame, input, place(frame, whole.span));
  unbind(frame, bound, shadowed);
  if (last_words_) frame.state.last_word = last_word_of(fields);
  for (const std::string& name : defaulted) {
    const auto variable = frame.state.variables.find(name);
    if (variable != frame.state.variables.end()) variable->second.value.note_environment();
  }
  frame.setting.taint = outer;
  frame.word_sources = std::move(outer_sources);
  link_sources(fields.sources, first);
  link_sources(input.sources, first);
  out.taint = out.taint | fields.taint;
  add_sources(out.sources, fields.sources);
  return out;
}

/// `set -x`: the prompt of a trace is expanded, with the commands in it, before each command.
void Evaluator::trace(Frame& frame) {
  const Variable* const prompt = frame.state.find("PS4");
  if (prompt == nullptr || prompt->unset || frame.state.traced == prompt->value) return;
  frame.state.traced = prompt->value;
  frame.state.traces = false;  // the prompt's own commands are not traced
  const Value value = prompt->value;
  for (const Text& text : value.alternatives) {
    (void)expander(frame);
    run_prompt(text);
  }
  frame.state.traces = true;
}

Fields Evaluator::words(const std::vector<shell::Word>& words, Frame& frame) {
  Expander expander = this->expander(frame);
  expander.of_command(words);
  Fields fields = expander.fields(words);
  if (expander.overflow())
    opaque(OpaqueReason::limit, "a command with more words than are looked at", place(frame, words.front().span));
  return fields;
}

Fields Evaluator::declared_fields(const std::vector<shell::Word>& words, Frame& frame) {
  Fields all;
  for (const shell::Word& word : words) {
    Expander expander = this->expander(frame);
    if (!begins_assignment(word)) {
      std::vector<shell::Word> one;
      one.push_back(shell::copy(word));
      const Fields fields = expander.fields(one);
      for (auto& head : all.alternatives)
        head.insert(head.end(), fields.alternatives.front().begin(), fields.alternatives.front().end());
      continue;
    }
    Value value = expander.declared(word);
    if (all.alternatives.size() * value.alternatives.size() > limits_.alternatives) value = Value::unknown();
    std::vector<std::vector<Text>> product;
    for (const auto& head : all.alternatives) {
      for (const Text& text : value.alternatives) {
        product.push_back(head);
        product.back().push_back(text);
      }
    }
    all.alternatives = std::move(product);
    all.taint = all.taint | value.taint;
    add_sources(all.sources, value.sources);
  }
  return all;
}

/// Without a command, `<file` alone gives what is in the file.
Output Evaluator::assign_only(const shell::SimpleCommand& node, const shell::Command& whole, Frame& frame, const Input& input) {
  const std::uint32_t before = substitutions_;
  for (const shell::Assignment& one : node.assignments) assign(one, frame);
  if (last_words_) frame.state.last_word = Value();
  frame.state.status = substitutions_ != before ? substitution_status_ : std::optional(0);
  if (!node.assignments.empty() || whole.redirects.size() != 1 || whole.redirects.front().op != shell::RedirOp::read) return {};
  frame.state.status.reset();
  return Output::of(input);
}

Output Evaluator::attempts(const Fields& fields, Frame& frame, const Input& input, base::Span span) {
  if (fields.alternatives.size() == 1) return one(fields.alternatives.front(), frame, input, span);
  Output out;
  const Frame before = frame;
  bool first = true;
  for (const std::vector<Text>& argv : fields.alternatives) {
    Frame attempt = before;
    const Output next = one(argv, attempt, input, span);
    attempt.state.settle();
    if (first) frame.state = std::move(attempt.state);
    else frame.state.merge(attempt.state);
    if (std::exchange(first, false)) out = next;
    else out.or_else(next);
  }
  return out;
}

namespace {

/// The words behind an alias, as they were before the shell took their quotes off. When its text ends in a blank, the next word may be one too.
void append_arguments(Text& code, const std::vector<Text>& argv, const State& state) {
  bool next_too = code.view().ends_with(' ') || code.view().ends_with('\t');
  for (std::size_t i = 1; i < argv.size(); ++i) {
    code.append(" ");
    const auto alias = next_too ? state.aliases.find(argv[i].view()) : state.aliases.end();
    next_too = alias != state.aliases.end() && alias->second.ends_with(' ');
    if (alias != state.aliases.end()) {
      code.append(alias->second);
      continue;
    }
    if (!argv[i].literal()) {
      code.append(argv[i]);
      continue;
    }
    std::string quoted = "'";
    for (const char c : argv[i].view()) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    code.append(quoted + "'");
  }
}

}  // namespace

namespace {

/// zsh: `=rm` is where rm is found, `-` makes a login shell of what follows. Other shells have no such commands.
bool is_zsh_prefix(std::string_view name) {
  return name == "-" || (name.size() > 1 && name.front() == '=' && base::is_alpha(name[1]));
}

}  // namespace

Output Evaluator::one(const std::vector<Text>& argv, Frame& frame, const Input& input, base::Span span) {
  if (argv.empty()) return {};
  const Text& name = argv.front();
  if (is_zsh_prefix(name.view()) && (name.size() > 1 || argv.size() > 1)) {
    std::vector<Text> plain(argv.begin() + (name.size() > 1 ? 0 : 1), argv.end());
    if (name.size() > 1) plain.front() = name.substr(1);
    return one(plain, frame, input, span);
  }
  const std::size_t slash = name.view().rfind('/');
  const std::string_view last = slash == std::string_view::npos ? name.view() : name.view().substr(slash + 1);
  if (last.find(model::kHole) != std::string_view::npos) return computed(argv, frame, input, span);
  if (slash == std::string_view::npos) {
    if (const auto alias = frame.state.aliases.find(last); alias != frame.state.aliases.end()) {
      const std::string text = alias->second;
      const std::string key = alias->first;
      frame.state.aliases.erase(alias);  // an alias does not expand itself
      Text code(text);
      append_arguments(code, argv, frame.state);
      (void)code_here(code, frame, frame.setting.taint);
      frame.state.aliases.emplace(key, text);
      frame.state.status.reset();
    }
    if (const auto function = frame.state.functions.find(last); function != frame.state.functions.end()) {
      return call_function(*function->second, argv, frame, input);
    }
    const BuiltinRun builtin = find_builtin(last) != nullptr ? find_builtin(last) : find_variable_builtin(last);
    if (builtin != nullptr) {
      Builtin at_work{*this, frame, argv, input, span};
      frame.state.status.reset();
      return builtin(at_work);
    }
  }
  if (slash == std::string_view::npos) not_found(argv, frame, input);
  return external(argv, frame, input, span);
}

/// bash, zsh and fish hand a command that they do not find to a function, in a shell of its own (bash(1), "COMMAND EXECUTION").
void Evaluator::not_found(const std::vector<Text>& argv, const Frame& frame, const Input& input) {
  auto handler = frame.state.functions.end();
  for (const std::string_view name : {"command_not_found_handle", "command_not_found_handler", "fish_command_not_found"}) {
    if (handler == frame.state.functions.end()) handler = frame.state.functions.find(name);
  }
  if (handler == frame.state.functions.end() || program::KnowledgeView(knowledge_).find(argv.front().view())) return;
  Frame own = frame.subshell();
  own.state.functions.erase(handler->first);  // it is not called for what it does not find itself
  std::vector<Text> call = argv;
  call.insert(call.begin(), Text(handler->first));
  (void)call_function(*handler->second, call, own, input);
}

/// The name of the program hangs on something that is not known. A part that may be nothing leaves the next word as the name.
Output Evaluator::computed(const std::vector<Text>& argv, Frame& frame, const Input& input, base::Span span) {
  const Text& name = argv.front();
  const bool may_vanish = name.size() == name.hole_count() && has(name.traits(), HoleTrait::empty);
  const bool known_next = argv.size() > 1 && argv[1].literal();
  if (may_vanish && known_next) (void)one({argv.begin() + 1, argv.end()}, frame, input, span);
  frame.state.status.reset();
  opaque(OpaqueReason::computed_command, "`" + joined(argv, 0).display() + "`", span);
  return Output::unknown();
}

Output Evaluator::call_function(const shell::Command& body, const std::vector<Text>& argv, Frame& frame, const Input& input) {
  // Behind a condition that is known to fail, a function that calls itself would never end.
  if (frame.state.doubtful && std::find(calls_.begin(), calls_.end(), &body) != calls_.end()) return Output::unknown();
  if (depth_ >= limits_.nesting) {
    opaque(OpaqueReason::limit, "functions that call each other, too deep", frame.span);
    return Output::unknown();
  }
  ++depth_;
  Exits exits;
  Exits* const around = std::exchange(frame.function, &exits);
  const std::vector<Exits*> loops = std::exchange(frame.loops, {});
  frame.state.scopes.emplace_back();
  std::vector<Value> outer = std::exchange(frame.state.positional, {});
  const Value outer_zero = frame.state.zero;
  if (frame.state.shell == ShellKind::zsh) frame.state.zero = Value(argv.front());
  for (std::size_t i = 1; i < argv.size(); ++i) frame.state.positional.push_back(frame.value_of(argv[i]));
  const bool open = std::any_of(argv.begin(), argv.end(), [](const Text& t) { return model::has(t.traits(), HoleTrait::words); });
  const bool known = std::exchange(frame.state.positional_known, !open);
  Input given = input;  // may be the very one that is put aside
  Input waiting = std::exchange(frame.state.input, std::move(given));
  calls_.push_back(&body);
  const std::uint32_t stored = stored_functions_.count(&body) != 0 ? 1 : 0;
  stored_ += stored;
  Output out = command(body, frame);
  stored_ -= stored;
  calls_.pop_back();
  frame.state.settle();
  for (State& one : exits.returns) frame.state.merge_exit(std::move(one));
  frame.state.leave_scope();
  frame.state.input = std::move(waiting);
  frame.state.positional = std::move(outer);
  frame.state.zero = outer_zero;
  frame.state.positional_known = known;
  frame.function = around;
  frame.loops = loops;
  --depth_;
  return out;
}

namespace {

/// Of the few commands whose success hangs on their words alone.
std::optional<int> status_of(const std::vector<Text>& argv) {
  const std::string_view name = argv.front().view();
  if (name == "true" || name == ":" || name == "echo" || name == "printf") return 0;
  if (name == "false") return 1;
  if (name != "test" && name != "[") return std::nullopt;
  const auto holds = evaluate_test(argv);
  return holds ? std::optional(*holds ? 0 : 1) : std::nullopt;
}

/// `test -v 'a[$(cmd)]'`: the subscript is arithmetic, which runs what is in it (bash(1), "Arrays").
void read_subscripts(const std::vector<Text>& argv, Frame& frame, Evaluator& shell) {
  const std::string_view program = argv.front().view();
  if (program != "test" && program != "[" && program != "wait") return;
  const std::string_view option = program == "wait" ? "-p" : "-v";
  for (std::size_t i = 1; i + 1 < argv.size(); ++i) {
    const std::string_view name = argv[i + 1].view();
    if (argv[i].view() == option && name.find('[') != std::string_view::npos)
      static_cast<void>(shell.expander(frame).calculate(name));
  }
}

}  // namespace

Output Evaluator::external(const std::vector<Text>& argv, Frame& frame, const Input& input, base::Span span) {
  Output out;
  read_subscripts(argv, frame, *this);
  const auto found = frame.state.remembered.empty() ? std::nullopt : where_remembered(argv, frame.state);
  if (found && !found->front().literal()) return computed(*found, frame, input, span);
  const std::size_t first = analysis_.operations.size();
  for (std::size_t i = 0; i < frame.state.cwds.size(); ++i) {
    Invocation invocation{found ? *found : argv, setting_of(frame, frame.state.cwds[i]), input, span};
    Output one = run_known(invocation);
    if (i == 0) out = std::move(one);
    else out.or_else(one);
  }
  frame.state.status = status_of(argv);
  const bool plain = !found && frame.state.cwds.size() == 1 && !frame.setting.remote && world_.files != nullptr;
  if (plain)
    frame.state.folders.note(argv, analysis_.operations, first, files(),
                             [&](const std::string& path) { return may_be_own(path); });
  return out;
}

}  // namespace belay::command
