#include "rulekit/pages.h"

#include <catch2/catch.hpp>

#include "base/text.h"
#include "policy/compile.h"
#include "policy/load.h"
#include "rulekit/check_files.h"
#include "rulekit/frameworks.h"
#include "rulekit/schema.h"

using namespace belay;

namespace {

policy::SourcePtr file(std::string text, std::string name = "f.toml") {
  return std::make_shared<const base::SourceText>(std::move(name), std::move(text));
}
policy::Policy loaded(const std::string& text) {
  base::Diagnostics out;
  auto policy = policy::load(std::vector{file(text)}, out);
  for (const auto& d : out.items()) UNSCOPED_INFO(base::render(d));
  REQUIRE_FALSE(out.has_errors());
  return policy;
}

const std::string kRule =
    "[pack]\nid = \"p\"\ntitle = \"T\"\n[params]\nplaces = { about = \"some places\", values = [\"x\"] }\n"
    "[[framework]]\nkey = \"attack\"\ntitle = \"ATT&CK\"\nversion = \"1\"\nurl = \"https://e/{path}/\"\n[framework.ids]\n\"T1.2\" = \"Thing\"\n"
    "[[rule]]\nid = \"p.r\"\naction = \"ask\"\nstrict = \"deny\"\non = \"exec\"\nsummary = \"loses `x` <b>\"\ncommand = \"git push\"\n"
    "option = [\"-f\", \"--at=@places\"]\nnot = [ { arg = \"a|b\" } ]\nmeta = { attack = [\"T1.2\"] }\n"
    "  [[rule.case]]\n  run = \"echo '```'; git push -f\"\n  expect = \"ask\"\n  [[rule.case]]\n  run = \"git push\"\n  expect = \"pass\"\n";

/// Findings of lint, over a layer that carries `kRule`.
std::string linted(const std::string& text) {
  base::Diagnostics out;
  const std::vector<policy::SourcePtr> below{file(kRule)};
  const auto bytes = policy::compile({}, {}, {.carry = below}, out);
  REQUIRE(bytes);
  const auto view = image::View::open(*bytes);
  REQUIRE(view);
  const image::View* layer = &*view;
  std::string said;
  for (const auto& d : rulekit::lint_files(std::vector{file(text)}, {&layer, 1})) said += d.code + " " + d.message + " " + d.help + "\n";
  return said;
}

std::string filed(const std::string& meta) {
  return "[pack]\nid = \"q\"\n[[rule]]\nid = \"q.r\"\naction = \"ask\"\non = \"exec\"\nsummary = \"s\"\ncommand = \"true\"\nmeta = " + meta +
         "\n  [[rule.case]]\n  run = \"true\"\n  expect = \"ask\"\n  [[rule.case]]\n  run = \"false\"\n  expect = \"pass\"\n";
}

}  // namespace

TEST_CASE("a page says what a rule does, in words, and nothing of it is markup") {
  const auto policy = loaded(kRule);
  const auto pages = rulekit::rule_pages(policy, policy.frameworks);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].name == "README.md");
  CHECK(pages[1].name == "p.r.md");
  for (const char* part :
       {"| standard profile | asks |", "| strict profile | denies |", "the program and its first words are `git push`",
        "it has the option `-f` or `--at=@places`", "an argument matches `a|b`", "loses \\`x\\` \\<b\\>", "````sh\necho '```'; git push -f\n````",
        "[T1.2 Thing](https://e/T1/2/)", "`places`"}) {
    INFO(pages[1].text);
    CHECK(pages[1].text.find(part) != std::string::npos);
  }
  CHECK(pages[0].text.find("| [p.r](p.r.md) | asks | denies | medium |") != std::string::npos);
  CHECK(rulekit::lists_page(policy).find("some places.\n\nDefault: `x`.\n\nUsed by [p.r](rules/p.r.md).") != std::string::npos);
}

TEST_CASE("the template of a rule passes as it is") {
  const std::string text = rulekit::rule_template("ours.drop-things");
  CHECK(linted(text).empty());
  base::Diagnostics out;
  // Nothing is known of `sudo` here, and it takes no part in what is tested.
  std::string plain = text;
  plain.erase(plain.find("sudo "), 5);
  const auto run = rulekit::test_files(std::vector{file(plain)}, {}, out);
  REQUIRE(run);
  CHECK((*run)->report.results.size() == 2);
  CHECK((*run)->report.failed() == 0);
}

TEST_CASE("meta names what the catalogues have") {
  CHECK(linted(filed("{ attack = [\"T1.2\"], owner = [\"me\"] }")).empty());
  CHECK(linted(filed("{ attack = [\"T1.3\"] }")) == "W403 ATT&CK 1 has no `T1.3` did you mean `T1.2`?\n");
  CHECK(linted(filed("{ atack = [\"T1.2\"] }")) == "W402 `meta` knows no `atack` did you mean `attack`?\n");
  // An organisation adds entries, and catalogues of its own.
  CHECK(linted("[[framework]]\nkey = \"attack\"\nids = { \"T9\" = \"N\" }\n" + filed("{ attack = [\"T9\", \"T1.2\"] }")).empty());
  CHECK(linted("[[framework]]\nkey = \"ours\"\nids = { C1 = \"N\" }\n" + filed("{ ours = [\"C1\"] }")).empty());
}

TEST_CASE("a finding in a rule has the rule's tags") {
  const auto policy = loaded(kRule);
  const auto tags = rulekit::tags_of(policy);
  const auto& rule = policy.packs[0].rules[0];
  base::Diagnostic finding;
  finding.source = rule.source;
  finding.span = rule.summary_span;
  CHECK(tags(finding) == std::vector<std::string>{"rule:p.r", "attack:T1.2"});
  finding.span = policy.params[0].span;
  CHECK(tags(finding).empty());
}

TEST_CASE("the schema has the keys that the loader has") {
  // The loader names what it knows when it meets a key that it does not: `expected …` may be shortened, so each key is tried.
  const std::string schema = rulekit::rules_schema();
  const auto accepted = [](const std::string& text) {
    base::Diagnostics out;
    (void)policy::load(std::vector{file(text)}, out);
    return std::none_of(out.items().begin(), out.items().end(), [](const auto& d) { return d.code == "E102"; });
  };
  for (const auto key : policy::rule_keys()) {
    INFO(key);
    CHECK(accepted("[pack]\nid = \"p\"\n[[rule]]\n" + std::string(key) + " = 1\n"));
    CHECK(schema.find("\"" + std::string(key) + "\":") != std::string::npos);
  }
  CHECK_FALSE(accepted("[pack]\nid = \"p\"\n[[rule]]\nzebra = 1\n"));
}
