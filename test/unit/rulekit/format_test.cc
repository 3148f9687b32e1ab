#include "rulekit/format.h"

#include <catch2/catch.hpp>

#include "json/reader.h"
#include "rulekit/markup.h"
#include "support/golden.h"

using namespace belay;
using base::Severity;

namespace {

std::vector<base::Diagnostic> sample() {
  const auto a = std::make_shared<const base::SourceText>("rules/a b.toml",
                                                          "[pack]\nid = \"é\" # <&>\nefect = \"deny\"\nefect = \"deny\"\n");
  const auto b = std::make_shared<const base::SourceText>("/etc/belay/x,y.toml", "one\ntwo\nthree\n");
  return {
      {"E102", Severity::error, "unknown key `efect`", a, {24, 29}, "", "did you mean `effect`?"},
      {"E102", Severity::error, "unknown key `efect`", a, {39, 44}, "", "did you mean `effect`?"},
      {"E105", Severity::error, "`é` is not an id: 100% <wrong> & \x1b[31m", a, {12, 16}, "expected `a`", ""},
      {"W306", Severity::warning, "over, two: lines", b, {0, 6}, "", ""},
      {"W304", Severity::note, "of no place", nullptr, {}, "", ""},
  };
}

rulekit::FormatOptions options() {
  rulekit::FormatOptions o;
  o.files = {"rules/a b.toml", "/etc/belay/x,y.toml", "rules/clean.toml"};
  o.version = "1.2.3";
  return o;
}

constexpr const char* kFolder = BELAY_TEST_DATA "/unit/rulekit/golden/";

}  // namespace

TEST_CASE("findings in every format", "[golden]") {
  for (const std::string name : {"text", "json", "sarif", "github", "junit"}) {
    INFO(name);
    const auto format = rulekit::format_named(name);
    REQUIRE(format);
    const auto text = rulekit::format_findings(sample(), *format, options());
    test::check_golden(kFolder + std::string("findings.") + name, text);
    CHECK_FALSE(rulekit::format_findings({}, *format, options()).empty() == (name != "github"));
  }
  CHECK_FALSE(rulekit::format_named("checkstyle"));
}

TEST_CASE("SARIF has what its schema requires") {
  const auto text = rulekit::format_sarif(sample(), options());
  const auto parsed = json::Document::parse(text);
  REQUIRE(parsed);
  const auto root = parsed->root();
  CHECK(root.string_at("version") == "2.1.0");
  const auto run = root["runs"].first();
  CHECK(run["tool"]["driver"].string_at("name") == "belay");
  std::vector<std::string> rules;
  for (auto r = run["tool"]["driver"]["rules"].first(); r; r = r.next()) rules.emplace_back(r.string_at("id"));
  std::vector<std::string> prints;
  for (auto r = run["results"].first(); r; r = r.next()) {
    const auto index = r["ruleIndex"].unsigned_or(99);
    REQUIRE(index < rules.size());
    CHECK(r.string_at("ruleId") == rules[index]);
    CHECK_FALSE(r["message"].string_at("text").empty());
    const auto level = r.string_at("level");
    CHECK((level == "error" || level == "warning" || level == "note"));
    prints.emplace_back(r["partialFingerprints"].string_at("belayFinding/v1"));
    if (const auto at = r["locations"].first()) {
      const auto region = at["physicalLocation"]["region"];
      CHECK(region["startLine"].unsigned_or(0) >= 1);
      CHECK(region["startColumn"].unsigned_or(0) >= 1);
      const bool later = region["endLine"].unsigned_or(0) > region["startLine"].unsigned_or(0);
      CHECK((later || region["endColumn"].unsigned_or(0) > region["startColumn"].unsigned_or(0)));
    }
  }
  CHECK(prints.size() == 5);
  std::sort(prints.begin(), prints.end());
  CHECK(std::unique(prints.begin(), prints.end()) == prints.end());
}

TEST_CASE("a finding keeps its fingerprint when lines are put before it") {
  const auto print = [](const std::string& before) {
    const auto source = std::make_shared<const base::SourceText>("f.toml", before + "efect = 1\n");
    const auto at = static_cast<std::uint32_t>(before.size());
    const auto text = rulekit::format_sarif({{"E102", Severity::error, "m", source, {at, at + 5}, "", ""}}, options());
    return std::string(json::Document::parse(text)->root()["runs"].first()["results"].first()["partialFingerprints"].string_at(
        "belayFinding/v1"));
  };
  CHECK(print("") == print("# a\n# b\n"));
}

TEST_CASE("findings stand in the order of the files, each once") {
  auto twice = sample();
  for (const auto& d : sample()) twice.push_back(d);
  std::reverse(twice.begin(), twice.end());
  const auto sorted = rulekit::in_order(twice);
  REQUIRE(sorted.size() == 5);
  CHECK(sorted[0].code == "W304");
  CHECK(sorted[1].code == "W306");
  CHECK(sorted[2].code == "E105");
  CHECK(sorted[3].span.begin == 24);
}

TEST_CASE("every code has a title") {
  CHECK(rulekit::title_of("E102") == "a key that does not exist here");
  CHECK(rulekit::title_of("W306") == "a rule without a near miss that passes");
  CHECK(rulekit::title_of("E999").empty());
}

TEST_CASE("escaping leaves nothing that a format would read as its own") {
  CHECK(rulekit::xml("a<b>&\"\n\x1b") == "a&lt;b&gt;&amp;&quot;&#10;\\x1b");
  CHECK(rulekit::uri("rules/a b:c%é.toml") == "rules/a%20b%3Ac%25%C3%A9.toml");
  CHECK(rulekit::uri("/x") == "file:///x");
  CHECK(rulekit::workflow("a:b,c%\n", rulekit::CommandPart::property) == "a%3Ab%2Cc%25%0A");
  CHECK(rulekit::workflow("a:b,c%\n", rulekit::CommandPart::data) == "a:b,c%25%0A");
}
