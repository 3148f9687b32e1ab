#include <CLI/App.hpp>
#include <memory>

#include "base/fs_posix.h"
#include "cli/given_files.h"
#include "cli/terminal.h"
#include "rulekit/cases.h"
#include "rulekit/check_files.h"

namespace belay::cli {

namespace {

constexpr std::size_t kMaxExplanations = 4U << 20U;

struct TestOptions {
  std::vector<std::string> paths;
  std::string format = "text";
  std::string filter;
  std::string explained;
  bool verbose = false;
  bool survivors = false;
};

std::vector<rulekit::Explanation> explanations_or_stop(const std::string& path) {
  const auto text = base::read_file(path, kMaxExplanations);
  if (!text) throw Stop{ExitCode::policy, text.error().what, ""};
  auto read = rulekit::read_explanations(*text);
  if (!read) throw Stop{ExitCode::policy, "`" + path + "`: " + read.error().what, ""};
  return *std::move(read);
}

void test(Program& program, const TestOptions& options) {
  const auto given = files_or_stop(options.paths);
  const image::View shipped = shipped_or_stop(program);
  const image::View* below = &shipped;
  rulekit::TestOptions how;
  how.below = {below};
  how.filter = options.filter;
  base::Diagnostics diagnostics;
  const auto run = rulekit::test_files(given.sources, how, diagnostics);
  complain(diagnostics);
  if (!run) throw Stop{ExitCode::policy, run.error().what, "`belay lint` says more"};
  auto& report = (*run)->report;
  if (!options.explained.empty()) rulekit::explain_survivors(explanations_or_stop(options.explained), report.coverage);
  rulekit::CaseFormatOptions format{wants_colour(), options.verbose, options.survivors || !options.explained.empty()};
  print(rulekit::format_cases(report, *rulekit::case_format_named(options.format), format));
  const bool proved = options.explained.empty() || (report.coverage.survivors.empty() && report.coverage.idle.empty());
  program.status = report.failed() == 0 && proved ? ExitCode::ok : ExitCode::cases_failed;
}

}  // namespace

void add_test(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("test", "run the cases that stand beside rules; nothing they name is run or touched");
  const auto options = std::make_shared<TestOptions>();
  command->add_option("paths", options->paths, "rule files, or folders of them")->type_name("PATH")->required();
  command->add_option("--format", options->format, "text, tap, junit or json")
      ->check(CLI::IsMember({"text", "tap", "junit", "json"}));
  command->add_option("--filter", options->filter, "only rules whose id contains this")->type_name("TEXT");
  command->add_flag("-v,--verbose", options->verbose, "passed cases too");
  command->add_flag("--survivors", options->survivors, "every change of a rule that none of its cases notices");
  command->add_option("--explained", options->explained, "fail unless each of these changes is explained in this file")
      ->type_name("FILE");
  command->footer("Exit code: 0 all pass, 4 some fail, 3 files that cannot be loaded.");
  command->callback([&program, options] { test(program, *options); });
}

}  // namespace belay::cli
