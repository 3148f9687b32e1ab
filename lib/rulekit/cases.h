#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diag.h"
#include "base/result.h"
#include "image/image.h"
#include "model/decision.h"
#include "policy/knowledge.h"
#include "policy/rule.h"
#include "rulekit/case_world.h"

/// Runs the cases that stand beside rules.
namespace belay::rulekit {

/// The two sides that a case compares itself with, so that a test can put its own in their place.
struct Judges {
  std::function<model::Decision(const Scene&)> rules;   ///< the rules as written
  std::function<model::Decision(const Scene&)> policy;  ///< with layers and overrides
};

/// A case that did not come out as expected: one of the two sides, or a case that could not be run at all.
struct Failure {
  std::string wanted;
  std::string got;
  std::string about;  ///< `expect`, `decision`, or empty when `got` says why it could not be run
};

struct CaseResult {
  const policy::Rule* rule = nullptr;
  const policy::Case* one = nullptr;
  std::size_t number = 1;  ///< within its rule
  std::vector<Failure> failures;
  std::vector<std::string> findings;  ///< ids of the rules that held, for the reader of a failure

  [[nodiscard]] bool passed() const { return failures.empty(); }
};

/// What a case shows: the command, the tool with its input, or the access to a path.
[[nodiscard]] std::string subject_of(const policy::Case& one);
[[nodiscard]] std::uint32_t line_of(const CaseResult& result);

/// A mutant (mutants.h) that no case of its rule tells from the rule.
struct Survivor {
  const policy::Rule* rule = nullptr;
  std::string what;  ///< `option without "--mirror"`
  base::Span span;
};

/// Why a survivor may stand. `rule` and `what` are whole, or end in `*` for whatever follows.
struct Explanation {
  std::string rule, what, reason;
};
/// One per line: rule, what and reason, parted by tabs; `#` begins a comment line. Errc::invalid names the line that is none.
[[nodiscard]] base::Result<std::vector<Explanation>> read_explanations(std::string_view text);

struct Coverage {
  std::size_t rules = 0;
  std::size_t fired = 0;      ///< rules that held in some case, their own or another's
  std::size_t near_miss = 0;  ///< rules that some case of their own shows passing
  std::size_t mutants = 0;    ///< changes that were tried, one at a time
  std::size_t explained = 0;  ///< survivors that an explanation stands for; they are not in `survivors`
  std::vector<const policy::Rule*> never_fired;
  std::vector<const policy::Rule*> never_missed;
  std::vector<Survivor> survivors;
  std::vector<Explanation> idle;  ///< explanations of nothing that survived
};

struct CaseReport {
  std::vector<CaseResult> results;  ///< in order of the files
  Coverage coverage;

  [[nodiscard]] std::size_t failed() const;
};

/// Cases whose rule's id contains `filter` (empty: all).
[[nodiscard]] CaseReport run_cases(const policy::Policy& policy, const Judges& judges, std::string_view filter = {});

/// Fills Coverage::mutants and survivors: compiles each rule once per mutant and runs its cases again. `images` know programs.
void prove_rules(const policy::Policy& policy, std::span<const image::View* const> images, CaseReport& report);

/// Takes out the survivors that `explanations` stand for, and names the explanations that stand for none.
void explain_survivors(std::vector<Explanation> explanations, Coverage& coverage);

struct TestOptions {
  std::vector<const image::View*>
      below;  ///< images under the tested files: their knowledge always counts, their rules for `decision`
  std::string filter;
  bool mutants = true;  ///< prove_rules
};

/// Everything `belay test` does with loaded files: `policy` has neither lists nor overrides resolved. The report points into what
/// `kept` keeps, so keep that as long.
struct TestRun {
  policy::Policy kept;
  CaseReport report;
};
[[nodiscard]] base::Result<std::unique_ptr<TestRun>> test_policy(const policy::Policy& policy, const policy::Knowledge& knowledge,
                                                                 const TestOptions& options, base::Diagnostics& out);

enum class CaseFormat : std::uint8_t { text, tap, junit, json };
[[nodiscard]] std::optional<CaseFormat> case_format_named(std::string_view name);

struct CaseFormatOptions {
  bool colour = false;     ///< text only
  bool verbose = false;    ///< text: passed cases too
  bool survivors = false;  ///< text: every survivor
};
[[nodiscard]] std::string format_cases(const CaseReport& report, CaseFormat format, const CaseFormatOptions& options);
/// One sentence per failure, for every format.
[[nodiscard]] std::string explain(const CaseResult& result);

}  // namespace belay::rulekit
