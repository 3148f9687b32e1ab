#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/powershell/binding.h"
#include "command/powershell/cmdlets.h"
#include "command/powershell/code.h"
#include "command/windows/names.h"

/// What a command is: a script block, a function, an alias, a cmdlet or a program.
namespace belay::command::powershell {

using model::HoleTrait;
using model::OpaqueReason;

namespace {

/// Approved verbs (about_Verbs, Get-Verb), and the three that are none but are used.
constexpr std::array<std::string_view, 103> kVerbs{
    "add",      "approve",   "assert",     "backup",    "block",     "build",   "checkpoint", "clear",     "close",       "compare",  "complete",
    "compress", "confirm",   "connect",    "convert",   "convertfrom", "convertto", "copy",   "debug",     "deny",        "deploy",   "disable",
    "disconnect", "dismount", "edit",      "enable",    "enter",     "exit",    "expand",     "export",    "find",        "format",   "get",
    "grant",    "group",     "hide",       "import",    "initialize", "install", "invoke",    "join",      "limit",       "lock",     "measure",
    "merge",    "mount",     "move",       "new",       "open",      "optimize", "out",       "ping",      "pop",         "protect",  "publish",
    "push",     "read",      "receive",    "redo",      "register",  "remove",  "rename",     "repair",    "request",     "reset",    "resize",
    "resolve",  "restart",   "restore",    "resume",    "revoke",    "save",    "search",     "select",    "send",        "set",      "show",
    "skip",     "split",     "start",      "step",      "stop",      "submit",  "suspend",    "switch",    "sync",        "test",     "trace",
    "unblock",  "undo",      "uninstall",  "unlock",    "unprotect", "unpublish", "unregister", "update",  "use",         "wait",     "watch",
    "write",    "foreach",   "where",      "tee"};

/// A word for a program: paths of Windows as paths, live wildcards as holes.
Value program_word(const Argument& a, const Value& v, const Session& session) {
  if (!v.is_text()) return as_string(v);
  Text text = v.text;
  const std::string_view s = v.text.view();
  if (windows::is_path(s) || s == "~" || s.starts_with("~/")) text = normal_path(text, session);
  if (a.plain && s.find("://") == std::string_view::npos && s.find('*') != std::string_view::npos) text = with_wildcards(text);
  Value out = Value::of(std::move(text));
  out.inherit(v);
  return out;
}

std::vector<Value> program_argv(const std::string& name, const Call& call, const Session& session) {
  std::vector<Value> argv{Value::of(Text(name))};
  const bool verbatim = windows::keeps_words(name);
  for (const Argument& a : call.arguments) {
    if (a.is_parameter() && !a.attached) {
      argv.push_back(Value::of(a.written));
    } else if (a.is_parameter()) {
      Value word = Value::of(a.written);
      argv.push_back(operate("+", operate("+", word, Value::of(Text(":"))), as_string(a.value)));
    } else {
      for (const Value& item : a.value.kind == ValueKind::list ? a.value.items : std::vector<Value>{a.value})
        argv.push_back(verbatim ? as_string(item) : program_word(a, item, session));
    }
  }
  return argv;
}

/// Blocks that nobody accounted for may be run by whoever gets them.
void run_blocks(const Call& call, Session& session) {
  for (const Argument& a : call.arguments) {
    inline_code::for_each(a.value, [&](const Value& v) {
      if (v.is_text() && v.name == kBlock) (void)run_block(v, call.piped, session);
    });
  }
}

Value run_script(const Text& path, const Call& call, Session& session) {
  std::vector<Text> parameters{path};
  for (const Argument& a : call.arguments) parameters.push_back(as_string(a.value).as_text());
  session.effects.run_file(normal_path(path, session), "powershell", parameters, session.change);
  return {};
}

/// A cmdlet that knowledge does not have, by its verb: `remove-azVM` is `Remove-AzVM`. Empty for anything else.
std::string unknown_cmdlet(std::string_view written, const program::KnowledgeView& knowledge) {
  const std::size_t dash = written.find('-');
  if (dash == std::string_view::npos || dash + 1 >= written.size() || written.find_first_of("./\\") != std::string_view::npos) return {};
  std::string verb = base::lower(written.substr(0, dash));
  if (std::find(kVerbs.begin(), kVerbs.end(), verb) == kVerbs.end() || knowledge.find(base::lower(written))) return {};
  std::string out = verb + std::string(written.substr(dash));
  for (const std::size_t at : {std::size_t{0}, dash + 1}) {
    if (out[at] >= 'a' && out[at] <= 'z') out[at] = static_cast<char>(out[at] - 'a' + 'A');
  }
  return out;
}

bool only_says(const Call& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [](const Argument& a) { return (a.name == "whatif" || a.name == "wi") && !a.attached; });
}

Value run_program(const std::string& written, const Call& call, Session& session) {
  const std::string cmdlet = unknown_cmdlet(written, session.effects.knowledge());
  if (!cmdlet.empty()) {
    if (only_says(call)) return {};
    Value out = session.run(program_argv(cmdlet, call, session), call.piped, session.change);
    run_blocks(call, session);
    return out;
  }
  const std::string name = windows::program(written, session.effects.knowledge());
  if (base::lower(written).ends_with(".ps1")) (void)run_script(Text(written), call, session);
  // An unknown name with a folder before it stays as it is: it may be a file that this call wrote.
  const bool path = written.find_first_of("/\\") != std::string::npos && name == base::lower(written.substr(written.find_last_of("/\\") + 1));
  const std::string shown = path ? normal_path(Text(written), session).bytes() : name;
  Value out = session.run(program_argv(path && !session.effects.knowledge().find(name) ? shown : name, call, session), call.piped, session.change);
  run_blocks(call, session);
  return out;
}

Value run_cmdlet(const Bound& bound, const Call& call, Session& session) {
  if (bound.what_if) return {};
  const Cmdlet* special = cmdlet_behaviour(bound.cmdlet);
  Value out;
  if (special == nullptr || special->is_command) out = session.run(argv_of(bound, call, session), call.piped, session.change);
  if (special == nullptr) {
    run_blocks(call, session);
    return out;
  }
  Value given = special->run({bound, call, session});
  given.inherit(out);
  return given;
}

/// `'-rf'`, `$options`: for a cmdlet a value like any other.
bool looks_like_option(const Value& value) {
  bool out = false;
  inline_code::for_each(value, [&](const Value& one) { out = out || (one.is_text() && one.text.size() > 1 && one.text.view()[0] == '-' && base::is_alpha(one.text.view()[1])); });
  return out;
}

/// `curl -d x`, `& rm '-rf' x`: an alias of Windows PowerShell, a program elsewhere, and its letters could be those of either.
bool is_program_too(const std::string& name, const Call& call, const program::KnowledgeView& knowledge) {
  const auto block = knowledge.find(name);
  return block && std::any_of(call.arguments.begin(), call.arguments.end(), [&](const Argument& a) {
           return a.is_parameter() ? block->option(a.written.view()).has_value() : looks_like_option(a.value);
         });
}

Value run_named(std::string name, const Call& call, Session& session) {
  for (int hops = 0; hops < 4; ++hops) {
    const auto alias = session.aliases.find(base::lower(name));
    if (alias == session.aliases.end()) break;
    name = alias->second;
  }
  const std::string low = base::lower(name);
  if (const auto f = session.functions.find(low); f != session.functions.end()) {
    if (std::find(session.calls.begin(), session.calls.end(), low) != session.calls.end()) return {};
    session.calls.push_back(low);
    const Function function = f->second;
    Value out = call_function(function, call.arguments, call.piped, session);
    session.calls.pop_back();
    return out;
  }
  const program::KnowledgeView knowledge = session.effects.knowledge();
  const std::string cmdlet = cmdlet_named(name, knowledge);
  if (!cmdlet.empty()) {
    if (const auto bound = bind_arguments(cmdlet, call, knowledge)) {
      if (is_program_too(low, call, knowledge)) (void)run_program(name, call, session);
      return run_cmdlet(*bound, call, session);
    }
    // `rm -rf x` where rm is a program; a parameter that a cmdlet of that very name does not have is one of a newer version.
    if (low.find('-') != std::string::npos) name = cmdlet;
  }
  return run_program(name, call, session);
}

}  // namespace

Value run_command(Call call, Session& session) {
  if (!session.spend() || session.too_deep()) return {};
  if (call.name.kind == ValueKind::choice) {
    Value out;
    for (const Value& one : call.name.items) {
      Call each = call;
      each.name = one;
      out = inline_code::either(std::move(out), run_command(std::move(each), session));
    }
    return out;
  }
  if (call.name.kind == ValueKind::list && call.name.items.size() == 1) call.name = Value(call.name.items.front());
  const Value& name = call.name;
  if (name.is_text() && name.name == kBlock) return call_function({name.text, {}}, call.arguments, call.piped, session);
  if (!name.is_text() || !name.text.literal() || name.text.empty()) {
    session.effects.opaque(reason_of(name.taint, OpaqueReason::computed_command), "a command whose name is computed");
    return {};
  }
  return run_named(name.text.bytes(), call, session);
}

Value run_code(const Value& code, Session& session) {
  if (code.kind == ValueKind::list || code.kind == ValueKind::choice) {
    if (code.kind == ValueKind::list) return run_code(as_string(code), session);
    for (const Value& item : code.items) (void)run_code(item, session);
    return {};
  }
  const Text text = code.as_text();
  if (text.empty()) return {};
  if (nothing_known(text) || (code.taint.network && !text.literal())) {
    session.effects.opaque(reason_of(code.taint, OpaqueReason::unknown_code), "PowerShell code that is not known");
    return {};
  }
  if (session.depth > 16) {
    session.effects.opaque(OpaqueReason::limit, "PowerShell code inside code, too deep");
    return {};
  }
  session.depth += 4;
  const Text source = normal_source(text);
  Value out = Walker(session, source).run();
  session.depth -= 4;
  return out;
}

Value run_block(const Value& block, const Value& each, Session& session) {
  if (!block.is_text() || block.name != kBlock) return {};
  const auto old = session.variables.find("_");
  const std::optional<Value> outer = old == session.variables.end() ? std::nullopt : std::optional(old->second);
  session.variables.insert_or_assign("_", each);
  session.variables.insert_or_assign("psitem", each);
  Value out = call_function({block.text, {}}, {}, each, session);
  if (outer) session.variables.insert_or_assign("_", *outer);
  return out;
}

Value call_function(const Function& function, const std::vector<Argument>& arguments, const Value& piped, Session& session) {
  if (session.depth > 16 || !session.spend()) {
    if (session.depth > 16) session.effects.opaque(OpaqueReason::limit, "PowerShell blocks inside blocks, too deep");
    return {};
  }
  std::vector<std::string> names = function.parameters;
  const std::string_view body = base::trim(function.body.view());
  if (base::iequals(body.substr(0, 5), "param")) {
    Cursor in(function.body);
    in.skip_blank(true);
    in.advance(5);
    in.skip_blank(true);
    if (in.peek() == '(') names = parameter_names(in.between(in.place() + 1, in.closing()));
  }
  Value rest = Value::list({});
  std::size_t place = 0;
  std::map<std::string, Value, std::less<>> outer = session.variables;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Argument& a = arguments[i];
    if (a.is_parameter() && std::find(names.begin(), names.end(), a.name) != names.end()) {
      const bool follows = !a.attached && i + 1 < arguments.size();
      session.variables.insert_or_assign(a.name, follows ? arguments[i + 1].value : a.value);
      if (follows) ++i;
    } else if (place < names.size()) {
      session.variables.insert_or_assign(names[place++], a.value);
    } else {
      rest.add("", a.is_parameter() && !a.attached ? Value::of(a.written) : a.value);
    }
  }
  session.variables.insert_or_assign("args", std::move(rest));
  session.variables.insert_or_assign("input", piped);
  session.depth += 2;
  Value out = Walker(session, function.body).run();
  session.depth -= 2;
  for (const std::string& name : names) {  // what it was given is its own
    const auto before = outer.find(name);
    if (before != outer.end()) session.variables.insert_or_assign(name, before->second);
    else session.variables.erase(name);
  }
  return out;
}

std::vector<std::string> parameter_names(std::string_view list) {
  std::vector<std::string> out;
  bool expected = true;
  int depth = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '(' || c == '{') ++depth;
    if (c == ')' || c == '}') --depth;
    if (depth > 0) continue;
    if (c == ',') expected = true;
    if (c != '$' || !expected) continue;
    std::size_t end = i + 1;
    while (end < list.size() && is_variable_char(list[end])) ++end;
    out.push_back(base::lower(list.substr(i + 1, end - i - 1)));
    expected = false;
  }
  return out;
}

void read_code(const Text& code, const std::vector<Text>& parameters, const program::Change& change, program::Effects& effects) {
  constexpr std::uint64_t kMostWork = 200'000;
  Session session{.effects = effects, .change = change, .budget = base::Budget(kMostWork)};
  Value args = Value::list({});
  for (const Text& p : parameters) args.add("", Value::of(p));
  session.variables.emplace("args", std::move(args));
  const Text source = normal_source(code);
  Value whole = Value::of(source);
  whole.taint = effects.invocation().setting.taint;
  (void)run_code(whole, session);
}

}  // namespace belay::command::powershell
