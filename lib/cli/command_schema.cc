#include <CLI/App.hpp>
#include <memory>

#include "cli/program.h"
#include "cli/terminal.h"
#include "rulekit/schema.h"

namespace belay::cli {

void add_schema(CLI::App& app, Program& /*program*/) {
  CLI::App* command = app.add_subcommand("schema", "print a JSON Schema (draft 4): of rule files and policy.toml, or of what `check --json` prints");
  const auto what = std::make_shared<std::string>("rules");
  command->add_option("what", *what, "rules or check")->check(CLI::IsMember({"rules", "check"}));
  command->footer("For editors: belay schema > belay.schema.json, and `#:schema ./belay.schema.json` as the first line of a rule file.");
  command->callback([what] { print(*what == "rules" ? rulekit::rules_schema() : rulekit::check_schema()); });
}

}  // namespace belay::cli
