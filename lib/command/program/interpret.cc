#include "command/program/interpret.h"

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

}  // namespace

void interpret(const Invocation& invocation, Host& host) {
  if (invocation.argv.empty()) return;
  const KnowledgeView knowledge(host.knowledge());
  Effects effects(invocation, host, program_of(invocation.argv.front().view(), knowledge));
  const auto known = knowledge.find(effects.name());
  const Block block = known ? *known : Block();
  const auto arguments = std::span(invocation.argv).subspan(1);
  if (block.known() && block.grammar() == Grammar::find) {
    run_find(arguments, effects);
    return apply_environment({}, effects);
  }
  Reading reading = read_arguments(knowledge, block, arguments);
  const GrammarRow row = row_of(reading.block().known() ? reading.block().grammar() : Grammar::none);
  if (row.prepare != nullptr) row.prepare(reading);
  reading.dashes = reading.dashes || names_file(reading, effects);
  effects.exec(describe(reading, name_for_rules(reading, effects), invocation.argv.front()), place_of(reading, effects));
  if (!reading.harmless) row.apply(reading, effects);
  print_listed(reading, effects);
  if (block.known()) guess_option_value(reading, effects);
  else guess_commands(arguments, effects);
  apply_environment(reading, effects);
  apply_found_files(reading, effects);
}

void run_built(const Built& program, const Invocation& invocation, Host& host) {
  Effects effects(invocation, host, program_of(invocation.argv.front().view(), KnowledgeView(host.knowledge())));
  effects.run_program(program, invocation.argv, {});
}

}  // namespace belay::command::program
