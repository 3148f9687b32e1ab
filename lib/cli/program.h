#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diag.h"
#include "base/result.h"
#include "cli/exit_code.h"
#include "cli/policy_store.h"
#include "trust/accounts.h"

namespace CLI {
class App;
}

/// What the commands of `belay` share. Each command is one file command_X.cc with one function add_X that describes its arguments and
/// sets Program::status from its callback; a command that cannot go on throws Stop, caught in one place.
namespace belay::cli {

struct Program {
  std::string_view embedded;           ///< the image of the shipped packs
  std::string_view version;            ///< of this program
  std::vector<std::string> policy;     ///< --policy
  std::vector<std::string> arguments;  ///< of `check`: what stands after `--`
  bool records_for_others = false;     ///< it was started with the rights of the log (rights.h), which are given up
  ExitCode status = ExitCode::ok;
};

/// Ends a command: `message` goes to stderr, `status` becomes the exit code. Thrown by commands only and caught by run() only.
struct Stop {
  ExitCode status = ExitCode::internal;
  std::string message;
  std::string hint = {};
};
/// The value, or Stop with the error's text.
template <class T>
[[nodiscard]] T value_or_stop(base::Result<T> result, ExitCode status) {
  if (!result) throw Stop{status, result.error().what};
  return *std::move(result);
}
inline void value_or_stop(const base::Result<void>& result, ExitCode status) {
  if (!result) throw Stop{status, result.error().what};
}

void add_check(CLI::App& app, Program& program);
void add_lint(CLI::App& app, Program& program);
void add_test(CLI::App& app, Program& program);
void add_compile(CLI::App& app, Program& program);
void add_log(CLI::App& app, Program& program);
void add_replay(CLI::App& app, Program& program);
void add_suggest(CLI::App& app, Program& program);
void add_rules(CLI::App& app, Program& program);
void add_install(CLI::App& app, Program& program);  ///< and uninstall
void add_settings(CLI::App& app, Program& program);
void add_doctor(CLI::App& app, Program& program);
void add_version(CLI::App& app, Program& program);
void add_schema(CLI::App& app, Program& program);
void add_completion(CLI::App& app, Program& program);

/// Where this process' default policy is. Stops when a system installation cannot be looked at.
[[nodiscard]] trust::Installation installation_or_stop(const trust::Account* account);
/// The policy that applies to this process, --policy included. Stops with ExitCode::policy after showing every diagnostic.
[[nodiscard]] PolicyStore policy_or_stop(const Program& program, const trust::Account* account, const std::string& project = {});

}  // namespace belay::cli
