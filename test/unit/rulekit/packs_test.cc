#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/load.h"
#include "support/shipped.h"

using namespace belay;
using policy::Case;
using policy::Rule;

namespace {

std::size_t cases_of(const Rule& rule, bool fires) {
  return static_cast<std::size_t>(std::count_if(rule.cases.begin(), rule.cases.end(), [&](const Case& c) {
    return c.expect.has_value() && (*c.expect != model::Verdict::pass) == fires;
  }));
}

}  // namespace

// One case shows that a text fires; a second spelling, that the rule understands what it does. `belay lint` asks users for one of each.
TEST_CASE("packs: every shipped rule has two cases that fire and two near misses") {
  base::Diagnostics out;
  const auto policy = policy::load(test::shipped_sources(), out);
  REQUIRE_FALSE(out.has_errors());
  std::size_t rules = 0;
  for (const policy::Pack& pack : policy.packs) {
    for (const Rule& rule : pack.rules) {
      INFO(rule.id);
      CHECK(cases_of(rule, true) >= 2);
      CHECK(cases_of(rule, false) >= 2);
      ++rules;
    }
  }
  CHECK(rules > 400);
}
