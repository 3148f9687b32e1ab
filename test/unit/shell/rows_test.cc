#include <string>

#include "shell/cursor.h"
#include "shell/dump.h"
#include "shell/parser.h"
#include "support/golden.h"

using belay::shell::dump;
using belay::shell::parse;

namespace {

/// Cases lie one after the other: lines of script, then `=> tree`. Answers the file with the trees that are read today.
std::string read_again(const std::string& file) {
  std::string out;
  std::string script;
  for (std::size_t at = 0; at < file.size();) {
    std::size_t end = file.find('\n', at);
    if (end == std::string::npos) end = file.size();
    const std::string line = file.substr(at, end - at);
    at = end + 1;
    const bool row = line.starts_with("=>");
    const bool aside = script.empty() && (line.empty() || line.starts_with("#:") || line.starts_with("# "));
    if (row) out += line.substr(0, line.find(' ')) + " " + dump(parse(script)) + "\n";
    else out += line + "\n";
    if (row) script.clear();
    else if (!aside) script += line + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("shell rows: every script is the tree beside it") {
  const std::string path = BELAY_TEST_DATA "/cases/shell/rows.txt";
  belay::test::check_golden(path, read_again(belay::test::slurp(path)));
}

TEST_CASE("shell: limits end the reading and say so") {
  belay::shell::Limits small;
  small.bytes = 10;
  CHECK(dump(parse("echo 123456", small)) == "!too-long@10");
  CHECK(dump(parse(std::string("a\0b", 3))) == "!nul-byte@1");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "$(";
  CHECK(parse(deep).problems.front().code == belay::shell::ProblemCode::too_deep);
  small = {};
  small.nodes = 50;
  CHECK(parse("a b c d e f g h i j k l m n o p q r s t u v w x y z", small).problems.front().code ==
        belay::shell::ProblemCode::too_many_nodes);
}

TEST_CASE("shell: without process substitution a word list ends before `<(`") {
  CHECK(dump(parse("for x in a <(y); do z; done", {}, belay::shell::Dialect::posix)) == "for x in a !unexpected-token@11");
}

TEST_CASE("shell: a backslash at the end of a text in backticks ends nothing behind it") {
  const std::string source = "x `$'a\\`";
  for (const auto& problem : parse(source).problems) CHECK(problem.at.end <= source.size());
  belay::shell::Limits limits;
  belay::shell::Shared shared(limits, belay::shell::Dialect::bash);
  belay::shell::Cursor cursor("a\\", shared);
  cursor.bump(5);
  CHECK(cursor.pos() == 2);
}

TEST_CASE("shell: spans are bytes of the source, through backticks and stripped here-documents too") {
  const std::string source = "a `b \\`c d\\`` e";
  const belay::shell::Script script = parse(source);
  const auto& simple = std::get<belay::shell::SimpleCommand>(script.body.items[0].links[0].pipeline.commands[0].node);
  const auto& outer = std::get<belay::shell::CommandSubst>(simple.words[1].parts[0].node);
  const auto& b = std::get<belay::shell::SimpleCommand>(outer.body->items[0].links[0].pipeline.commands[0].node);
  const auto& inner = std::get<belay::shell::CommandSubst>(b.words[1].parts[0].node);
  const auto& c = inner.body->items[0].links[0].pipeline.commands[0];
  CHECK(source.substr(c.span.begin, c.span.end - c.span.begin) == "c d");
}
