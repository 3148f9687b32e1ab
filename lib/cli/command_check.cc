#include <unistd.h>

#include <CLI/App.hpp>
#include <cerrno>
#include <memory>

#include "agent/adapter.h"
#include "base/fs_posix.h"
#include "cli/check_call.h"
#include "cli/check_report.h"
#include "cli/machine.h"
#include "cli/program.h"
#include "cli/rules_text.h"
#include "cli/terminal.h"
#include "command/analyse.h"
#include "image/policy_records.h"
#include "decide/named_folders.h"

namespace belay::cli {

namespace {

struct CheckOptions {
  CheckRequest request;
  std::vector<std::string> words;  ///< as CLI11 takes them: one is right
  bool json = false;
  bool explain = false;
  bool strict = false;
};

ExitCode exit_of(model::Verdict verdict) {
  switch (verdict) {
    case model::Verdict::deny: return ExitCode::deny;
    case model::Verdict::ask: return ExitCode::ask;
    case model::Verdict::pass:
    case model::Verdict::log:
    case model::Verdict::allow: return ExitCode::ok;
  }
  return ExitCode::internal;
}

std::string read_standard_input() {
  std::string out;
  char buffer[1U << 16U];
  while (out.size() <= agent::kMaxPayload) {
    const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    out.append(buffer, static_cast<std::size_t>(n));
  }
  return out;
}

void settle_words(const Program& program, CheckOptions& options) {
  CheckRequest& request = options.request;
  request.argv = program.arguments;
  const int subjects = (options.words.empty() ? 0 : 1) + (request.argv.empty() ? 0 : 1) + (request.path.empty() ? 0 : 1) +
                       (request.tool.empty() ? 0 : 1) + (request.payload ? 1 : 0);
  if (subjects != 1) {
    throw Stop{ExitCode::usage, "exactly one thing to check is needed: a command, --path, --tool or --stdin",
               "belay check 'git push -f origin main'"};
  }
  if (options.words.size() > 1) {
    throw Stop{ExitCode::usage, "several words: shell text, or a list of arguments?",
               "quote them as one word, or put `--` before them: belay check -- git push -f"};
  }
  if (!options.words.empty()) request.command = options.words.front();
}

/// The machine that the call is judged for: this one, or somebody else's home.
Machine machine_for(const CheckRequest& request) {
  Machine machine = look_at_machine();
  if (request.home.empty()) return machine;
  machine.home = request.home;
  machine.homes = {request.home};
  for (auto& [name, value] : machine.env) {
    if (name == "HOME") value = request.home;
  }
  return machine;
}

void write_meta_of(const PolicyStore& store, std::string_view id, json::Writer& w) {
  for (const auto& layer : store.layers) {
    const auto count = layer.image->count<image::RuleRecord>(image::Section::rules);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto rule = layer.image->at<image::RuleRecord>(image::Section::rules, i);
      if (layer.image->text(rule.id) == id) return write_meta(w, *layer.image, rule.meta);
    }
  }
  w.begin_object().end_object();
}

void check(Program& program, CheckOptions& options) {
  settle_words(program, options);
  const auto payload = options.request.payload ? read_standard_input() : std::string();
  Checked checked;
  checked.call = value_or_stop(call_of(options.request, payload), ExitCode::usage);
  const Machine self = look_at_machine();
  PolicyStore store = policy_or_stop(program, self.account(), checked.call.project);
  if (options.strict) value_or_stop(demand_strict(store), ExitCode::internal);
  const Machine machine = machine_for(options.request);
  const path::Places places = places_of(machine, checked.call);
  const base::PosixFiles files({}, [&] { return decide::named_folders(store.layers, places); });
  const command::World world = world_of(machine, &files);
  checked.analysis = command::analyse(checked.call, world, store.knowledge);
  checked.decision = decide::judge({checked.call, checked.analysis, places, machine.actor}, store.layers);
  checked.origin = name_of(store.origin);
  checked.strict = store.strict;
  checked.write_meta = [&store](json::Writer& w, const std::string& rule) { write_meta_of(store, rule, w); };
  print(options.json ? check_json(checked) : check_text(checked, {options.explain, wants_colour()}));
  program.status = exit_of(checked.decision.would);
}

}  // namespace

void add_check(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("check", "what would a call do, and what would be decided? Nothing is run");
  const auto options = std::make_shared<CheckOptions>();
  CheckRequest& request = options->request;
  command->add_option("command", options->words, "one word is shell text; after `--` the words are arguments")
      ->type_name("COMMAND");
  CLI::Option* path = command->add_option("--path", request.path, "a file that is read, written or deleted")->type_name("PATH");
  command->add_option("--access", request.access, "what happens to --path")
      ->check(CLI::IsMember({"read", "write", "delete"}))
      ->needs(path);
  CLI::Option* tool = command->add_option("--tool", request.tool, "a tool of the agent, e.g. Write or mcp:server/tool");
  command->add_option("--input", request.input, "the tool's input, a JSON object")->type_name("JSON")->needs(tool);
  command->add_flag("--stdin", request.payload, "read a hook payload from standard input");
  command->add_option("--cwd", request.cwd, "the folder it runs in, and the project")->type_name("FOLDER");
  command->add_option("--home", request.home, "the home of whoever runs it")->type_name("FOLDER");
  command->add_option("--agent", request.agent, "claude, codex, gemini or copilot")
      ->check(CLI::IsMember({"claude", "codex", "gemini", "copilot"}));
  command->add_flag("--unattended", request.unattended, "nobody can be asked");
  command->add_flag("--strict", options->strict, "as if the policy said `profile = \"strict\"`");
  command->add_flag("--json", options->json, "everything, as one JSON object");
  command->add_flag("--explain", options->explain, "every match, and what the agent would be told");
  command->footer("Exit code: 0 passes, 10 asks, 11 denies; when observing, what it would be.");
  command->callback([&program, options] { check(program, *options); });
}

}  // namespace belay::cli
