#include "rulekit/mutate_text.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace belay;
using policy::ValueKind;

namespace {

std::vector<std::string> changed(ValueKind kind, std::string_view text) {
  std::vector<std::string> out;
  for (const auto& change : rulekit::changes_of(kind, text)) out.push_back(change.text);
  return out;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("each alternative and each anchor of a pattern goes once") {
  struct Row {
    ValueKind kind;
    const char* text;
    Texts changes;
  };
  const std::vector<Row> rows{
      {ValueKind::regex, "abc", {}},
      {ValueKind::regex, "a|b", {"b", "a"}},
      {ValueKind::regex, "^a$", {"a$", "^a"}},
      {ValueKind::regex, R"(x\b(?:a|bc|d)y)", {"x(?:a|bc|d)y", R"(x\b(?:bc|d)y)", R"(x\b(?:a|d)y)", R"(x\b(?:a|bc)y)"}},
      {ValueKind::regex, R"([|^$]\|\^)", {}},
      {ValueKind::regex, R"([]|][^]|][[:alpha:]|]a)", {}},
      {ValueKind::regex, "(?i)a|b", {"b", "(?i)a"}},
      {ValueKind::regex, "(a|(b|c))", {"(a|(c))", "(a|(b))", "((b|c))", "(a)"}},
      {ValueKind::glob, "x.{a,b}", {"x.{b}", "x.{a}"}},
      {ValueKind::glob, "a,b", {}},
      {ValueKind::path, R"(**/\{a,b\})", {}},
      {ValueKind::exact, "a|b", {}},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(changed(row.kind, row.text) == row.changes);
  }
}

TEST_CASE("a glob opens where it is shut; a name does not") {
  CHECK(rulekit::open_at_begin(ValueKind::glob, "a*") == "*a*");
  CHECK(rulekit::open_at_begin(ValueKind::glob, "*a") == "*a");
  CHECK(rulekit::open_at_end(ValueKind::glob, "*a") == "*a*");
  CHECK(rulekit::open_at_end(ValueKind::glob, "a") == "a");
  CHECK(rulekit::open_at_begin(ValueKind::path, "**/.env") == "**/*.env");
  CHECK(rulekit::open_at_end(ValueKind::path, "/etc/passwd") == "/etc/passwd*");
  CHECK(rulekit::open_at_begin(ValueKind::path, "/etc/passwd") == "/etc/passwd");
  CHECK(rulekit::open_at_end(ValueKind::option, "--force") == "--force");
  CHECK(rulekit::open_at_begin(ValueKind::option, "--host=prod*") == "--host=*prod*");
  CHECK(rulekit::open_at_end(ValueKind::regex, "a") == "a");
}
