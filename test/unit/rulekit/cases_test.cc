#include "rulekit/cases.h"

#include <catch2/catch.hpp>

#include "policy/load.h"
#include "support/golden.h"

using namespace belay;
using model::Verdict;

namespace {

policy::Policy pack_of(const std::string& text) {
  base::Diagnostics out;
  const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>("rules/p.toml", text)};
  auto policy = policy::load(files, out);
  for (const auto& d : out.items()) UNSCOPED_INFO(base::render(d));
  REQUIRE_FALSE(out.has_errors());
  return policy;
}

/// Judges by the text of the command alone: `git.a` denies what has `bad` in it, `git.b` asks about `odd`.
model::Decision by_text(const rulekit::Scene& scene) {
  model::Decision d;
  const auto* run = scene.call.actions.empty() ? nullptr : std::get_if<model::RunShell>(&scene.call.actions[0]);
  const std::string command = run == nullptr ? "" : run->command;
  const auto add = [&](const char* rule, Verdict verdict) {
    model::Match match;
    match.rule = rule;
    match.verdict = verdict;
    d.matches.push_back(match);
    d.would = std::max(d.would, verdict);
  };
  if (command.find("bad") != std::string::npos) add("p.a", Verdict::deny);
  if (command.find("odd") != std::string::npos) add("p.b", Verdict::ask);
  if (command.find("maybe") != std::string::npos) add("p.a", Verdict::log);
  return d;
}

const std::string kPack = R"([pack]
id = "p"
[[rule]]
id = "p.a"
action = "deny"
on = "exec"
command = "x"
  [[rule.case]]
  run = "bad"
  expect = "deny"
  [[rule.case]]
  run = "maybe # 'x'"
  expect = "log"
  [[rule.case]]
  run = "good"
  expect = "deny"
  [[rule.case]]
  run = "bad odd"
  decision = "ask"
  [[rule.case]]
  run = "maybe bad"
  expect = "deny"
  decision = "deny"
[[rule]]
id = "p.b"
action = "ask"
on = "exec"
command = "x"
  [[rule.case]]
  run = "bad\u001b[0m"
  expect = "pass"
[[rule]]
id = "p.c"
action = "ask"
on = "exec"
command = "x"
  [[rule.case]]
  tool = "Read"
  input = { file_path = 3 }
  expect = "ask"
)";

rulekit::CaseReport sample(const policy::Policy& policy, std::string_view filter = {}) {
  return rulekit::run_cases(policy, {by_text, by_text}, filter);
}

}  // namespace

TEST_CASE("a case passes when the rule says what it expects") {
  const auto policy = pack_of(kPack);
  const auto report = sample(policy);
  std::string outcome;
  for (const auto& r : report.results) outcome += r.passed() ? '+' : '-';
  CHECK(outcome == "++--++-");
  CHECK(report.failed() == 3);
  CHECK(rulekit::line_of(report.results[2]) == 15);
  CHECK(rulekit::explain(report.results[2]) == "expect is `deny`, it was `pass`");
  CHECK(rulekit::explain(report.results[3]) == "decision is `ask`, it was `deny` (held: p.a p.b)");
  CHECK(report.results[6].failures[0].about.empty());
}

TEST_CASE("coverage names the rules that no case fires and those without a near miss") {
  const auto policy = pack_of(kPack);
  const auto report = sample(policy);
  CHECK(report.coverage.rules == 3);
  CHECK(report.coverage.fired == 2);
  REQUIRE(report.coverage.never_fired.size() == 1);
  CHECK(report.coverage.never_fired[0]->id == "p.c");
  CHECK(report.coverage.near_miss == 1);
  CHECK(report.coverage.never_missed.size() == 2);
}

TEST_CASE("only the rules that the filter names are run") {
  const auto policy = pack_of(kPack);
  CHECK(sample(policy, "p.b").results.size() == 1);
  CHECK(sample(policy, "nothing").results.empty());
}

TEST_CASE("case results in every format", "[golden]") {
  const auto policy = pack_of(kPack);
  auto report = sample(policy);
  report.coverage.mutants = 3;
  report.coverage.survivors.push_back({&policy.packs[0].rules[0], "option without \"-x\"", policy.packs[0].rules[0].span});
  for (const std::string name : {"text", "tap", "junit", "json"}) {
    INFO(name);
    const auto format = rulekit::case_format_named(name);
    REQUIRE(format);
    const auto text = rulekit::format_cases(report, *format, {false, true, true});
    test::check_golden(std::string(BELAY_TEST_DATA "/unit/rulekit/golden/cases.") + name, text);
  }
}

TEST_CASE("a mutant that no case notices survives, unless it is explained") {
  const auto policy = pack_of(R"([pack]
id = "p"
[[rule]]
id = "p.a"
action = "deny"
on = "exec"
command = ["x up", "x down"]
option = ["-f", "--force"]
match = "y|^z"
  [[rule.case]]
  run = ["x up -f y", "x up --force y"]
  expect = "deny"
  [[rule.case]]
  run = "x up -f"
  expect = "pass"
)");
  REQUIRE(policy.packs[0].rules[0].cases.size() == 3);
  base::Diagnostics out;
  auto run = rulekit::test_policy(policy, {}, {}, out);
  REQUIRE(run);
  auto& coverage = (*run)->report.coverage;
  std::vector<std::string> left;
  for (const auto& survivor : coverage.survivors) left.push_back(survivor.what);
  CHECK(left == std::vector<std::string>{"command without \"x down\"", "without command", "without option",
                                         "match \"y|^z\" without \"^\"", "match \"y|^z\" without \"|^z\""});
  auto explanations = rulekit::read_explanations(
      "# why\np.*\tcommand without *\tone is like the other\np.a\twithout *\tx is ours\np.a\targ*\tnothing\n");
  REQUIRE(explanations);
  rulekit::explain_survivors(*std::move(explanations), coverage);
  CHECK(coverage.survivors.size() == 2);
  CHECK(coverage.explained == 3);
  REQUIRE(coverage.idle.size() == 1);
  CHECK(coverage.idle[0].what == "arg*");
  CHECK_FALSE(rulekit::read_explanations("p.a\tonly two"));
}
