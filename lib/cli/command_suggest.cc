#include <CLI/App.hpp>
#include <memory>
#include <set>

#include "cli/log_files.h"
#include "cli/machine.h"
#include "cli/program.h"
#include "cli/terminal.h"
#include "history/suggest.h"
#include "history/understand.h"
#include "rulekit/check_files.h"

namespace belay::cli {

namespace {

using history::Group;

struct SuggestOptions {
  std::vector<std::string> logs;
  std::uint64_t most = 30;
  std::uint64_t least = 1;
};

constexpr std::string_view kPack = "[pack]\nid = \"seen\"\ntitle = \"Drafted from what was seen\"\n";

/// Loads, has no findings, and its cases hold: what was drafted from one log need not be a good rule, but it must be one.
bool holds(const std::string& rule, const PolicyStore& store) {
  const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>("draft", std::string(kPack) + "\n" + rule)};
  if (!rulekit::lint_files(files, store.knowledge).empty()) return false;
  base::Diagnostics out;
  rulekit::TestOptions options;
  options.below = store.knowledge;
  options.mutants = false;
  const auto run = rulekit::test_files(files, options, out);
  return run && (*run)->report.failed() == 0;
}

/// An id that is not taken yet.
std::string fresh_id(const std::string& wanted, std::set<std::string>& taken) {
  std::string id = wanted;
  for (unsigned n = 2; !taken.insert(id).second; ++n) id = wanted + "-" + std::to_string(n);
  return id;
}

std::string draft(const Group& group, const PolicyStore& store, std::set<std::string>& taken) {
  const std::string comment = "\n" + history::group_comment(group);
  const std::string wanted = history::draft_id(group);
  if (group.opaque)
    return comment +
           "# What it does cannot be known from its text: teach belay the program (docs/knowledge.md), or make the command say "
           "it.\n";
  if (wanted.empty()) return comment + "# No rule is drafted: what it does has no name that a rule could hold on to.\n";
  const std::string id = fresh_id(wanted, taken);
  const std::string rule = history::draft_rule(group, id);
  if (holds(rule, store)) return comment + rule;
  taken.erase(id);
  return comment + "# No rule is drafted: options and names alone do not tell it from what passes.\n";
}

void suggest(Program& program, const SuggestOptions& options) {
  const Machine machine = look_at_machine();
  const PolicyStore store = policy_or_stop(program, machine.account());
  history::Suggestions seen;
  const std::uint64_t unreadable = for_each_record(options.logs, [&](audit::Record record) {
    const auto understood = history::understand(record, store.knowledge);
    seen.add(record, understood.analysis);
  });
  const auto groups = seen.groups(options.most, options.least);
  std::string out = "# Drafted by `belay suggest` from " + std::to_string(seen.records()) +
                    (seen.records() == 1 ? " record" : " records") +
                    ". Every rule only observes. Read each: keep, narrow, or\n# throw it away; give it an `instead`; then take "
                    "`mode` out. To relax the rule "
                    "that spoke, write an [[override]] for it (docs/rules.md).\n";
  out += kPack;
  std::set<std::string> taken;
  for (const Group* group : groups) out += draft(*group, store, taken);
  if (groups.empty()) out += "\n# Nobody was denied or asked.\n";
  print(out);
  if (unreadable != 0)
    complain("belay: " + std::to_string(unreadable) + (unreadable == 1 ? " line is no record\n" : " lines are no records\n"));
}

}  // namespace

void add_suggest(CLI::App& app, Program& program) {
  CLI::App* command =
      app.add_subcommand("suggest", "draft rules from what was seen: calls that were denied, asked about or not understood");
  const auto options = std::make_shared<SuggestOptions>();
  command->add_option("log", options->logs, "audit logs (docs/audit.md); `-` is standard input")->required()->type_name("LOG");
  command->add_option("--most", options->most, "how many groups, the most frequent first")->capture_default_str();
  command->add_option("--least", options->least, "only groups with at least that many calls")->capture_default_str();
  command->footer(
      "Prints TOML that `belay lint` and `belay test` accept; writes no file.\nExit code: 0; 3 when a file cannot be read.");
  command->callback([&program, options] { suggest(program, *options); });
}

}  // namespace belay::cli
