#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/evaluator.h"
#include "command/producers.h"
#include "command/program/interpret.h"

/// Built-ins that change variables and options (bash(1) SHELL BUILTIN COMMANDS).
namespace belay::command {

using model::HoleTrait;

namespace {

void announce(Builtin& b) {
  Invocation invocation{b.argv, b.frame.setting, b.input, b.span};
  invocation.setting.cwd = b.frame.state.cwds.front();
  program::interpret(invocation, b.shell);
}

bool is_name(std::string_view text) {
  if (text.empty() || !base::is_name_start(text.front())) return false;
  for (const char c : text) {
    if (!base::is_name_char(c)) return false;
  }
  return true;
}

/// Letters of the options before the operands.
std::string option_letters(const std::vector<Text>& argv, std::size_t& first) {
  std::string letters;
  while (first < argv.size() && argv[first].literal() && argv[first].size() > 1 && argv[first].view().front() == '-') {
    const std::string_view option = argv[first++].view();
    if (option == "--") break;
    letters.append(option.substr(1));
  }
  return letters;
}

Output run_declare(Builtin& b) {
  announce(b);
  std::size_t i = 1;
  const std::string options = option_letters(b.argv, i);
  const bool exports = b.argv.front().view() == "export" || options.find('x') != std::string::npos;
  for (; i < b.argv.size(); ++i) {
    const std::string_view v = b.argv[i].view();
    const std::size_t equals = v.find('=');
    const bool append = equals != std::string_view::npos && equals > 0 && v[equals - 1] == '+';
    const std::string name(v.substr(0, equals == std::string_view::npos ? equals : equals - (append ? 1 : 0)));
    if (!is_name(name)) continue;
    const bool list = equals != std::string_view::npos && v.substr(equals + 1, 1) == "(";  // assigned already, see DeclaredArray
    if (equals != std::string_view::npos && !list) {
      Value value(b.argv[i].substr(equals + 1));
      value.taint = b.frame.setting.taint;
      if (const Variable* old = b.frame.state.find(name); append && old != nullptr) {
        Value before = old->value;
        before.append(value);
        value = std::move(before);
      }
      b.frame.state.set(name, std::move(value));
    } else if (b.frame.state.find(name) == nullptr) {
      if (exports || options.empty()) continue;
      b.frame.state.set(name, Value(Text()));
    }
    Variable& variable = b.frame.state.variables[name];
    variable.exported = variable.exported || exports;
    variable.is_map = variable.is_map || options.find('A') != std::string::npos;
    variable.is_array = variable.is_array || options.find('a') != std::string::npos;
    variable.is_reference = variable.is_reference || options.find('n') != std::string::npos;
  }
  return {};
}

Output run_unset(Builtin& b) {
  announce(b);
  std::size_t i = 1;
  (void)option_letters(b.argv, i);
  for (; i < b.argv.size(); ++i) {
    if (!b.argv[i].literal()) continue;
    const std::string& name = b.argv[i].bytes();
    // The variable of the environment goes too: remember that it is empty.
    if (is_name(name)) b.frame.state.set(name, Value(Text()));
    b.frame.state.functions.erase(name);
  }
  return {};
}

void set_option(Builtin& b, std::string_view option, bool on) {
  if (option == "e" || option == "errexit") b.frame.state.exit_on_error = on;
  if (option == "f" || option == "noglob") b.frame.state.no_glob = on;
}

Output run_set(Builtin& b) {
  announce(b);
  State& state = b.frame.state;
  std::size_t i = 1;
  bool positional = false;
  for (; i < b.argv.size(); ++i) {
    const std::string_view v = b.argv[i].view();
    if (v == "--" || v == "-") {
      positional = v == "--" || i + 1 < b.argv.size();
      ++i;
      break;
    }
    if (v.size() < 2 || (v.front() != '-' && v.front() != '+')) {
      positional = true;
      break;
    }
    const bool on = v.front() == '-';
    if (v.substr(1) == "o" && i + 1 < b.argv.size()) {
      set_option(b, b.argv[++i].view(), on);
    } else {
      for (const char c : v.substr(1)) set_option(b, std::string_view(&c, 1), on);
      if (v.back() == 'o' && i + 1 < b.argv.size()) set_option(b, b.argv[++i].view(), on);
    }
  }
  if (!positional) return {};
  state.positional.clear();
  state.positional_known = true;
  for (; i < b.argv.size(); ++i) state.positional.emplace_back(b.argv[i]).taint = b.frame.setting.taint;
  return {};
}

Output run_shift(Builtin& b) {
  State& state = b.frame.state;
  std::size_t count = 1;
  if (b.argv.size() > 1) {
    const std::string_view v = b.argv[1].view();
    if (v.empty() || v.size() > 4 || v.find_first_not_of("0123456789") != std::string_view::npos) {
      state.positional_known = false;
      return {};
    }
    count = std::stoul(std::string(v));
  }
  if (count <= state.positional.size()) state.positional.erase(state.positional.begin(), state.positional.begin() + static_cast<std::ptrdiff_t>(count));
  return {};
}

/// The next line of what the command reads; nothing when that is not known. Standard input of the whole shell is used up by it.
std::optional<Text> next_line(Builtin& b) {
  Input& own = b.frame.state.input;
  const bool shared = &b.input == &own;
  if (!b.input.text) return std::nullopt;
  const Text text = *b.input.text;
  const std::size_t end = text.view().find('\n');
  if (shared) own.text = end == std::string_view::npos ? Text() : text.substr(end + 1);
  return text.substr(0, end);
}

/// The names at the end of `read`'s arguments; options with values are skipped.
std::vector<std::string> names_read(const std::vector<Text>& argv) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string_view v = argv[i].view();
    if (v.size() > 1 && v.front() == '-') {
      constexpr std::string_view kValued = "adinNptu";
      const bool array = v.back() == 'a';
      if (kValued.find(v.back()) != std::string_view::npos && !array) ++i;
    } else if (argv[i].literal()) {
      names.push_back(argv[i].bytes());
    }
  }
  if (names.empty()) names.emplace_back("REPLY");
  return names;
}

Output run_read(Builtin& b) {
  announce(b);
  const std::vector<std::string> names = names_read(b.argv);
  const std::optional<Text> line = next_line(b);
  Taint taint;
  taint.network = b.input.kind == model::StdinKind::network;
  taint.decoded = b.input.decoded;
  std::size_t at = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Value value = Value::unknown();
    if (line) {
      const std::string_view v = line->view();
      const std::size_t begin = std::min(v.find_first_not_of(" \t", at), v.size());
      const bool last = i + 1 == names.size();
      std::size_t end = last ? v.size() : std::min(v.find_first_of(" \t", begin), v.size());
      at = end;
      while (last && end > begin && (v[end - 1] == ' ' || v[end - 1] == '\t')) --end;
      value = Value(line->substr(begin, end - begin));
    }
    value.taint = taint;
    value.sources = b.input.sources;
    b.frame.state.set(names[i], std::move(value));
  }
  return {};
}

Output run_mapfile(Builtin& b) {
  announce(b);
  const bool named = b.argv.size() > 1 && b.argv.back().literal() && is_name(b.argv.back().view());
  const std::string name = named ? b.argv.back().bytes() : "MAPFILE";
  Variable variable;
  variable.is_array = true;
  if (b.input.text && b.input.text->literal()) {
    std::size_t index = 0;
    for (const std::string_view line : base::split(b.input.text->view(), '\n')) {
      variable.elements.emplace_back(std::to_string(index++), Value(Text(line)));
    }
  } else {
    variable.elements.emplace_back("?", Value::unknown(HoleTrait::any));
  }
  for (auto& [key, value] : variable.elements) value.sources = b.input.sources;
  variable.value = variable.elements.front().second;
  b.frame.state.variables[name] = std::move(variable);
  return {};
}

/// `printf -v NAME …` stores what the other one prints.
Output run_printf(Builtin& b) {
  if (b.argv.size() < 3 || b.argv[1].view() != "-v") return b.shell.external(b.argv, b.frame, b.input, b.span);
  announce(b);
  std::vector<Text> rest{b.argv.front()};
  rest.insert(rest.end(), b.argv.begin() + 3, b.argv.end());
  const Produced produced = produce(rest, std::nullopt);
  Value value = produced.text ? Value(*produced.text) : Value::unknown();
  value.taint = b.frame.setting.taint;
  if (b.argv[2].literal()) b.frame.state.set(b.argv[2].bytes(), std::move(value));
  return {};
}

Output run_getopts(Builtin& b) {
  if (b.argv.size() > 2 && b.argv[2].literal()) b.frame.state.set(b.argv[2].bytes(), Value::unknown(HoleTrait::none));
  b.frame.state.set("OPTARG", Value::unknown());
  return {};
}

struct Row {
  std::string_view name;
  BuiltinRun run;
};
constexpr std::array kTable{
    Row{"declare", run_declare},   Row{"export", run_declare},    Row{"getopts", run_getopts}, Row{"local", run_declare},
    Row{"mapfile", run_mapfile},   Row{"printf", run_printf},     Row{"read", run_read},       Row{"readarray", run_mapfile},
    Row{"readonly", run_declare},  Row{"set", run_set},           Row{"shift", run_shift},     Row{"typeset", run_declare},
    Row{"unset", run_unset},
};

}  // namespace

BuiltinRun find_variable_builtin(std::string_view name) {
  for (const Row& row : kTable) {
    if (row.name == name) return row.run;
  }
  return nullptr;
}

}  // namespace belay::command
