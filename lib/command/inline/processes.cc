#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"
#include "command/program/roles.h"

/// Commands that the code goes on talking to, and programs that it calls as functions.
namespace belay::command::inline_code {

namespace {

Value first_of(const Call& call) {
  const Value* v = call.positional(0);
  return v == nullptr ? Value() : *v;
}

Value unknown_text() { return Value::of(Text::hole(model::HoleTrait::any)); }

/// `#Process`: what is written to it is read by the command.
Value process_of(const Text& command) {
  Value out = Value::named("#Process");
  out.self = std::make_shared<const Value>(Value::of(command));
  return out;
}

void bind_to(const Value& holder, const Value& value, Walker& walker) {
  const std::string& name = holder.kind == ValueKind::name ? holder.name : holder.place;
  if (!name.empty() && name.front() != '#') walker.bind(name, value);
}

void add_program_words(Value& words, const Value& v) {
  for_each_element(v, [&](const Value& one) {
    if (one.name == "#Program" || one.kind == ValueKind::list)
      return add_program_words(words, one.name == "#Program" ? Value::list(one.items) : one);
    words.add("", one);
  });
}

/// `force=True` is `--force`, `C="x"` is `-C x`.
void add_option(Value& words, std::string key, const Value& value) {
  const bool flag = value.kind == ValueKind::name && truthy(value);
  if (value.kind == ValueKind::name && !flag) return;
  std::replace(key.begin(), key.end(), '_', '-');
  Text word((key.size() == 1 ? "-" : "--") + key);
  if (!flag && key.size() > 1) {
    word.append("=");
    word.append(value.as_text());
  }
  words.add("", Value::of(std::move(word)));
  if (!flag && key.size() == 1) words.add("", value);
}

Value program_with(const Value& program, const Call& call) {
  Value out = Value::named("#Program");
  add_program_words(out, Value::list(program.items));
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.keys[i].empty()) add_program_words(out, call.arguments[i]);
    else if (call.keys[i].front() != '_' && call.keys[i].front() != '&') add_option(out, call.keys[i], call.arguments[i]);
  }
  return out;
}

Text line_of(const Value& words) {
  Text out;
  for (const Value& w : words.items) {
    if (!out.empty()) out.append(" ");
    out.append(quoted(w.as_text()));
  }
  return out;
}

}  // namespace

Value gives_ipython(const Call&, Walker&) { return Value::named("#IPython"); }

/// `run_line_magic(name, line)`, `run_cell_magic(name, line, cell)` (IPython's InteractiveShell): `%name line`, `%%name line` and the cell.
Value gives_magic(const Call& call, Walker& walker) {
  const bool cell = call.arguments.size() > 2;
  Text text(cell ? "%%" : "%");
  for (std::size_t i = 0; i < call.arguments.size() && i < 3; ++i) {
    if (i > 0) text.append(i == 1 ? " " : "\n");
    text.append(call.arguments[i].as_text());
  }
  program::apply_code("ipython", text, walker.session().change, walker.session().effects);
  return {};
}

void tell(const Value& process, const Value& text, Session& session) {
  if (!process.self) return;
  Text all;
  for_each(text, [&](const Value& one) { all.append(one.as_text()); });
  if (const std::string_view v = all.view(); v.ends_with('\r')) all = all.substr(0, v.size() - 1);  // typed on a terminal
  Value code = Value::of(fed(all, process.self->as_text()));
  code.inherit(text);
  run_code(code, session);
}

Value run_program(const Value& program, const Call& call, Session& session) {
  const Value whole = program_with(program, call);
  session.command = line_of(whole);
  const Value* input = call.named("_in");
  if (input != nullptr) tell(process_of(session.command), *input, session);
  else run_words(whole.items, session);
  return process_of(session.command);
}

/// `sh.rm` is a program where all members of `sh` are.
std::optional<Value> Walker::program_named(const Value& v) const {
  if (d_.programs.empty() || v.kind != ValueKind::name || find(v.name) != nullptr) return std::nullopt;
  if (v.name.starts_with("#Program.") && v.self && v.self->name == "#Program") {  // a command of the program
    Value out = *v.self;
    std::string name = v.name.substr(v.name.find('.') + 1);
    std::replace(name.begin(), name.end(), '_', '-');
    out.add("", Value::of(Text(std::move(name))));
    return out;
  }
  for (const std::string_view module : base::split(d_.programs, ' ')) {
    if (!v.name.starts_with(module) || v.name.size() <= module.size() + 1 || v.name[module.size()] != '.') continue;
    Value out = Value::named("#Program");
    for (const std::string_view word : base::split(std::string_view(v.name).substr(module.size() + 1), '.')) {
      std::string name(word);
      std::replace(name.begin(), name.end(), '_', '-');
      out.add("", Value::of(Text(std::move(name))));
    }
    return out;
  }
  return std::nullopt;
}

Value gives_process(const Call& call, Walker& walker) {
  const Text& command = walker.session().command;
  if (!command.empty()) return process_of(command);
  const Value* self = call.callee.self.get();
  return self != nullptr && self->name == "#Process" ? *self : Value();
}

Value gives_process_list(const Call& call, Walker& walker) {
  Value out = Value::list({gives_process(call, walker), unknown_text(), unknown_text(), unknown_text()});
  out.name = "#Tuple";
  return out;
}

Value gives_terminal(const Call& call, Walker& walker) {
  Value out = Value::list({unknown_text(), gives_process(call, walker), unknown_text()});
  out.name = "#Tuple";
  return out;
}

Value gives_perl_handle(const Call& call, Walker& walker) {
  if (walker.session().command.empty()) return gives_perl_file(call, walker);
  const Value process = gives_process(call, walker);
  if (!call.arguments.empty()) bind_to(call.arguments.front(), process, walker);
  return process;
}

/// `open2(\*READ, \*WRITE, …)`; of open3 the first.
Value gives_second_handle(const Call& call, Walker& walker) {
  const std::size_t at = call.callee.name.ends_with('3') ? 0 : 1;
  if (call.arguments.size() > at) bind_to(call.arguments[at], gives_process(call, walker), walker);
  return {};
}

/// `$pipe->writer(command)`: the object itself is written to from now on.
Value gives_process_of_object(const Call& call, Walker& walker) {
  if (call.callee.self) bind_to(*call.callee.self, gives_process(call, walker), walker);
  return {};
}

/// `proc_open(command, descriptors, $pipes)`.
Value gives_third_handles(const Call& call, Walker& walker) {
  if (call.arguments.size() > 2) bind_to(call.arguments[2], gives_process_list(call, walker), walker);
  return {};
}

/// `source.pipe(child.stdin)`.
Value gives_piped(const Call& call, Walker& walker) {
  const Value target = first_of(call);
  const Value* from = call.callee.self.get();
  if (target.name != "#Process" || from == nullptr) return target;
  if (from->name.starts_with("#Process.") && from->self && from->self->self && target.self) {
    run_code(Value::of(piped(from->self->self->as_text(), target.self->as_text())), walker.session());
  } else {
    tell(target, *from, walker.session());
  }
  return target;
}

Value gives_program(const Call& call, Walker&) {
  return program_with(call.callee.self && call.callee.self->name == "#Program" ? *call.callee.self : Value(), call);
}
Value gives_program_run(const Call& call, Walker& walker) {
  return call.callee.self ? run_program(*call.callee.self, call, walker.session()) : Value();
}

/// GitPython, pygit2: the repository of a folder, and git as a program in it.
Value gives_repository(const Call& call, Walker&) {
  const Value folder = first_of(call);
  return Value::typed("#Repository", folder.is_text() ? folder.text : Text("."));
}
Value gives_git(const Call& call, Walker&) {
  Value out = Value::named("#Program");
  out.add("", Value::of(Text("git")));
  if (call.callee.self && call.callee.self->is_text() && call.callee.self->text.view() != ".") {
    out.add("", Value::of(Text("-C")));
    out.add("", Value::of(call.callee.self->text));
  }
  return out;
}
/// `head.reset(working_tree=True)`, `reset(id, GIT_RESET_HARD)`
Value gives_reset(const Call& call, Walker& walker) {
  const Value* tree = call.named("working_tree");
  const auto hard = [](const Value& v) { return v.kind == ValueKind::name && v.name.find("HARD") != std::string::npos; };
  if ((tree == nullptr || !truthy(*tree)) && std::none_of(call.arguments.begin(), call.arguments.end(), hard)) return {};
  Value words = gives_git(call, walker);
  for (const std::string_view word : {"reset", "--hard"}) words.add("", Value::of(Text(word)));
  run_words(words.items, walker.session());
  return {};
}

/// `#Shell`: an object whose `run` runs commands; `#Remote`: on another host.
Value gives_shell(const Call&, Walker&) { return Value::named("#Shell"); }
Value gives_remote(const Call& call, Walker&) {
  Value out = Value::named("#Remote");
  const Value host = first_of(call);
  out.self = std::make_shared<const Value>(host.is_text() ? host : unknown_text());
  return out;
}
Value gives_file_system(const Call&, Walker&) { return Value::named("#FileSystem"); }

/// A task of a library that hands it a context: `@task def f(c): c.run("…")`.
Value gives_task(const Call& call, Walker& walker) {
  if (call.arguments.empty()) return {};
  Call inner;
  inner.callee = call.arguments.front();
  inner.add(Value::named("#Shell"));
  if (inner.callee.closure) (void)walker.apply(inner);
  return inner.callee;
}

/// Ruby's `un`: `ruby -run -e rm -- -rf dir` takes its arguments from the command line.
Value gives_run_on_parameters(const Call& call, Walker& walker) {
  Session& session = walker.session();
  if (!call.arguments.empty() || session.parameters.empty()) return {};
  std::vector<Value> words{Value::of(Text(call.callee.name))};
  for (const Text& p : session.parameters) words.push_back(Value::of(p));
  run_words(words, session);
  return {};
}

/// Perl: `print HANDLE LIST`, `print {$h} LIST` to a command.
bool Walker::printed() {
  if (!d_.has(Trait::default_argument) || !lists("print printf say", peek().text)) return false;
  std::size_t k = at_ + 1;
  if (t_.all[k].is("(")) ++k;
  const bool braces = t_.all[k].is("{");
  const Token& name = t_.all[braces ? k + 1 : k];
  const std::size_t next = braces ? t_.partner[k] + 1 : k + 1;
  if (name.kind != TokenKind::name || next + 1 >= end_ || t_.all[next].kind == TokenKind::punct) return false;
  const auto it = session_.variables.find(variable_key(std::string(name.text)));
  if (it == session_.variables.end() || it->second.name != "#Process") return false;
  const Value process = it->second;
  at_ = next;
  Value all = Value::list({expression()});
  while (peek().is(",")) {
    ++at_;
    all.add("", expression());
  }
  tell(process, all, session_);
  return true;
}

}  // namespace belay::command::inline_code
