#include <CLI/App.hpp>
#include <memory>

#include "cli/given_files.h"
#include "cli/terminal.h"
#include "policy/load.h"
#include "rulekit/check_files.h"
#include "rulekit/format.h"
#include "rulekit/frameworks.h"

namespace belay::cli {

namespace {

struct LintOptions {
  std::vector<std::string> paths;
  std::string format = "text";
};

void lint(Program& program, const LintOptions& options) {
  const auto given = files_or_stop(options.paths);
  const image::View shipped = shipped_or_stop(program);
  const image::View* below = &shipped;
  const auto findings = rulekit::lint_files(given.sources, {&below, 1});
  rulekit::FormatOptions how;
  how.files = given.names;
  how.version = program.version;
  how.width = terminal_width();
  how.colour = wants_colour();
  if (options.format == "sarif") {
    base::Diagnostics said;
    how.tags = rulekit::tags_of(policy::load(given.sources, said));
  }
  print(rulekit::format_findings(findings, *rulekit::format_named(options.format), how));
  program.status = findings.empty() ? ExitCode::ok : ExitCode::findings;
}

}  // namespace

void add_lint(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("lint", "find mistakes in rule files");
  const auto options = std::make_shared<LintOptions>();
  command->add_option("paths", options->paths, "rule files, or folders of them")->type_name("PATH")->required();
  command->add_option("--format", options->format, "text, json, sarif, github or junit")
      ->check(CLI::IsMember({"text", "json", "sarif", "github", "junit"}));
  command->footer("Exit code: 0 nothing found, 1 findings, 3 a path that cannot be read.");
  command->callback([&program, options] { lint(program, *options); });
}

}  // namespace belay::cli
