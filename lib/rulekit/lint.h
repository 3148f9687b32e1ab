#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diag.h"
#include "model/decision.h"
#include "policy/rule.h"

/// Checks of rules that load: what is legal and still wrong.
namespace belay::rulekit {

struct LintOptions {
  /// Whether knowledge describes a program; empty: nobody asks.
  std::function<bool(std::string_view program)> knows_program;
  /// Whether a command is read as one under these very words; empty: nobody asks.
  std::function<bool(const std::string& command)> is_read_so;
  /// What the whole policy says to a command; empty: `instead` is not judged.
  std::function<std::optional<model::Verdict>(const std::string& command)> judge;
  /// What `meta` may refer to; empty: nobody asks.
  std::vector<policy::Framework> frameworks;
};

/// `policy` has its lists resolved (policy/merge.h) and its overrides not yet applied: lint is about what the rules say.
void lint(const policy::Policy& policy, const LintOptions& options, base::Diagnostics& out);

/// The parts of lint, each about one rule or about how rules stand to each other.
void lint_cases(const policy::Rule& rule, base::Diagnostics& out);
void lint_texts(const policy::Rule& rule, const LintOptions& options, base::Diagnostics& out);
void lint_commands(const policy::Rule& rule, const LintOptions& options, base::Diagnostics& out);
void lint_patterns(const policy::Rule& rule, base::Diagnostics& out);
void lint_lists(const policy::Rule& rule, base::Diagnostics& out);
void lint_meta(const policy::Rule& rule, std::span<const policy::Framework> frameworks, base::Diagnostics& out);
void lint_pattern_count(const policy::Policy& policy, base::Diagnostics& out);
void lint_matchers(const policy::Policy& policy, base::Diagnostics& out);

/// The commands that a recommendation names: what stands in back-ticks, or else the text up to its first comma or semicolon when it begins
/// with the name of a program.
[[nodiscard]] std::vector<std::string> commands_in(const std::string& instead,
                                                   const std::function<bool(std::string_view)>& knows_program);

}  // namespace belay::rulekit
