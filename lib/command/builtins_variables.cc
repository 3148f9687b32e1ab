#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/builtin.h"
#include "command/output/producers.h"
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

/// Letters of the options before the operands; those behind `+` take away.
std::string option_letters(const std::vector<Text>& argv, std::size_t& first, char sign = '-') {
  std::string letters;
  while (first < argv.size() && argv[first].literal() && argv[first].size() > 1 && argv[first].view().front() == sign) {
    const std::string_view option = argv[first++].view();
    if (option == "--") break;
    letters.append(option.substr(1));
  }
  return letters;
}

bool has_letter(const std::string& letters, char letter) { return letters.find(letter) != std::string::npos; }

void add_attributes(Variable& variable, const std::string& letters, bool exports) {
  variable.exported = variable.exported || exports;
  variable.is_map = variable.is_map || has_letter(letters, 'A');
  variable.is_array = variable.is_array || has_letter(letters, 'a') || has_letter(letters, 'A');
  variable.is_reference = variable.is_reference || has_letter(letters, 'n');
  variable.is_integer = variable.is_integer || has_letter(letters, 'i');
  if (has_letter(letters, 'u')) variable.letters = 'u';
  if (has_letter(letters, 'l')) variable.letters = 'l';
}

/// `declare 'a[1]=x'`: some element has some value then.
void declare_element(Builtin& b, const std::string& name) {
  run_subscript(b, name);
  const std::string array = name.substr(0, name.find('['));
  if (!is_name(array)) return;
  Variable& variable = b.frame.state.variables[b.frame.state.resolve(array)];
  variable.is_array = true;
  variable.unset = false;
  variable.elements.assign(1, {std::string(kAnyElement), Value::unknown(HoleTrait::any)});
}

/// `(…)`, also out of quotes or a variable.
bool is_compound(std::string_view value) { return value.size() > 1 && value.front() == '(' && value.back() == ')'; }

/// One operand: `name`, `name=value`, `name+=value`. An array was assigned already, see DeclaredArray.
void declare_one(Builtin& b, const Text& operand, const std::string& letters, bool exports, bool local) {
  const std::string_view v = operand.view();
  const std::size_t equals = v.find('=');
  const bool assigns = equals != std::string_view::npos;
  const bool append = assigns && equals > 0 && v[equals - 1] == '+';
  const std::string name(v.substr(0, assigns ? equals - (append ? 1 : 0) : v.size()));
  if (name.find('[') != std::string::npos && operand.literal()) return declare_element(b, name);
  if (!is_name(name)) return;
  State& state = b.frame.state;
  const Variable* const known = assigns && v.substr(equals + 1, 1) == "(" ? state.find(name) : nullptr;
  const bool list = known != nullptr && (known->is_array || known->is_map);  // `name='(…)'` is a text
  if (local && !list) state.make_local(name);
  const bool plain = letters.empty() || letters == "g" || letters == "r";
  if (state.find(name) == nullptr && !assigns && (exports || plain)) {
    if (exports || !local || state.scopes.empty()) return;
  }
  const bool reference = has_letter(letters, 'n');
  if (state.variables.find(name) == state.variables.end()) state.variables[name].unset = true;
  Variable& variable = reference ? state.variables[name] : state.variables[state.resolve(name)];
  add_attributes(variable, reference ? std::string() : letters, exports);
  if (!assigns || list) {
    if (list) variable.unset = false;
    return;
  }
  Value value = b.frame.value_of(operand.substr(equals + 1));
  if ((variable.is_array || variable.is_map) && is_compound(v.substr(equals + 1))) {  // bash(1), "Arrays": it is read as one
    (void)b.shell.code_here(operand, b.frame, value.taint);
  } else if (reference) {
    if (value.literal() != nullptr) run_subscript(b, *value.literal());
    variable = Variable();
    variable.value = std::move(value);
    variable.is_reference = true;
  } else {
    b.shell.put(name, std::move(value), append, b.frame);
  }
}

}  // namespace

void run_subscript(Builtin& b, std::string_view name) {
  if (name.find('[') != std::string_view::npos) static_cast<void>(b.shell.expander(b.frame).calculate(name));
}

namespace {

/// `export -f NAME`, `declare -fx NAME`; `export -fn NAME` takes it back.
void export_functions(Builtin& b, std::size_t first, bool exports) {
  for (std::size_t i = first; i < b.argv.size(); ++i) {
    if (exports) b.frame.state.exported_functions.insert(b.argv[i].bytes());
    else b.frame.state.exported_functions.erase(b.argv[i].bytes());
  }
}

Output run_declare(Builtin& b) {
  announce(b);
  std::size_t i = 1;
  const std::string letters = option_letters(b.argv, i);
  const std::string_view name = b.argv.front().view();
  const bool exports = name == "export" || has_letter(letters, 'x');
  const bool local = name != "export" && name != "readonly" && !has_letter(letters, 'g');
  const bool shows = has_letter(letters, 'p') || has_letter(letters, 'f') || has_letter(letters, 'F');
  const bool removes = i < b.argv.size() && b.argv[i].view().starts_with('+');
  b.frame.state.status = 0;
  if (has_letter(letters, 'f') && exports) export_functions(b, i, !has_letter(letters, 'n'));
  if (shows || removes) return {};
  for (; i < b.argv.size(); ++i) declare_one(b, b.argv[i], letters, exports, local);
  return {};
}

void unset_name(State& state, const std::string& name, const std::string& letters) {
  if (has_letter(letters, 'n')) {
    state.variables[name] = Variable();
    state.variables[name].unset = true;
    return;
  }
  const bool variable = state.find(name) != nullptr || state.functions.find(name) == state.functions.end();
  // The variable of the environment goes too.
  state.unset(name);
  if (!variable) state.functions.erase(name);
}

/// `unset a[1]`, of which the bracket is a live pattern: some element goes.
void unset_unknown(State& state, const Text& operand) {
  const std::string name(operand.view().substr(0, operand.view().find(model::kHole)));
  if (Variable* variable = state.find(name); variable != nullptr && variable->is_array) {
    variable->elements.assign(1, {std::string(kAnyElement), Value::unknown(HoleTrait::any)});
  }
}

/// `unset 'a[1]'`.
void unset_element(Builtin& b, const std::string& operand) {
  const auto place = Expander::place_named(operand);
  Variable* variable = place && place->subscript ? b.frame.state.find(place->name) : nullptr;
  if (variable == nullptr) return run_subscript(b, operand);
  if (*place->subscript == "@" || *place->subscript == "*") return b.frame.state.unset(place->name);
  const auto key = b.shell.expander(b.frame).subscript_of(*variable, *place->subscript);
  if (!key) {
    variable->slot(std::string(kAnyElement)) = Value::unknown(HoleTrait::any);
    return;
  }
  variable->erase(*key);
  if (*key == "0") variable->value = Value(Text());
}

Output run_unset(Builtin& b) {
  announce(b);
  std::size_t i = 1;
  const std::string letters = option_letters(b.argv, i);
  const bool functions = has_letter(letters, 'f');
  State& state = b.frame.state;
  for (; i < b.argv.size(); ++i) {
    if (!b.argv[i].literal()) {
      unset_unknown(state, b.argv[i]);
      continue;
    }
    const std::string& name = b.argv[i].bytes();
    if (functions) state.functions.erase(name);
    else if (is_name(name)) unset_name(state, name, letters);
    else unset_element(b, name);
  }
  return {};
}

/// zsh does not tell `SH_WORD_SPLIT` from `shwordsplit`.
void set_option(Builtin& b, std::string_view written, bool on) {
  std::string option = base::lower(written);
  if (written.size() > 1) std::erase(option, '_');
  else option = std::string(written);
  if (option == "e" || option == "errexit") b.frame.state.exit_on_error = on;
  if (option == "f" || option == "noglob") b.frame.state.no_glob = on;
  if (option == "pipefail") b.frame.state.pipe_fails = on;
  if (option == "a" || option == "allexport") b.frame.state.exports_all = on;
  if (option == "shwordsplit") b.frame.state.splits_values = on;
  if (option == "x" || option == "xtrace") b.frame.state.traces = on;
}

Output run_set(Builtin& b) {
  announce(b);
  State& state = b.frame.state;
  state.status = 0;
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
  for (; i < b.argv.size(); ++i) {
    state.positional.push_back(b.frame.value_of(b.argv[i]));
    if (model::has(b.argv[i].traits(), HoleTrait::words) || model::has(b.argv[i].traits(), HoleTrait::glob))
      state.positional_known = false;
  }
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
  if (state.positional_known) state.status = count <= state.positional.size() ? 0 : 1;
  if (count <= state.positional.size())
    state.positional.erase(state.positional.begin(), state.positional.begin() + static_cast<std::ptrdiff_t>(count));
  return {};
}

/// `printf -v NAME …` stores what the other one prints.
Output run_printf(Builtin& b) {
  if (b.argv.size() < 3 || b.argv[1].view() != "-v") return b.shell.external(b.argv, b.frame, b.input, b.span);
  announce(b);
  std::vector<Text> rest{b.argv.front()};
  rest.insert(rest.end(), b.argv.begin() + 3, b.argv.end());
  const Produced produced = produce(rest, std::nullopt);
  Value value = b.frame.value_of(produced.text ? *produced.text : Text::hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::empty));
  const auto place = b.argv[2].literal() ? Expander::place_named(b.argv[2].view()) : std::nullopt;
  if (place) b.shell.expander(b.frame).assign_at(*place, std::move(value));
  b.frame.state.status = 0;
  return {};
}

/// Every argument is an expression.
Output run_let(Builtin& b) {
  announce(b);
  std::optional<std::int64_t> last;
  for (std::size_t i = 1; i < b.argv.size(); ++i) {
    last = b.shell.expander(b.frame).calculate(code_of(b.argv[i]));
  }
  b.frame.state.status = last ? std::optional(*last == 0 ? 1 : 0) : std::nullopt;
  return {};
}

/// Options that change how patterns and names are read.
Output run_shopt(Builtin& b) {
  announce(b);
  std::size_t i = 1;
  const std::string letters = option_letters(b.argv, i);
  const bool on = has_letter(letters, 's');
  if (!on && !has_letter(letters, 'u')) return {};
  State& state = b.frame.state;
  for (; i < b.argv.size(); ++i) {
    const std::string_view name = b.argv[i].view();
    if (name == "extglob") state.extended_patterns = on;
    if (name == "nocasematch") state.ignores_case = on;
    for (const std::string_view strange : {"nullglob", "dotglob", "nocaseglob", "failglob", "globstar", "extglob"}) {
      if (name == strange && on) state.strange_glob = true;
    }
  }
  state.status = 0;
  return {};
}

/// zsh: of all options the one that changes which words a value becomes; `emulate sh` is like bash in that and in how lists are counted.
Output run_setopt(Builtin& b) {
  announce(b);
  State& state = b.frame.state;
  const std::string_view builtin = b.argv.front().view();
  for (std::size_t i = 1; i < b.argv.size(); ++i) {
    std::string name = base::lower(b.argv[i].view());
    std::erase(name, '_');
    if (name == "shwordsplit") state.splits_values = builtin == "setopt";
    if (builtin == "emulate" && state.shell == ShellKind::zsh && (name == "sh" || name == "ksh" || name == "bash")) state.shell = ShellKind::bash;
  }
  state.status = 0;
  return {};
}

struct Row {
  std::string_view name;
  BuiltinRun run;
};
constexpr std::array kTable{
    Row{"declare", run_declare},   Row{"emulate", run_setopt},   Row{"setopt", run_setopt},     Row{"unsetopt", run_setopt},
    Row{"export", run_declare},   Row{"getopts", run_getopts}, Row{"let", run_let},
    Row{"local", run_declare},     Row{"mapfile", run_mapfile},  Row{"printf", run_printf},   Row{"read", run_read},
    Row{"readarray", run_mapfile}, Row{"readonly", run_declare}, Row{"set", run_set},         Row{"shift", run_shift},
    Row{"shopt", run_shopt},       Row{"typeset", run_declare},  Row{"unset", run_unset},
};

}  // namespace

BuiltinRun find_variable_builtin(std::string_view name) {
  for (const Row& row : kTable) {
    if (row.name == name) return row.run;
  }
  return nullptr;
}

}  // namespace belay::command
