#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <memory>

#include "cli/command_log.h"
#include "cli/log_files.h"
#include "cli/terminal.h"
#include "history/export.h"

namespace belay::cli {

namespace {

struct ExportOptions {
  std::vector<std::string> files;
  std::string format = "jsonl";
};

void export_log(Program& program, const ExportOptions& options) {
  const auto format = *history::export_format_named(options.format);
  print(history::export_header(format));
  const std::uint64_t unreadable = for_each_record(logs_or_default(options.files), [&](const audit::Record& record) {
    print(history::export_record(record, format, program.version));
  });
  if (unreadable == 0) return;
  complain("belay: " + std::to_string(unreadable) + (unreadable == 1 ? " line is no record\n" : " lines are no records\n"));
  program.status = ExitCode::findings;
}

}  // namespace

void add_log_export(CLI::App& command, Program& program) {
  CLI::App* exports = command.add_subcommand("export", "records in the form that another system reads; secrets stay redacted");
  const auto options = std::make_shared<ExportOptions>();
  exports->add_option("files", options->files, "other logs than the installed one; `-` is standard input")->type_name("FILE");
  exports->add_option("--format", options->format, "jsonl, csv, cef or ocsf")
      ->check(CLI::IsMember({"jsonl", "csv", "cef", "ocsf"}))
      ->capture_default_str();
  exports->footer("Exit code: 0; 1 when the log holds lines that are no records; 3 when a file cannot be read.");
  exports->callback([&program, options] { export_log(program, *options); });
}

}  // namespace belay::cli
