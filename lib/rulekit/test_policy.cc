#include "policy/adopt.h"
#include "policy/merge.h"
#include "rulekit/cases.h"
#include "rulekit/check_files.h"
#include "rulekit/engine.h"

namespace belay::rulekit {

namespace {

using Views = std::vector<const image::View*>;

/// A rule that is switched off still has to be right.
policy::Policy switched_on(policy::Policy policy) {
  for (auto& pack : policy.packs) {
    for (auto& rule : pack.rules) {
      if (rule.mode == policy::RuleMode::off) rule.mode = policy::RuleMode::inherit;
    }
  }
  return policy;
}

}  // namespace

base::Result<std::unique_ptr<TestRun>> test_policy(const policy::Policy& policy, const policy::Knowledge& knowledge,
                                                   const TestOptions& options, base::Diagnostics& out) {
  auto run = std::make_unique<TestRun>();
  const auto expanded = policy::expand_lists(policy, out, carried_by(options.below));
  run->kept = switched_on(policy::own_rules(expanded));
  const auto overridden = policy::apply_overrides(expanded, out);
  if (out.has_errors()) return base::fail(base::Errc::invalid, "the rules have errors");
  BELAY_TRY(const auto written, Compiled::make(run->kept, knowledge, out));
  BELAY_TRY(const auto whole, Compiled::make(overridden, knowledge, out));

  Views known = options.below;
  known.push_back(&written.view());
  Views layers = options.below;
  layers.push_back(&whole.view());
  const image::View* only = &written.view();
  // Both sides see the same scene: it is analysed once for each case.
  const Scene* analysed = nullptr;
  model::Analysis analysis;
  const auto analysis_of = [&](const Scene& scene) -> const model::Analysis& {
    if (analysed != &scene) analysis = analyse(scene, known);
    analysed = &scene;
    return analysis;
  };
  Judges judges;
  judges.rules = [&](const Scene& scene) {
    analysed = nullptr;
    return judge(scene, analysis_of(scene), {&only, 1});
  };
  judges.policy = [&](const Scene& scene) { return judge(scene, analysis_of(scene), layers); };
  run->report = run_cases(run->kept, judges, options.filter);
  if (options.mutants) prove_rules(run->kept, known, run->report);
  return run;
}

}  // namespace belay::rulekit
