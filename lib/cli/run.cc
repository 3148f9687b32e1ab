#include "cli/run.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <exception>
#include <sstream>

#include "base/diag.h"
#include "cli/program.h"
#include "cli/rights.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

constexpr std::array kCommands{add_check,   add_lint,  add_test,    add_compile,  add_log,    add_replay, add_suggest,
                               add_rules,   add_install, add_settings, add_doctor, add_schema, add_completion,
                               add_version};

/// Described here only: hook_main has read the command line before anybody comes this far.
void describe_hook(CLI::App& app) {
  CLI::App* hook =
      app.add_subcommand("hook", "one hook call of an agent: payload on stdin, the agent's answer on stdout and stderr");
  hook->add_option("--agent", "whose dialect to answer in when the payload does not say: claude, codex, gemini, copilot");
}

void describe(CLI::App& app, Program& program) {
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--policy", program.policy,
                 "a rule file, a folder of them, or a compiled image, instead of the installed policy (may be repeated)")
      ->type_name("PATH")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  describe_hook(app);
  for (const auto add : kCommands) add(app, program);
  app.footer("belay COMMAND --help says more. Example:\n  belay check 'cd / && rm -rf \"$HOME\"'");
}

/// `belay chekc`: the nearest command there is.
std::string suggestion(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with('-')) continue;
    if (std::find(candidates.begin(), candidates.end(), word) != candidates.end()) return {};
    const auto near = base::nearest_name(word, candidates);
    return near.empty() ? std::string() : "did you mean `belay " + std::string(near) + "`?";
  }
  return {};
}

/// `belay check -- git push -f`: the words after the dashes are no options of ours, and CLI11 would not say where they began.
int cut_arguments(int argc, char** argv, Program& program) {
  bool checks = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    checks = checks || word == "check";
    if (!checks || word != "--") continue;
    program.arguments.assign(argv + i + 1, argv + argc);
    return i;
  }
  return argc;
}

/// As CLI11 takes them: the last one first. It reads a word in brackets as a list, which `[[ -f x ]]` is not; a line end behind it says so.
std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> words;
  for (int i = argc - 1; i > 0; --i) {
    std::string& word = words.emplace_back(argv[i]);
    if (word.size() > 1 && word.front() == '[' && word.back() == ']') word += '\n';
  }
  return words;
}

int stopped(const Stop& stop) {
  std::string text = "belay: " + stop.message + "\n";
  if (!stop.hint.empty()) text += "  = help: " + stop.hint + "\n";
  complain(text);
  return static_cast<int>(stop.status);
}

/// CLI11 throws for --help too; its own exit codes never leave the process.
int parse_ended(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::ostringstream out;
  std::ostringstream err;
  if (app.exit(error, out, err) == 0) {
    print(out.str());
    return static_cast<int>(ExitCode::ok);
  }
  std::string hint = suggestion(app, argc, argv);
  if (hint.empty()) hint = "`belay --help` lists the commands, `belay COMMAND --help` the options of one";
  return stopped({ExitCode::usage, error.what(), hint});
}

}  // namespace

int run(int argc, char** argv, std::string_view embedded_image, std::string_view version) {
  // Only a record of the hook is written with the rights of the log, never anything that somebody asks for by hand.
  const bool records = has_borrowed_rights();
  if (records && !give_up_rights())
    return stopped({ExitCode::internal, "cannot give up the rights that the program was started with"});
  Program program;
  program.records_for_others = records;
  program.embedded = embedded_image;
  program.version = version;
  try {
    CLI::App app("belay stands between a coding agent and what it could destroy.", "belay");
    describe(app, program);
    try {
      app.parse(words_of(cut_arguments(argc, argv, program), argv));
    } catch (const CLI::ParseError& error) {
      return parse_ended(app, error, argc, argv);
    }
  } catch (const Stop& stop) {
    return stopped(stop);
  } catch (const std::exception& error) {
    return stopped({ExitCode::internal, std::string("internal error: ") + error.what()});
  }
  return static_cast<int>(program.status);
}

}  // namespace belay::cli
