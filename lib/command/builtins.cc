#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "command/builtin.h"
#include "command/program/interpret.h"
#include "path/path.h"

/// Built-ins that change where the shell is or run code (POSIX XCU 2.14, bash(1) SHELL BUILTIN COMMANDS).
namespace belay::command {

using model::HoleTrait;

namespace {

Text joined(const std::vector<Text>& argv, std::size_t first) {
  Text out;
  for (std::size_t i = first; i < argv.size(); ++i) {
    if (i > first) out.append(" ");
    out.append(argv[i]);
  }
  return out;
}

/// Index of the first argument that is no option; `--` ends them.
std::size_t skip_options(const std::vector<Text>& argv, std::size_t first) {
  std::size_t i = first;
  while (i < argv.size() && argv[i].literal() && argv[i].size() > 1 && argv[i].view().front() == '-') {
    if (argv[i++].view() == "--") break;
  }
  return i;
}

/// An exec operation of the built-in itself, so that rules can name it.
void announce(Builtin& b) {
  Invocation invocation{b.argv, b.frame.setting, b.input, b.span};
  invocation.setting.cwd = b.frame.state.cwds.front();
  program::interpret(invocation, b.shell);
}

/// The shell goes to one of `targets`, or stays where it is.
void move(Builtin& b, const std::vector<Text>& targets, bool relative) {
  State& state = b.frame.state;
  state.settle();
  Moved moved;
  moved.on_failure = state.cwds;
  moved.certain = true;
  for (const Text& target : targets) {
    for (const Text& cwd : state.cwds) {
      Text there = relative ? path::lexical(target, cwd) : target;
      const Folders& own = state.folders;
      moved.certain = moved.certain && !own.took_away(there) && (own.made_here(there) || b.shell.is_folder(there));
      if (std::find(moved.on_success.begin(), moved.on_success.end(), there) == moved.on_success.end()) {
        moved.on_success.push_back(std::move(there));
      }
    }
  }
  state.old_cwds = state.cwds;
  if (moved.on_success.empty()) moved.on_success.push_back(Text::hole(HoleTrait::any));
  state.moved = std::move(moved);
}

std::vector<Text> home_folders(Builtin& b) {
  const auto home = b.shell.expander(b.frame).lookup("HOME");
  return home ? home->alternatives : std::vector<Text>{Text::hole(HoleTrait::any)};
}

Output run_cd(Builtin& b) {
  announce(b);
  const std::size_t i = skip_options(b.argv, 1);
  if (i >= b.argv.size() || b.argv[i].empty()) {
    move(b, home_folders(b), true);
  } else if (b.argv[i].view() == "-") {
    const std::vector<Text> old = b.frame.state.old_cwds;
    move(b, old, false);
  } else {
    std::vector<Text> targets{b.argv[i]};
    const Variable* searched = b.frame.state.find("CDPATH");
    const bool plain = b.argv[i].view().front() != '/' && b.argv[i].view().front() != '.';
    if (searched != nullptr && !searched->unset && plain) targets.push_back(Text::hole(HoleTrait::any));
    move(b, targets, true);
  }
  return {};
}

Output run_pushd(Builtin& b) {
  announce(b);
  State& state = b.frame.state;
  const std::size_t i = skip_options(b.argv, 1);
  state.folder_stack.push_back(state.cwds.size() == 1 ? state.cwds.front() : Text::hole(HoleTrait::any));
  if (i < b.argv.size() && b.argv[i].view().substr(0, 1) != "+") move(b, {b.argv[i]}, true);
  else move(b, {Text::hole(HoleTrait::any)}, false);
  return {};
}

Output run_popd(Builtin& b) {
  announce(b);
  State& state = b.frame.state;
  Text there = state.folder_stack.empty() ? Text::hole(HoleTrait::any) : state.folder_stack.back();
  if (!state.folder_stack.empty()) state.folder_stack.pop_back();
  move(b, {std::move(there)}, false);
  return {};
}

Output run_eval(Builtin& b) {
  const std::size_t i = skip_options(b.argv, 1);
  b.frame.state.status = 0;
  if (i >= b.argv.size()) return {};
  const base::Span span = std::exchange(b.frame.span, b.span);
  Output out = b.shell.code_here(joined(b.argv, i), b.frame, b.frame.setting.taint);
  b.frame.span = span;
  return out;
}

/// `source FILE`: a file that this call wrote, or the output of a process, is read; any other is a script like any program's.
Output run_source(Builtin& b) {
  announce(b);
  const std::uint32_t exec = b.shell.last_operation();
  const std::size_t i = skip_options(b.argv, 1);
  if (i >= b.argv.size()) return {};
  const Text& cwd = b.frame.state.cwds.front();
  const bool standard_input = b.argv[i].view() == "/dev/stdin" || b.argv[i].view() == "/dev/fd/0";
  std::optional<Input> known = standard_input ? b.input : b.shell.written(b.argv[i], cwd);
  if (!known && !b.frame.setting.remote) known = b.shell.stored(b.argv[i], cwd);
  const bool stream = b.argv[i].view().starts_with("/dev/");
  if (!stream && !b.frame.setting.remote) {
    model::FileAccess access;
    access.path = b.shell.path(b.argv[i], cwd);
    (void)b.shell.emit({model::OpKind::read, b.span, "script run by `source`", exec, std::move(access)});
  }
  if (!known) return Output::unknown();
  const base::Span span = std::exchange(b.frame.span, b.span);
  Exits exits;
  Exits* const function = std::exchange(b.frame.function, &exits);
  const std::vector<Value> outer = b.frame.state.positional;
  const bool own = i + 1 < b.argv.size();
  if (own) b.frame.state.positional.clear();
  for (std::size_t n = i + 1; n < b.argv.size(); ++n) b.frame.state.positional.emplace_back(b.argv[n]);
  const Variable* const before = b.frame.state.find(kScriptVariable);
  const std::optional<Variable> script = before != nullptr ? std::optional(*before) : std::nullopt;
  b.frame.state.set(std::string(kScriptVariable), Value(b.argv[i]));
  Output out = b.shell.code_from(*known, b.frame);
  b.frame.state.settle();
  for (State& one : exits.returns) b.frame.state.merge_exit(std::move(one));
  if (script) b.frame.state.variables.insert_or_assign(std::string(kScriptVariable), *script);
  else b.frame.state.variables.erase(std::string(kScriptVariable));
  if (own) b.frame.state.positional = outer;
  b.frame.function = function;
  b.frame.span = span;
  return out;
}

/// `command NAME`, `builtin NAME`: the built-in, even when a function has its name.
Output run_command(Builtin& b) {
  const std::size_t i = skip_options(b.argv, 1);
  const bool describes = i > 1 && b.argv[1].view().find_first_of("vV") != std::string_view::npos;
  if (!describes && i < b.argv.size() && b.argv[i].literal()) {
    const std::string_view name = b.argv[i].view();
    const BuiltinRun inner = find_builtin(name) != nullptr ? find_builtin(name) : find_variable_builtin(name);
    if (inner != nullptr) {
      const std::vector<Text> argv(b.argv.begin() + static_cast<std::ptrdiff_t>(i), b.argv.end());
      Builtin at_work{b.shell, b.frame, argv, b.input, b.span};
      return inner(at_work);
    }
  }
  return b.shell.external(b.argv, b.frame, b.input, b.span);
}

bool is_exit(std::string_view signal) { return signal == "EXIT" || signal == "0" || signal == "exit"; }

/// Code that waits for a signal may run at any time, the first of them being now; that of EXIT runs when the shell ends.
Output run_trap(Builtin& b) {
  announce(b);
  const std::size_t i = skip_options(b.argv, 1);
  b.frame.state.status = 0;
  const bool resets = i < b.argv.size() && b.argv[i].view() == "-";
  if (i + 1 >= b.argv.size()) return {};
  bool now = false;
  for (std::size_t s = i + 1; s < b.argv.size(); ++s) {
    const std::string signal = is_exit(b.argv[s].view()) ? "EXIT" : b.argv[s].bytes();
    std::erase_if(b.frame.state.traps, [&](const auto& one) { return one.first == signal; });
    if (resets || b.argv[i].empty()) continue;
    b.frame.state.traps.emplace_back(signal, b.argv[i]);
    now = now || signal != "EXIT";
  }
  if (!now) return {};
  Frame later = b.frame.subshell();
  later.span = b.span;
  (void)b.shell.code_here(b.argv[i], later, b.frame.setting.taint);
  return {};
}

Output run_alias(Builtin& b) {
  announce(b);
  bool anywhere = false;  // zsh: `-g` stands for its text wherever it is written, `-s` for the program of a file's suffix
  for (std::size_t i = 1; i < b.argv.size(); ++i) {
    const std::size_t equals = b.argv[i].view().find('=');
    anywhere = anywhere || b.argv[i].view() == "-g" || b.argv[i].view() == "-s";
    if (equals == std::string_view::npos || !b.argv[i].literal()) continue;
    if (anywhere) {
      const std::string text = b.argv[i].bytes().substr(equals + 1);
      const std::size_t code = text.find_first_not_of(" \t;|&");
      if (code != std::string::npos) (void)b.shell.code_here(Text(text.substr(code)), b.frame, b.frame.setting.taint);
      continue;
    }
    b.frame.state.aliases.insert_or_assign(b.argv[i].bytes().substr(0, equals), b.argv[i].bytes().substr(equals + 1));
  }
  return {};
}

Output run_unalias(Builtin& b) {
  for (std::size_t i = 1; i < b.argv.size(); ++i) {
    if (b.argv[i].literal()) b.frame.state.aliases.erase(b.argv[i].bytes());
  }
  return {};
}

/// The status that `exit N` and `return N` give; without N that of the command before.
void take_status(Builtin& b, std::optional<int> before) {
  std::optional<int>& status = b.frame.state.status;
  status = before;
  if (b.argv.size() < 2) return;
  const std::string_view v = b.argv[1].view();
  const bool number = !v.empty() && v.size() < 4 && v.find_first_not_of("0123456789") == std::string_view::npos;
  status = number ? std::optional(std::stoi(std::string(v)) & 0xFF) : std::nullopt;
}

Output run_exit(Builtin& b) {
  take_status(b, std::nullopt);
  if (b.frame.shell != nullptr) b.frame.shell->returns.push_back(b.frame.state);
  b.frame.state.ended = true;
  return {};
}

/// Outside a function and a sourced file `return` is an error, and the shell goes on.
Output run_return(Builtin& b) {
  take_status(b, std::nullopt);
  if (b.frame.function == nullptr) return {};
  b.frame.function->returns.push_back(b.frame.state);
  b.frame.state.ended = true;
  return {};
}

/// `break N`, `continue N`: the loop that is meant, if there is one.
Exits* loop_meant(Builtin& b) {
  std::size_t levels = 1;
  if (b.argv.size() > 1 && b.argv[1].literal() && b.argv[1].size() == 1 && b.argv[1].view() > "0" && b.argv[1].view() <= "9") {
    levels = static_cast<std::size_t>(b.argv[1].view().front() - '0');
  }
  const std::size_t depth = b.frame.loops.size();
  return depth == 0 ? nullptr : b.frame.loops[depth - std::min(levels, depth)];
}

Output run_break(Builtin& b) {
  b.frame.state.status = 0;
  Exits* const loop = loop_meant(b);
  if (loop == nullptr) return {};
  (b.argv.front().view() == "break" ? loop->breaks : loop->continues).push_back(b.frame.state);
  b.frame.state.ended = true;
  return {};
}

/// zshcontrib(1): `zargs [options] -- words… -- command…`, in as few calls as there is room for.
Output run_zargs(Builtin& b) {
  const auto mark = [](const Text& word) { return word.view() == "--"; };
  auto words = std::find_if(b.argv.begin() + 1, b.argv.end(), mark);
  words = words == b.argv.end() ? b.argv.begin() + 1 : words + 1;
  const auto last = std::find_if(words, b.argv.end(), mark);
  std::vector<Text> call(last == b.argv.end() ? last : last + 1, b.argv.end());
  if (call.empty()) call.emplace_back("print");
  call.insert(call.end(), words, last);
  return b.shell.external(call, b.frame, b.input, b.span);
}

/// `compgen -F FUNCTION WORD` calls it as completion would: with the name of the command, the word, and the one before.
Output run_compgen(Builtin& b) {
  const auto option = std::find_if(b.argv.begin(), b.argv.end(), [](const Text& word) { return word.view() == "-F"; });
  if (option != b.argv.end() && option + 1 != b.argv.end()) {
    Text code = *(option + 1);
    code.append(" compgen ");
    code.append(option + 2 != b.argv.end() ? b.argv.back() : Text("''"));
    code.append(" ''");
    (void)b.shell.code_here(code, b.frame, b.frame.setting.taint);
  }
  return b.shell.external(b.argv, b.frame, b.input, b.span);
}

struct Row {
  std::string_view name;
  BuiltinRun run;
};
constexpr std::array kTable{
    Row{".", run_source},      Row{"alias", run_alias},   Row{"break", run_break},     Row{"builtin", run_command},
    Row{"compgen", run_compgen},
    Row{"cd", run_cd},         Row{"chdir", run_cd},      Row{"command", run_command}, Row{"continue", run_break},
    Row{"eval", run_eval},     Row{"exit", run_exit},     Row{"hash", run_hash},     Row{"popd", run_popd},       Row{"pushd", run_pushd},
    Row{"return", run_return}, Row{"source", run_source}, Row{"trap", run_trap},       Row{"unalias", run_unalias},
    Row{"zargs", run_zargs},
};

}  // namespace

BuiltinRun find_builtin(std::string_view name) {
  for (const Row& row : kTable) {
    if (row.name == name) return row.run;
  }
  return nullptr;
}

}  // namespace belay::command
