#include <catch2/catch.hpp>

#include "audit/names.h"
#include "audit/record.h"
#include "support/golden.h"

namespace belay::audit {

namespace {

std::string document() { return test::slurp(std::string(BELAY_SOURCE_DIR) + "/docs/audit.md"); }

std::string example() {
  const std::string text = document();
  const std::size_t begin = text.find("```json\n") + 8;
  return text.substr(begin, text.find("\n```", begin) - begin);
}

}  // namespace

TEST_CASE("the example in docs/audit.md is a record as this program writes them") {
  const auto record = from_line(example());
  REQUIRE(record);
  CHECK(to_line(*record) == example());
}

TEST_CASE("docs/audit.md names every word that a record may hold") {
  const std::string text = document();
  const auto named = [&](std::string_view word) {
    INFO(word);
    CHECK(text.find("`" + std::string(word) + "`") != std::string::npos);
  };
  for (const auto& [word, value] : kAgents) named(word);
  for (const auto& [word, value] : kEvents) named(word);
  for (const auto& [word, value] : kVerdicts) named(word);
  for (const auto& [word, value] : kModes) named(word);
  for (const auto& [word, value] : kNodes) named(word);
}

}  // namespace belay::audit
