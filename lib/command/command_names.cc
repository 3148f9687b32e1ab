#include "command/command_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "command/builtin.h"
#include "command/program/interpret.h"

namespace belay::command {

namespace {

constexpr std::string_view kPaths = "BASH_CMDS";
constexpr std::string_view kAliases = "BASH_ALIASES";
/// zshmodules(1), "The zsh/parameter Module": the text of a function stands for it like that of an alias.
constexpr std::array<std::string_view, 4> kOfZsh{"commands", "aliases", "galiases", "functions"};

}  // namespace

bool is_command_table(std::string_view variable, ShellKind shell) {
  if (shell == ShellKind::zsh) return std::find(kOfZsh.begin(), kOfZsh.end(), variable) != kOfZsh.end();
  return variable == kPaths || variable == kAliases;
}

void name_commands(std::string_view table, State& state) {
  const Variable* const variable = state.find(table);
  if (variable == nullptr) return;
  for (const auto& [name, value] : variable->elements) {
    const bool single = value.alternatives.size() == 1;
    if (table == kPaths || table == kOfZsh.front()) state.remembered.insert_or_assign(name, single ? value.alternatives.front() : Text::hole(HoleTrait::any));
    else if (value.literal() != nullptr) state.aliases.insert_or_assign(name, *value.literal());
  }
}

std::optional<std::vector<Text>> where_remembered(const std::vector<Text>& argv, const State& state) {
  std::size_t at = 0;
  if (argv.front().view() == "command" || argv.front().view() == "exec") {
    for (at = 1; at + 1 < argv.size() && argv[at].view().starts_with('-');) ++at;
  }
  const auto path = at < argv.size() ? state.remembered.find(argv[at].view()) : state.remembered.end();
  if (path == state.remembered.end()) return std::nullopt;
  std::vector<Text> out = argv;
  out[at] = path->second;
  return out;
}

/// `hash -p PATH NAME…` sets the path, `-d NAME…` and `-r` forget it; zsh: `hash NAME=PATH`.
Output run_hash(Builtin& b) {
  Invocation invocation{b.argv, b.frame.setting, b.input, b.span};
  invocation.setting.cwd = b.frame.state.cwds.front();
  program::interpret(invocation, b.shell);
  b.frame.state.status = 0;
  auto& remembered = b.frame.state.remembered;
  std::size_t i = 1;
  std::optional<Text> path;
  bool forgets = false;
  for (; i < b.argv.size() && b.argv[i].view().starts_with('-'); ++i) {
    const std::string_view option = b.argv[i].view();
    if (option == "-r") remembered.clear();
    forgets = forgets || option == "-d";
    if (!option.starts_with("-p")) continue;
    if (option.size() > 2) path = b.argv[i].substr(2);
    else if (i + 1 < b.argv.size()) path = b.argv[++i];
  }
  for (; i < b.argv.size(); ++i) {
    const std::string name = b.argv[i].bytes();
    const std::size_t equals = name.find('=');
    if (forgets) remembered.erase(name);
    else if (path) remembered.insert_or_assign(name, *path);
    else if (equals != std::string::npos) remembered.insert_or_assign(name.substr(0, equals), b.argv[i].substr(equals + 1));
  }
  return {};
}

void Evaluator::import_function(std::string_view name, const Text& text, Frame& frame) {
  if (!text.literal() || !text_.spend(text.size())) return;
  const shell::Script& script = scripts_.emplace_back(shell::parse(std::string(name) + " " + text.bytes()));
  if (script.body.items.empty()) return;
  const shell::Command& first = script.body.items.front().links.front().pipeline.commands.front();
  if (const auto* function = std::get_if<shell::Function>(&first.node)) (void)define(*function, frame);
}

/// Functions of the shell around this one, and those that came as text: `env 'BASH_FUNC_f%%=() { …; }' bash -c f`.
void Evaluator::import_functions(const Setting& setting, Frame& frame) {
  frame.setting.functions.clear();
  if (setting.remote) return;
  for (const ExportedFunction& one : setting.functions) {
    frame.state.functions.insert_or_assign(one.name, one.body);
    frame.state.exported_functions.insert(one.name);
  }
  constexpr std::string_view kBegin = "BASH_FUNC_";
  for (const model::Binding& binding : setting.env) {
    if (!binding.name.starts_with(kBegin)) continue;
    const std::string_view name = std::string_view(binding.name).substr(kBegin.size());
    import_function(name.substr(0, name.find_first_of("%(")), binding.value, frame);
  }
}

}  // namespace belay::command
