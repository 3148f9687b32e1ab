#include "rulekit/cases.h"

#include <algorithm>
#include <set>

namespace belay::rulekit {

namespace {

using model::Decision;
using model::Verdict;
using policy::Case;
using policy::Rule;

/// What this rule alone says: its strictest match.
Verdict verdict_of(const Decision& decision, const std::string& rule) {
  Verdict strictest = Verdict::pass;
  for (const auto& match : decision.matches) {
    if (match.rule == rule) strictest = std::max(strictest, match.verdict);
  }
  return strictest;
}

std::vector<std::string> rules_in(const Decision& decision) {
  std::vector<std::string> ids;
  for (const auto& match : decision.matches) {
    if (std::find(ids.begin(), ids.end(), match.rule) == ids.end()) ids.push_back(match.rule);
  }
  return ids;
}

class Runner {
 public:
  Runner(const Judges& judges, CaseReport& report) : judges_(judges), report_(report) {}

  void run(const Rule& rule, const Case& one, std::size_t number) {
    CaseResult result{&rule, &one, number, {}, {}};
    if (const auto scene = scene_of(one)) compare(rule, one, *scene, result);
    else result.failures.push_back({"", "the case cannot be run: " + scene.error().what, ""});
    report_.results.push_back(std::move(result));
  }

  [[nodiscard]] const std::set<std::string>& fired() const { return fired_; }

 private:
  void compare(const Rule& rule, const Case& one, const Scene& scene, CaseResult& result) {
    const Decision alone = judges_.rules(scene);
    result.findings = rules_in(alone);
    fired_.insert(result.findings.begin(), result.findings.end());
    if (!alone.fault.empty()) result.failures.push_back({"", "the decision failed: " + alone.fault, ""});
    if (one.expect) check("expect", *one.expect, verdict_of(alone, rule.id), result);
    // In observe mode a case still speaks of what the policy would do.
    if (one.decision) check("decision", *one.decision, judges_.policy(scene).would, result);
  }

  static void check(std::string about, Verdict wanted, Verdict got, CaseResult& result) {
    if (wanted == got) return;
    result.failures.push_back({std::string(model::name_of(wanted)), std::string(model::name_of(got)), std::move(about)});
  }

  const Judges& judges_;
  CaseReport& report_;
  std::set<std::string> fired_;
};

bool has_near_miss(const Rule& rule) {
  return std::any_of(rule.cases.begin(), rule.cases.end(), [](const Case& c) { return c.expect == Verdict::pass; });
}

void count(const Rule& rule, const std::set<std::string>& fired, Coverage& coverage) {
  ++coverage.rules;
  if (fired.count(rule.id) != 0) ++coverage.fired;
  else coverage.never_fired.push_back(&rule);
  if (has_near_miss(rule)) ++coverage.near_miss;
  else coverage.never_missed.push_back(&rule);
}

}  // namespace

std::size_t CaseReport::failed() const {
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [](const CaseResult& r) { return !r.passed(); }));
}

std::string subject_of(const Case& one) {
  switch (one.kind) {
    case Case::Kind::run: return one.run;
    case Case::Kind::tool: return one.tool + " " + one.input_json;
    case Case::Kind::path: return one.access + " " + one.path;
  }
  return {};
}

std::uint32_t line_of(const CaseResult& result) { return result.rule->source->position(result.one->span.begin).line; }

std::string explain(const CaseResult& result) {
  std::string out;
  for (const auto& failure : result.failures) {
    if (!out.empty()) out += "; ";
    out += failure.about.empty() ? failure.got : failure.about + " is `" + failure.wanted + "`, it was `" + failure.got + "`";
  }
  if (out.empty() || result.findings.empty()) return out;
  out += " (held:";
  for (const auto& id : result.findings) out += " " + id;
  return out + ")";
}

CaseReport run_cases(const policy::Policy& policy, const Judges& judges, std::string_view filter) {
  CaseReport report;
  Runner runner(judges, report);
  std::vector<const Rule*> rules;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      if (rule.id.find(filter) == std::string::npos) continue;
      rules.push_back(&rule);
      std::size_t number = 0;
      for (const auto& one : rule.cases) runner.run(rule, one, ++number);
    }
  }
  for (const auto* rule : rules) count(*rule, runner.fired(), report.coverage);
  return report;
}

}  // namespace belay::rulekit
