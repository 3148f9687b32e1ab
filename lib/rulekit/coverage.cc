#include <algorithm>
#include <set>

#include "base/text.h"
#include "rulekit/cases.h"
#include "rulekit/engine.h"
#include "rulekit/mutants.h"

namespace belay::rulekit {

namespace {

using model::Verdict;
using policy::Rule;

/// A case of a rule with everything that does not depend on the rule worked out.
struct Prepared {
  Scene scene;
  model::Analysis analysis;
  Verdict verdict = Verdict::pass;
};

policy::Policy alone(const Rule& rule) {
  policy::Policy policy;
  policy::Pack pack;
  pack.id = rule.id.substr(0, rule.id.find('.'));
  pack.source = rule.source;
  pack.rules.push_back(rule);
  pack.rules.back().mode = policy::RuleMode::enforce;
  policy.packs.push_back(std::move(pack));
  return policy;
}

Verdict strictest(const model::Decision& decision) {
  Verdict verdict = Verdict::pass;
  for (const auto& match : decision.matches) verdict = std::max(verdict, match.verdict);
  return verdict;
}

/// The verdict of one rule for each of its cases; empty when the rule does not compile.
std::vector<Verdict> verdicts(const Rule& rule, const std::vector<Prepared>& cases) {
  std::vector<Verdict> out;
  base::Diagnostics ignored;
  const auto compiled = Compiled::make(alone(rule), {}, ignored);
  if (!compiled) return out;
  const image::View* view = &compiled->view();
  for (const auto& one : cases) out.push_back(strictest(judge(one.scene, one.analysis, {&view, 1})));
  return out;
}

std::vector<Prepared> prepare(const Rule& rule, std::span<const image::View* const> images) {
  std::vector<Prepared> out;
  for (const auto& one : rule.cases) {
    auto scene = scene_of(one);
    if (!scene || !one.expect) continue;
    Prepared prepared{*std::move(scene), {}, Verdict::pass};
    prepared.analysis = analyse(prepared.scene, images);
    out.push_back(std::move(prepared));
  }
  return out;
}

Synonyms synonyms_in(const std::vector<Prepared>& cases) {
  Synonyms out;
  for (const auto& one : cases) {
    for (const auto& operation : one.analysis.operations) {
      const auto* exec = std::get_if<model::Exec>(&operation.detail);
      if (exec == nullptr) continue;
      for (const auto& use : exec->options) {
        const auto names = base::split_blank(use.names);
        for (const auto a : names) {
          for (const auto b : names) out.emplace(a, b);
        }
      }
    }
  }
  return out;
}

/// A mutant that does not compile shows nothing; one that some case tells from the rule is no survivor.
void prove(const Rule& rule, std::span<const image::View* const> images, Coverage& coverage) {
  const auto cases = prepare(rule, images);
  const auto whole = verdicts(rule, cases);
  if (whole.empty()) return;
  each_mutant(rule, synonyms_in(cases), [&](const Mutant& mutant) {
    const auto changed = verdicts(mutant.rule, cases);
    if (changed.empty()) return;
    ++coverage.mutants;
    if (changed == whole) coverage.survivors.push_back({&rule, mutant.what, mutant.span});
  });
}

}  // namespace

void prove_rules(const policy::Policy& policy, std::span<const image::View* const> images, CaseReport& report) {
  std::set<const Rule*> tested;
  for (const auto& result : report.results) tested.insert(result.rule);
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      if (tested.count(&rule) != 0) prove(rule, images, report.coverage);
    }
  }
}

}  // namespace belay::rulekit
