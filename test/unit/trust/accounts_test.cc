#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "trust/accounts.h"

/// One account without the others: what is found must be what taking every line apart finds.

using namespace belay::trust;

namespace {

std::string some_line(std::mt19937& random) {
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  const auto number = [&] { return std::to_string(below(40)); };
  const std::string name = (below(8) == 0 ? "+" : below(8) == 0 ? "#" : "") + ("u" + number());
  switch (below(10)) {
    case 0: return name;
    case 1: return "";
    case 2: return name + ":x:" + number();
    case 3: return name + ":x:none:" + number() + ":::";
    case 4: return name + ":x::" + number() + "::/h:";
    default: return name + ":" + number() + ":" + number() + ":" + number() + ":" + number() + ":/home/" + name + "/:/bin/sh";
  }
}

bool same(const Account& a, const Account& b) { return a.name == b.name && a.uid == b.uid && a.gid == b.gid && a.home == b.home; }

}  // namespace

TEST_CASE("an account by its number or its name, as all lines would say") {
  std::mt19937 random(1);
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) text += some_line(random) + (i < 29 || round % 2 == 0 ? "\n" : "");
    const auto all = parse_accounts(text);
    for (std::uint32_t uid = 0; uid < 41; ++uid) {
      INFO(uid << " in\n" << text);
      const Account* expected = account_of(all, uid);
      const auto one = find_account(text, uid);
      REQUIRE(one.has_value() == (expected != nullptr));
      if (one) CHECK(same(*one, *expected));
      if (one) ++found;
      const std::string name = "u" + std::to_string(uid);
      const auto named = std::find_if(all.begin(), all.end(), [&](const Account& a) { return a.name == name; });
      const auto by_name = find_account(text, std::string_view(name));
      REQUIRE(by_name.has_value() == (named != all.end()));
      if (by_name) CHECK(same(*by_name, *named));
    }
  }
  CHECK(found > 1'000);
}

TEST_CASE("accounts at the edges of the text") {
  CHECK_FALSE(find_account("", 0U).has_value());
  CHECK_FALSE(find_account("\n\n", std::string_view("x")).has_value());
  CHECK(find_account("a:x:7:7::/:", 7U)->home == "/");
  CHECK(find_account("a:x:007:7::/h/:", 7U)->home == "/h");
  CHECK(find_account("n:x:1:1:a:/x:\na:x:2:2::/y:", std::string_view("a"))->home == "/y");
  CHECK(find_account("na:x:1:7::/x:\nb:x:7:1::/y:", 7U)->name == "b");
}
