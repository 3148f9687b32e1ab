#include "policy/load.h"

#include <catch2/catch.hpp>

#include "policy/condition_table.h"
#include "policy/load_pattern.h"
#include "policy/merge.h"

using namespace belay;
using namespace belay::policy;
using model::OpKind;
using model::Verdict;

namespace {

SourcePtr file(std::string text, std::string name = "f.toml") {
  return std::make_shared<const base::SourceText>(std::move(name), std::move(text));
}

Policy loaded(const std::vector<SourcePtr>& files) {
  base::Diagnostics out;
  Policy policy = resolve(load(files, out), out);
  for (const auto& d : out.items()) INFO(base::render(d));
  CHECK_FALSE(out.has_errors());
  return policy;
}

constexpr const char* kPack = "[pack]\nid = \"git\"\ntitle = \"Git\"\n";

std::string rule(const std::string& body, const std::string& action = "deny", const std::string& on = "exec") {
  return "[[rule]]\nid = \"git.r\"\naction = \"" + action + "\"\non = \"" + on + "\"\n" + body + "\n";
}

const Rule& only_rule(const Policy& policy) {
  REQUIRE(policy.packs.size() == 1);
  REQUIRE(policy.packs[0].rules.size() == 1);
  return policy.packs[0].rules[0];
}

std::string texts(const std::vector<Value>& values) {
  std::string out;
  for (const auto& v : values) out += v.text + "|";
  return out;
}

}  // namespace

TEST_CASE("a rule says everything that the language has") {
  const auto policy = loaded({file(std::string(kPack) + R"(
[[rule]]
id       = "git.everything"
action   = "ask"
severity = "critical"
summary  = "s"
instead  = "i"
on       = ["read", "write"]
command  = ["git push", "hub push"]
program  = "g*"
option   = ["-f", "--force=*"]
arg      = "+*"
path     = "**/x"
except   = "**/y"
covers   = "~"
recursive = false
env      = ["A", "B=c"]
as       = "root"
stdin    = "pipe"
via      = "sudo"
match    = 'a\.b'
unless   = "c"
any      = [ { option = "-x", arg = "y" }, { recursive = true } ]
all      = { program = "z" }
not      = [ { option = "-n" } ]
reaches  = { on = "fetch", method = "POST", not_host = ["a", "b"] }
also     = [ { on = "query", engine = "postgres" }, { on = "delete", path = "/x" } ]
when     = { agents = "claude", users = ["u"], groups = "gid:1", hosts = "h", repositories = "r", unattended = false }
unsure   = "log"
mode     = "observe"
meta     = { attack = ["T1485", "T1490"], owner = "me" }
)")});
  const auto& r = only_rule(policy);
  CHECK(r.id == "git.everything");
  CHECK(r.line == 6);
  CHECK(r.action == Verdict::ask);
  CHECK(r.severity == model::Severity::critical);
  CHECK(r.on == OpKind::read);
  CHECK(r.also_on == std::vector<OpKind>{OpKind::write});
  CHECK(texts(r.commands) == "git push|hub push|");
  CHECK(r.conditions.size() == 13);
  CHECK(r.conditions[0].key == Key::program);
  CHECK(texts(r.conditions[1].values) == "-f|--force=*|");
  CHECK_FALSE(r.conditions[6].flag);
  CHECK(r.conditions[11].values[0].text == "a\\.b");
  REQUIRE(r.any.size() == 2);
  CHECK(r.any[0].size() == 2);
  CHECK(r.any[1][0].key == Key::recursive);
  CHECK(r.all.size() == 1);
  CHECK(r.none.size() == 1);
  REQUIRE(r.reaches.size() == 1);
  CHECK(r.reaches[0].on == OpKind::fetch);
  CHECK(texts(r.reaches[0].not_host) == "a|b|");
  REQUIRE(r.also.size() == 2);
  CHECK(r.also[1].on == OpKind::remove);
  CHECK(texts(r.when.agents) == "claude|");
  CHECK(r.when.unattended == false);
  CHECK(r.unsure == Unsure::log);
  CHECK(r.mode == RuleMode::observe);
  CHECK(texts(r.meta[0].values) == "T1485|T1490|");
}

TEST_CASE("cases keep their world, and input becomes JSON in the order of writing") {
  const auto policy = loaded({file(kPack + rule(R"(command = "git push"
  [[rule.case]]
  tool = "Edit"
  input = { z = "a\"\\\n\u0001é", n = -3, yes = true, list = ["x", { k = 1 }], none = {} }
  cwd = "/w"
  home = "/h"
  env = { B = "2", A = "" }
  agent = "gemini"
  unattended = true
  files = { "x/y" = "-> /srv", "z" = "dir" }
  expect = "pass"
  decision = "ask"
  [[rule.case]]
  path = "x"
  access = "delete"
  expect = "deny"
)"))});
  const auto& cases = only_rule(policy).cases;
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].kind == Case::Kind::tool);
  CHECK(cases[0].input_json == R"({"z":"a\"\\\u000a\u0001é","n":-3,"yes":true,"list":["x",{"k":1}],"none":{}})");
  CHECK(cases[0].env == "B=2\nA=\n");
  CHECK(cases[0].files[0] == std::pair<std::string, std::string>("x/y", "-> /srv"));
  CHECK(cases[0].expect == Verdict::pass);
  CHECK(cases[0].decision == Verdict::ask);
  CHECK(cases[1].kind == Case::Kind::path);
  CHECK(policy.packs[0].source->position(cases[0].span.begin).line == 10);
}

TEST_CASE("lists stand for their values, a policy's before a pack's") {
  const auto pack = file(std::string(kPack) + "[params]\nhosts = [\"default\"]\nother = [\"o\"]\n" +
                             rule("host = [\"a\", \"@hosts\", \"@other\", \"@x/y\"]\nnot = { host = \"@hosts\" }\nreaches = { on "
                                  "= \"fetch\", not_host = \"@none\" }",
                                  "deny", "fetch") +
                             "",
                         "pack.toml");
  const auto policy = loaded({pack, file("[params]\nhosts = [\"p\", \"q\"]\nnone = []\n", "policy.toml")});
  const auto& r = only_rule(policy);
  CHECK(texts(r.conditions[0].values) == "a|p|q|o|@x/y|");
  CHECK(texts(r.none[0][0].values) == "p|q|");
  CHECK(r.reaches[0].not_host.empty());
  const auto span = r.conditions[0].values[1].span;
  CHECK(pack->text().substr(span.begin, span.end - span.begin) == "\"@hosts\"");
}

TEST_CASE("overrides apply in order, and never below the floor") {
  struct Row {
    std::string_view override;
    Verdict action;
    RuleMode mode;
    std::size_t conditions;
  };
  const Row rows[] = {
      {"rule = \"git.r\"\naction = \"deny\"", Verdict::deny, RuleMode::inherit, 1},
      {"rule = \"git.*\"\naction = \"log\"", Verdict::log, RuleMode::inherit, 1},
      {"rule = \"git.r\"\nmode = \"off\"", Verdict::ask, RuleMode::off, 1},
      {"rule = \"git.r\"\nexcept = [\"/tmp/**\"]", Verdict::ask, RuleMode::inherit, 2},
      {"rule = \"docker.*\"\nmode = \"off\"", Verdict::ask, RuleMode::inherit, 1},
      {"rule = \"*\"\naction = \"log\"\n[[override]]\nrule = \"git.r\"\naction = \"deny\"", Verdict::deny, RuleMode::inherit, 1},
  };
  for (const auto& row : rows) {
    INFO(row.override);
    const auto policy = loaded({file(kPack + rule("path = \"**/x\"\nunsure = \"ask\"", "ask", "read")),
                                file("[[override]]\n" + std::string(row.override))});
    const auto& r = only_rule(policy);
    CHECK(r.action == row.action);
    CHECK(r.mode == row.mode);
    CHECK(r.conditions.size() == row.conditions);
    if (row.action == Verdict::log) CHECK(r.unsure == Unsure::log);
  }
  const auto floor = loaded({file(kPack + rule("path = \"**/x\"\nfloor = true", "deny", "read")),
                             file("[[override]]\nrule = \"git.*\"\nmode = \"off\"\n")});
  CHECK(only_rule(floor).mode == RuleMode::inherit);
}

TEST_CASE("the policy file speaks for the whole") {
  const auto policy =
      loaded({file("[policy]\nmode = \"observe\"\nversion = \"v1\"\nproject_layer = true\n[audit]\nsinks = [\"journal\", "
                   "\"file\"]\nrequire = true\n")});
  CHECK(policy.mode == model::Mode::observe);
  CHECK(policy.version == "v1");
  CHECK(policy.project_layer);
  CHECK(policy.audit_sinks == std::vector<std::string>{"journal", "file"});
  CHECK(policy.audit_required);
}

TEST_CASE("the condition table stands in the order of its keys") {
  for (std::size_t i = 0; i < kConditionTable.size(); ++i) {
    CHECK(static_cast<std::size_t>(kConditionTable[i].key) == i);
    CHECK(find_condition(kConditionTable[i].name) == &kConditionTable[i]);
    CHECK_FALSE(kConditionTable[i].help.empty());
    CHECK(words_of(kConditionTable[i].key).empty() == (kConditionTable[i].kind != ValueKind::word));
  }
}

TEST_CASE("an at sign begins a list only when a name follows") {
  for (const std::string_view yes : {"@a", "@production", "@a-b_9"}) CHECK(is_reference(yes));
  for (const std::string_view no : {"@", "a", "@*", "@types/x", "@9", "x@y", "[@]a", "@a b"}) CHECK_FALSE(is_reference(no));
}

TEST_CASE("a place in a string is a place in the file, whatever its quotes") {
  struct Row {
    std::string_view written;
    std::size_t begin, end;
    std::string_view at;
  };
  const Row rows[] = {
      {"\"abc\"", 1, 2, "b"},          {"'abc'", 2, 3, "c"},   {"\"a\\tbc\"", 2, 3, "b"},   {"\"\\u00e9bc\"", 2, 3, "b"},
      {"\"\\U0001F600b\"", 4, 5, "b"}, {"\"ébc\"", 2, 3, "b"}, {"'''\nabc'''", 0, 2, "ab"}, {"\"\"\"abc\"\"\"", 1, 3, "bc"},
      {"\"abc\"", 0, 0, "\"abc\""},    {"'abc'", 2, 9, "c"},
  };
  for (const auto& row : rows) {
    INFO(row.written);
    const base::SourceText source("f", "k = " + std::string(row.written) + "\n");
    const auto span = inside_string(source, {4, static_cast<std::uint32_t>(4 + row.written.size())}, row.begin, row.end);
    CHECK(source.text().substr(span.begin, span.end - span.begin) == row.at);
  }
}
