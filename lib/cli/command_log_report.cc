#include <CLI/App.hpp>
#include <memory>

#include "audit/clock.h"
#include "cli/command_log.h"
#include "cli/log_files.h"
#include "cli/machine.h"
#include "cli/report_text.h"
#include "cli/terminal.h"
#include "history/understand.h"

namespace belay::cli {

namespace {

struct ReportOptions {
  std::vector<std::string> files;
  std::string since;
  std::uint64_t rows = 15;
  bool json = false;
};

void report(Program& program, const ReportOptions& options) {
  const Machine machine = look_at_machine();
  const PolicyStore store = policy_or_stop(program, machine.account());
  history::Report out;
  const std::uint64_t unreadable = for_each_record(logs_or_default(options.files), [&](audit::Record record) {
    // Times are written in one form: their order is that of their text.
    if (audit::iso_time(record.unix_micros) < options.since) return;
    const auto understood = history::understand(record, store.knowledge);
    out.add(record, understood.analysis);
  });
  for (std::uint64_t i = 0; i < unreadable; ++i) out.add_unreadable();
  print(options.json ? report_json(out) : report_text(out, options.rows, wants_colour()));
  if (unreadable != 0) program.status = ExitCode::findings;
}

}  // namespace

void add_log_report(CLI::App& command, Program& program) {
  CLI::App* reports = command.add_subcommand("report", "how often what was decided: by rule, command, agent, user and day");
  const auto options = std::make_shared<ReportOptions>();
  reports->add_option("files", options->files, "other logs than the installed one; `-` is standard input")->type_name("FILE");
  reports->add_option("--since", options->since, "only records from then on, UTC: 2026-11-20, or 2026-11-20T14:30")
      ->type_name("TIME");
  reports->add_option("--rows", options->rows, "of each table, at most")->capture_default_str();
  reports->add_flag("--json", options->json, "one object with every row");
  reports->footer(
      "`would deny` and `would ask` count calls that were let through because the policy observes.\n"
      "Exit code: 0; 1 when the log holds lines that are no records; 3 when a file cannot be read.");
  reports->callback([&program, options] { report(program, *options); });
}

}  // namespace belay::cli
