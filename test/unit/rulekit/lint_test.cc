#include "rulekit/lint.h"

#include <catch2/catch.hpp>

#include "policy/load.h"
#include "policy/merge.h"
#include "rulekit/findings.h"

using namespace belay;

namespace {

bool knows(std::string_view program) { return program == "git" || program == "rm" || program == "psql"; }

/// Codes that lint finds beyond loading, blank separated, in order.
std::string codes(const std::string& body) {
  base::Diagnostics out;
  const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>("f.toml", "[pack]\nid = \"p\"\n" + body)};
  const auto policy = policy::expand_lists(policy::load(files, out), out);
  for (const auto& d : out.items()) UNSCOPED_INFO(base::render(d));
  REQUIRE_FALSE(out.has_errors());
  base::Diagnostics found;
  rulekit::LintOptions options;
  options.knows_program = knows;
  options.is_read_so = [](const std::string& command) { return command.find("deep") == std::string::npos; };
  options.judge = [](const std::string& command) -> std::optional<model::Verdict> {
    return command.find("--hard") != std::string::npos ? model::Verdict::ask : model::Verdict::pass;
  };
  rulekit::lint(policy, options, found);
  std::string text;
  for (const auto& d : found.items()) {
    UNSCOPED_INFO(base::render(d));
    text += (text.empty() ? "" : " ") + d.code;
  }
  return text;
}

constexpr const char* kCases =
    "\n  [[rule.case]]\n  run = \"x\"\n  expect = \"deny\"\n  [[rule.case]]\n  run = \"y\"\n  expect = \"pass\"\n";

std::string rule(const std::string& body, const std::string& id = "p.r", const std::string& on = "exec",
                 const std::string& action = "deny") {
  return "[[rule]]\nid = \"" + id + "\"\naction = \"" + action + "\"\non = \"" + on + "\"\n" +
         (body.find("summary") == std::string::npos ? "summary = \"s\"\n" : "") + body + kCases;
}

}  // namespace

TEST_CASE("lint says what is legal and still wrong") {
  struct Row {
    std::string body;
    std::string_view codes;
  };
  const Row rows[] = {
      {rule("command = \"git push\""), ""},
      {"[[rule]]\nid = \"p.r\"\naction = \"deny\"\non = \"exec\"\nsummary = \"s\"\ncommand = \"git push\"\n", "W305 W306"},
      {rule("command = \"git push\"") + "  [[rule.case]]\n  run = \"y\"\n  expect = \"pass\"\n", "W307"},
      {rule("command = \"git push\"") + "  [[rule.case]]\n  run = \"y\"\n  cwd = \"/x\"\n  expect = \"pass\"\n", ""},
      {rule("command = \"git push\"") + "  [[rule.case]]\n  run = \"y\"\n  files = { a = \"dir\" }\n  expect = \"pass\"\n", ""},
      // texts
      {"[[rule]]\nid = \"p.r\"\naction = \"deny\"\non = \"exec\"\ncommand = \"git push\"\n" + std::string(kCases), "W310"},
      {rule("summary = \"" + std::string(200, 'a') + "\"\ncommand = \"git push\""), "W310"},
      {rule("summary = \"a\\u001b[31mb\"\ncommand = \"git push\""), "W310"},
      {rule("summary = \"a\\u202eb\"\ncommand = \"git push\""), "W310"},
      {rule("summary = \"A sentence.\"\ncommand = \"git push\""), "W310"},
      {rule("instead = \"git reset --hard\"\ncommand = \"git push\""), "W311"},
      {rule("instead = \"run `git reset --hard` first\"\ncommand = \"git push\""), "W311"},
      {rule("instead = \"git status, never --hard\"\ncommand = \"git push\""), ""},
      {rule("instead = \"ask somebody about --hard\"\ncommand = \"git push\""), ""},
      {rule("command = [\"git push\", \"gti push\"]"), "W314"},
      {rule("command = [\"git push\", \"git a b deep\"]"), "E317"},
      {rule("command = [\"git push\", \"git pull\", \"git push\"]"), "W315"},
      {rule("command = \"git push\"\nany = [ { option = [\"-f\", \"-f\"] }, { option = \"-f\" } ]"), "W315"},
      // patterns
      {rule("match = 'a.*b'"), "W206"},
      {rule("match = 'foo|ba'"), "W206"},
      {rule("match = 'foo|bar'"), ""},
      {rule("command = \"git push\"\nmatch = 'a.*b'"), ""},
      {rule("match = 'x*'"), "W207"},
      {rule("match = '(foo)?'"), "W207"},
      {rule("match = '.*foo'"), "W208"},
      {rule("match = '^foo.*$'"), "W208"},
      {rule("match = 'foo\\.*'"), ""},
      {rule("command = \"git push\"\nunless = '--dry-run'"), "E316"},
      {rule("command = \"git push\"\nunless = '\\s-n\\b'"), "E316"},
      {rule("command = \"git push\"\nunless = '(^|\\s)--(no-)?verify'"), ""},
      {rule("command = \"git push\"\nunless = 'pre-push'"), ""},
      {rule("command = \"git push\"\nunless = '(^| )-{1,2}n'"), ""},
      {rule("command = \"git push\"\nunless = '[ ]\\-\\-dry-run'"), "E316"},
      {rule("command = \"git push\"\nunless = '[-]-x'"), "E316"},
      {rule("command = \"git push\"\nunless = '[a-z]+foo'"), ""},
      {rule("command = \"git push\"\nnot = [ { match = 'x --dry-run' } ]"), "E316"},
      {rule("statement = 'drop'\nnot = [ { statement = 'x --dry' } ]", "p.r", "query"), ""},
      // rules among each other
      {rule("command = \"git push\"") + rule("command = \"git push\"", "p.s"), "W301"},
      {rule("command = [\"git a\", \"git b\"]") + rule("command = [\"git b\", \"git a\"]", "p.s"), "W301"},
      {rule("command = \"git push\"") + rule("command = \"git pull\"", "p.s"), ""},
      {rule("command = \"git push\"") + rule("command = \"git push\"\nwhen = { unattended = true }", "p.s"), ""},
      {rule("command = \"git a\"\nmatch = 'abc'") + rule("command = \"git a\"\nmatch = 'abd'", "p.s") +
           rule("command = \"git\"\nmatch = 'abe'", "p.t"),
       "W211"},
      {rule("command = \"git a\"\nmatch = 'abc'") + rule("command = \"git a\"\nmatch = 'abd'", "p.s") +
           rule("command = \"git b\"\nmatch = 'abe'", "p.t"),
       ""},
  };
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(codes(row.body) == row.codes);
  }
}

TEST_CASE("a weaker rule that says the same is named as the one that never decides") {
  base::Diagnostics out;
  const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>(
      "f.toml",
      "[pack]\nid = \"p\"\n[[rule]]\nid = \"p.soft\"\naction = \"log\"\non = \"exec\"\ncommand = \"git push\"\n"
      "[[rule]]\nid = \"p.hard\"\naction = \"deny\"\non = \"exec\"\ncommand = \"git push\"\n")};
  const auto policy = policy::load(files, out);
  rulekit::lint_matchers(policy, out);
  REQUIRE(out.items().size() == 1);
  CHECK(out.items()[0].code == "W302");
  CHECK(out.items()[0].message.find("`p.soft` never decides") != std::string::npos);
}

TEST_CASE("what is recommended is read as a command only when it is one") {
  struct Row {
    std::string text;
    std::vector<std::string> commands;
  };
  const Row rows[] = {
      {"git push --force-with-lease", {"git push --force-with-lease"}},
      {"git stash, and tell the user", {"git stash"}},
      {"run `git stash` or `git commit`", {"git stash", "git commit"}},
      {"ask the user", {}},
      {"git", {}},
      {"", {}},
      {"an open ` tick", {}},
  };
  for (const auto& row : rows) CHECK(rulekit::commands_in(row.text, knows) == row.commands);
}
