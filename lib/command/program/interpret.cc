#include "command/program/interpret.h"

#include <algorithm>
#include <array>
#include <string>

#include "command/cmd/code.h"
#include "command/powershell/code.h"
#include "command/program/ansible.h"
#include "command/program/describe.h"
#include "command/program/effects.h"
#include "command/program/emulator.h"
#include "command/program/existing.h"
#include "command/program/grammars.h"
#include "command/program/guess.h"
#include "command/program/listed.h"
#include "command/program/published.h"
#include "command/program/roles.h"
#include "command/program/settings.h"
#include "command/program/typed.h"

namespace belay::command::program {

namespace {

using Apply = void (*)(const Reading&, Effects&);
struct GrammarRow {
  Grammar grammar;
  void (*prepare)(Reading&);
  Apply apply;
};
void run_cmd(const Reading& reading, Effects& effects) { cmd::run_host(reading.arguments, effects); }
void run_powershell(const Reading& reading, Effects& effects) { powershell::run_host(reading.arguments, effects); }

constexpr std::array kGrammars{
    GrammarRow{Grammar::tar, nullptr, run_tar},       GrammarRow{Grammar::shell, mark_shell_operands, apply_roles},
    GrammarRow{Grammar::xargs, nullptr, run_xargs},   GrammarRow{Grammar::parallel, nullptr, run_parallel},
    GrammarRow{Grammar::httpie, nullptr, run_httpie}, GrammarRow{Grammar::fd, nullptr, run_fd},
    GrammarRow{Grammar::powershell, nullptr, run_powershell},
    GrammarRow{Grammar::cmd, nullptr, run_cmd},
    GrammarRow{Grammar::values, nullptr, run_values}, GrammarRow{Grammar::ansible, nullptr, run_ansible},
    GrammarRow{Grammar::unpack, nullptr, run_unpack},
};

GrammarRow row_of(Grammar grammar) {
  for (const GrammarRow& row : kGrammars) {
    if (row.grammar == grammar) return row;
  }
  return {Grammar::none, nullptr, apply_roles};
}

Effects::Place place_of(const Reading& reading, const Effects& effects) {
  Effects::Place out{{}, !heeds_environment(reading, effects)};
  for (const ReadOption& o : reading.options) {
    if (o.number != kUnknownOption && o.has_value && reading.info(o).role == Role::cwd) out.entered.push_back(o.value);
  }
  return out;
}

/// `docker exec -w / C rm -rf *`: of what is deleted elsewhere, in a folder that belongs to the system there, the whole name is told.
void name_whole(Reading& reading, const Effects& effects) {
  constexpr std::array<std::string_view, 7> kItself{"/", "/usr", "/var", "/srv", "/opt", "/home", "/root"};  // deeper lie the folders that images work in: /usr/src/app
  constexpr std::array<std::string_view, 3> kBelow{"/etc", "/boot", "/var/lib"};
  const std::string folder = effects.absolute(Text(".")).bytes();
  const bool system = std::find(kItself.begin(), kItself.end(), folder) != kItself.end() || std::any_of(kBelow.begin(), kBelow.end(), [&](std::string_view one) {
                        return folder.starts_with(one) && (folder.size() == one.size() || folder[one.size()] == '/');
                      });
  const std::string& entered = effects.invocation().setting.entered.bytes();
  const bool ours = !entered.empty() && (folder == entered || (entered != "/" && folder.starts_with(entered + "/")));
  if (!effects.remote() || ours || !system) return;
  for (ReadOperand& o : reading.operands) {
    if (o.role == Role::remove || o.role == Role::remove_tree) o.text = effects.absolute(o.text);
  }
}

/// `docker exec db psql`: a client that names no host talks to what runs in the container. An address among the operands, or a variable, may name another one; what is
/// called production is not taken for a place to try something in.
void name_own_host(Reading& reading, const Effects& effects) {
  if (!effects.own_container() || !reading.block().known()) return;
  const auto names_host = [](const Text& t) { return t.view().find("://") != std::string_view::npos || t.view().find("host") != std::string_view::npos || !t.literal(); };
  const auto is_host = [&](const ReadOption& o) { return o.number == kUnknownOption || reading.info(o).role == Role::host || (reading.info(o).role == Role::database && names_host(o.value)); };
  const auto& env = effects.invocation().setting.env;
  if (std::any_of(reading.options.begin(), reading.options.end(), is_host) ||
      std::any_of(reading.operands.begin(), reading.operands.end(), [&](const ReadOperand& o) { return o.text.view().find("prod") != std::string_view::npos || (o.role == Role::database && names_host(o.text)); }) ||
      std::any_of(env.begin(), env.end(), [](const model::Binding& b) { return b.name.find("HOST") != std::string::npos || b.name.find("URL") != std::string::npos; }))
    return;
  for (const std::string_view spelling : {"-h", "--host"}) {
    const auto number = reading.block().option(spelling);
    if (!number || reading.block().info(*number).role != Role::host) continue;
    reading.options.push_back({static_cast<std::uint32_t>(reading.blocks.size() - 1), *number, std::string(spelling), true, Text("localhost"), 0});
    return;
  }
}

/// `git-push`, by its own name, is `git push`.
void run_by_own_name(std::span<const Text> arguments, Effects& effects) {
  constexpr std::string_view kPrefix = "git-";
  if (!effects.name().starts_with(kPrefix)) return;
  std::vector<Text> argv{Text("git"), Text(effects.name().substr(kPrefix.size()))};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  effects.run(std::move(argv), {});
}

}  // namespace

void interpret(const Invocation& invocation, Host& host) {
  if (invocation.argv.empty()) return;
  const KnowledgeView knowledge(host.knowledge());
  Effects effects(invocation, host, program_of(invocation.argv.front().view(), knowledge));
  const auto known = knowledge.find(effects.name());
  const Block block = known ? *known : Block();
  auto arguments = std::span(invocation.argv).subspan(1);
  const std::vector<std::vector<Text>> commands = commands_of_terminal(effects.name(), arguments);
  if (!commands.empty()) arguments = commands.front();
  if (block.known() && block.grammar() == Grammar::find) {
    run_find(arguments, effects);
    return apply_environment({}, effects);
  }
  Reading reading = read_arguments(knowledge, block, arguments);
  const GrammarRow row = row_of(reading.block().known() ? reading.block().grammar() : Grammar::none);
  if (row.prepare != nullptr) row.prepare(reading);
  reading.dashes = reading.dashes || names_file(reading, effects);
  name_whole(reading, effects);
  name_own_host(reading, effects);
  effects.exec(describe(reading, name_for_rules(reading, effects), invocation.argv.front()), place_of(reading, effects));
  if (!reading.harmless) row.apply(reading, effects);
  print_listed(reading, effects);
  if (block.known()) guess_option_value(reading, effects);
  else guess_commands(arguments, effects), run_by_own_name(arguments, effects);
  apply_environment(reading, effects);
  apply_found_files(reading, effects);
  for (std::size_t i = 1; i < commands.size(); ++i) {
    std::vector<Text> argv = commands[i];
    argv.insert(argv.begin(), Text(effects.name()));
    effects.run(std::move(argv), {});
  }
}

void run_built(const Built& program, const Invocation& invocation, Host& host) {
  Effects effects(invocation, host, program_of(invocation.argv.front().view(), KnowledgeView(host.knowledge())));
  effects.run_program(program, invocation.argv, {});
}

}  // namespace belay::command::program
