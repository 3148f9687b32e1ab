#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "regex/pattern.h"
#include "regex/possible.h"

using namespace belay;

namespace {

using namespace std::string_literals;

bool possible(std::string_view pattern, std::string_view text, const std::vector<regex::ByteSet>& fillings = {}) {
  const auto made = regex::Possible::compile(pattern);
  REQUIRE(made);
  return made->found_in(text, fillings);
}

regex::ByteSet all_but(std::string_view bytes) {
  regex::ByteSet out = regex::ByteSet().set();
  for (const char c : bytes) out.reset(static_cast<unsigned char>(c));
  return out;
}

}  // namespace

TEST_CASE("possible: a text without holes is found as RE2 finds it") {
  CHECK(possible("a+b", "xaab"));
  CHECK_FALSE(possible("a+b", "xba"));
  CHECK(possible(R"(\A[a-c]{2,3}\z)", "abc"));
  CHECK_FALSE(possible(R"(\A[a-c]{2,3}\z)", "abca"));
  CHECK(possible("(?i:get|post) /", "POST /"));
  CHECK_FALSE(possible("(?i)x(?:y)", "xz"));
  CHECK(possible("^(?:|ab)*c$", "ababc"));
  CHECK_FALSE(possible(R"([^\s'@]\x41)", "@A"));
}

TEST_CASE("possible: a hole may be whatever its filling allows, and nothing at all") {
  CHECK(possible(R"(/(?:archive|transfer)\z)", "/repos/\0"s));
  CHECK_FALSE(possible(R"(/(?:archive|transfer)\z)", "/repos/\0/comments"s));
  CHECK(possible(R"(/archive\z)", "/archive\0"s));
  CHECK(possible(R"(\Aarchive)", "\0archive"s));
  CHECK(possible("private=false", "a=\0"s));
  CHECK_FALSE(possible("&private=false", "a=\0"s, {all_but("&")}));
  CHECK(possible("&private=false", "a=\0&private=\0"s, {all_but("&"), all_but("&")}));
  CHECK(possible("abc", "a\0\0c"s));
}

TEST_CASE("possible: what is not read is no pattern") {
  for (const char* pattern : {R"(\Qa\E)", R"(\pN)", "[[:alpha:]]", "(?m)^a", "(?P<x>a)", "(?i)\xC3\xA9", "a{9999}{9999}"}) {
    CHECK_FALSE(regex::Possible::compile(pattern));
  }
}

// Whatever RE2 finds once the holes are filled must have been possible before.
TEST_CASE("possible: nothing that RE2 finds is missed") {
  const std::vector<std::string> patterns{R"(\A[^/]*/*[^/]*:(?:40|50)/)",
                                          R"((?:\A|&|[{,]\s*")(?:a"?[=:]\s*b|c"?[=:]\s*"?d))",
                                          R"([?&]a=b|/(?:a|bc)\z)",
                                          R"(\b(?:ab|c)[a-c]\w*\()",
                                          R"(^(?:a|b(?:c|d)+)*$)",
                                          R"(a{2,4}b?c*)",
                                          R"((?i)AB(?:c|D{1,2})\z)",
                                          R"(\w+\s\S+[^ab]$)",
                                          R"(x*(?:y|)\z|\Aab)"};
  std::mt19937 random(7);
  const std::string letters = "ab:cd/=&?\"{, (4050";
  const auto piece = [&](std::size_t most) {
    std::string out(random() % (most + 1), ' ');
    for (char& c : out) c = letters[random() % letters.size()];
    return out;
  };
  for (const std::string& source : patterns) {
    const auto re = regex::Pattern::compile(source);
    const auto open = regex::Possible::compile(source);
    REQUIRE(re);
    REQUIRE(open);
    for (int i = 0; i < 3000; ++i) {
      std::string text;
      std::string filled;
      std::vector<regex::ByteSet> fillings;
      for (int part = 0; part < 3; ++part) {
        const std::string known = piece(5);
        const std::string hidden = piece(5);
        text += known + '\0';
        filled += known + hidden;
        regex::ByteSet set;
        for (const char c : hidden) set.set(static_cast<unsigned char>(c));
        fillings.push_back(set);
      }
      if (!re->found_in(filled)) continue;
      INFO(source << " in " << filled);
      CHECK(open->found_in(text, fillings));
      CHECK(open->found_in(filled, {}));
    }
  }
}
