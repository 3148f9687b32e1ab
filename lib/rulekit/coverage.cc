#include <algorithm>
#include <set>

#include "policy/condition_table.h"
#include "rulekit/cases.h"
#include "rulekit/engine.h"

namespace belay::rulekit {

namespace {

using model::Verdict;
using policy::Case;
using policy::Conjunction;
using policy::Rule;
using policy::Value;

/// What a mutant lost.
struct Loss {
  std::string what;
  base::Span span;
};

std::string shown(std::string_view key, const std::string& text) { return std::string(key) + " = \"" + text + "\""; }

/// Calls `use(mutant, loss)` for every copy of a rule that misses one value. A value that comes from a list of `[params]` is not the rule's
/// to prove, and the last value of a list cannot be taken out.
class Mutants {
 public:
  template <class Use>
  static void each(const Rule& rule, Use use) {
    list(
        rule, "command", rule.commands, [](Rule& r) -> std::vector<Value>& { return r.commands; }, use);
    conjunction(
        rule, rule.conditions, [](Rule& r) -> Conjunction& { return r.conditions; }, use);
    groups(
        rule, "any", rule.any, [](Rule& r) -> std::vector<Conjunction>& { return r.any; }, 2, use);
    groups(
        rule, "all", rule.all, [](Rule& r) -> std::vector<Conjunction>& { return r.all; }, 1, use);
    groups(
        rule, "not", rule.none, [](Rule& r) -> std::vector<Conjunction>& { return r.none; }, 1, use);
  }

 private:
  template <class Get, class Use>
  static void list(const Rule& rule, std::string_view key, const std::vector<Value>& values, Get get, Use use) {
    if (values.size() < 2) return;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto same = std::count_if(values.begin(), values.end(), [&](const Value& v) { return v.span == values[i].span; });
      if (same > 1) continue;
      Rule mutant = rule;
      auto& mine = get(mutant);
      mine.erase(mine.begin() + static_cast<std::ptrdiff_t>(i));
      use(mutant, Loss{shown(key, values[i].text), values[i].span});
    }
  }

  template <class Get, class Use>
  static void conjunction(const Rule& rule, const Conjunction& conditions, Get get, Use use) {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const auto& row = policy::row_of(conditions[i].key);
      list(
          rule, row.name, conditions[i].values, [&](Rule& r) -> std::vector<Value>& { return get(r)[i].values; }, use);
      if (!row.suppresses || conditions[i].values.size() > 1) continue;
      Rule mutant = rule;
      get(mutant).erase(get(mutant).begin() + static_cast<std::ptrdiff_t>(i));
      use(mutant, Loss{std::string(row.name), conditions[i].span});
    }
  }

  /// `least`: how many tables there must be so that one can go without changing what the rest means.
  template <class Get, class Use>
  static void groups(const Rule& rule, std::string_view name, const std::vector<Conjunction>& tables, Get get, std::size_t least,
                     Use use) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (tables[i].empty()) continue;
      conjunction(
          rule, tables[i], [&](Rule& r) -> Conjunction& { return get(r)[i]; }, use);
      if (tables.size() < least) continue;
      Rule mutant = rule;
      get(mutant).erase(get(mutant).begin() + static_cast<std::ptrdiff_t>(i));
      const auto& first = tables[i].front();
      const std::string value = first.values.empty() ? (first.flag ? "true" : "false") : first.values.front().text;
      use(mutant, Loss{std::string(name) + " { " + shown(policy::row_of(first.key).name, value) + " … }", first.span});
    }
  }
};

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

}  // namespace

void prove_values(const policy::Policy& policy, std::span<const image::View* const> images, CaseReport& report) {
  std::set<const Rule*> tested;
  for (const auto& result : report.results) tested.insert(result.rule);
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      if (tested.count(&rule) == 0) continue;
      const auto cases = prepare(rule, images);
      const auto whole = verdicts(rule, cases);
      if (whole.empty()) continue;
      Mutants::each(rule, [&](const Rule& mutant, Loss loss) {
        ++report.coverage.values;
        if (verdicts(mutant, cases) == whole) report.coverage.unproved.push_back({&rule, std::move(loss.what), loss.span});
      });
    }
  }
}

}  // namespace belay::rulekit
