#include <catch2/catch.hpp>
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/text.h"
#include "regex/literals.h"
#include "regex/pattern.h"
#include "regex/scanner.h"

using namespace belay;

namespace {

template <class Row>
std::string bytes_of(const std::vector<Row>& rows) {
  std::string out(rows.size() * sizeof(Row), '\0');
  if (!rows.empty()) std::memcpy(out.data(), rows.data(), out.size());
  return out;
}

struct Tables {
  std::string states, edges, classes, pairs;

  explicit Tables(const std::vector<std::string>& literals) {
    const auto a = regex::build_automaton(literals);
    states = bytes_of(a.states);
    edges = bytes_of(a.edges);
    classes = bytes_of(a.classes);
    pairs = bytes_of(a.pairs);
  }
  [[nodiscard]] regex::Scanner scanner() const { return regex::Scanner({states, edges, classes, pairs}); }
};

std::vector<std::uint32_t> found(const Tables& tables, std::string_view text) {
  std::vector<std::uint32_t> out;
  REQUIRE(tables.scanner().scan(text, [&](std::uint32_t n) { out.push_back(n); }));
  return out;
}

/// What a scan must find, by looking for each literal by itself.
std::vector<std::uint32_t> expected(const std::vector<std::string>& literals, std::string_view text) {
  const std::string low = base::lower(text);
  std::vector<std::uint32_t> out;
  for (std::uint32_t n = 0; n < literals.size(); ++n) {
    for (auto at = low.find(literals[n]); at != std::string::npos; at = low.find(literals[n], at + 1)) out.push_back(n);
  }
  std::sort(out.begin(), out.end());
  return out;
}

class Numbers {
 public:
  std::uint32_t next(std::uint32_t below) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33U) % below;
  }
  std::string text(std::string_view letters, std::uint32_t least, std::uint32_t most) {
    std::string out;
    const std::uint32_t size = least + next(most - least + 1);
    for (std::uint32_t i = 0; i < size; ++i) out += letters[next(static_cast<std::uint32_t>(letters.size()))];
    return out;
  }

 private:
  std::uint64_t state_ = 7;
};

}  // namespace

TEST_CASE("a scan finds every literal, whatever its case") {
  struct Row {
    std::vector<std::string> literals;
    std::string text;
  };
  const std::vector<Row> rows{
      {{"he", "she", "his", "hers"}, "uSHErs and HIS"}, {{".env"}, "a/.env.local .ENV"}, {{"aa", "aaa", "aaaa"}, "aaaaaa"},
      {{"ab"}, "a"},                                    {{"ab"}, ""},                    {{"abc", "bc"}, "xabcbc"},
      {{"\xc3\xa9t"}, "\xc3\xa9t\xc3\xa9T"},            {{"--force", "force"}, "git push --Force"}};
  for (const Row& row : rows) {
    INFO(row.text);
    auto got = found(Tables(row.literals), row.text);
    std::sort(got.begin(), got.end());
    CHECK(got == expected(row.literals, row.text));
  }
  CHECK(found(Tables({}), "anything").empty());
}

TEST_CASE("a scan agrees with looking for each literal, on random texts") {
  Numbers numbers;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> literals;
    const std::uint32_t count = 1 + numbers.next(40);
    for (std::uint32_t i = 0; i < count; ++i) {
      auto literal = numbers.text("abc./-", 2, 6);
      if (std::find(literals.begin(), literals.end(), literal) == literals.end()) literals.push_back(std::move(literal));
    }
    const auto text = numbers.text("abcABC./-x", 0, 200);
    auto got = found(Tables(literals), text);
    std::sort(got.begin(), got.end());
    CHECK(got == expected(literals, text));
  }
}

TEST_CASE("tables of any origin end and stay inside") {
  const Tables good({"he", "she", "his", "hers", "--force", ".env", "aaaa"});
  Numbers numbers;
  const std::string text = "ushers --force a/.env hishehers aaaaaaaa zz";
  for (int round = 0; round < 20000; ++round) {
    Tables bad = good;
    std::string* const all[] = {&bad.states, &bad.edges, &bad.classes, &bad.pairs};
    std::string& one = *all[numbers.next(4)];
    if (numbers.next(8) == 0) one.resize(numbers.next(static_cast<std::uint32_t>(one.size())));
    else one[numbers.next(static_cast<std::uint32_t>(one.size()))] = static_cast<char>(numbers.next(256));
    std::size_t count = 0;
    (void)bad.scanner().scan(text, [&](std::uint32_t) { ++count; });
    CHECK(count <= text.size() * 64);
  }
}

TEST_CASE("required literals: no text without them matches") {
  struct Row {
    const char* pattern;
    std::vector<std::string> texts;  ///< all match
  };
  const std::vector<Row> rows{
      {"volumeDelete", {"volumeDelete", "x volumeDelete y"}},
      {"(?i)drop\\s+table", {"DROP TABLE", "drop  table x"}},
      {"(?:volume|project)(?:Delete|Remove)\\b", {"volumeDelete", "projectRemove "}},
      {"a+b|c", {"aab", "c"}},
      {"(?i)(?:\\A|;)\\s*truncate\\b", {"TRUNCATE t", "; truncate"}},
      {"^git (?:reset|clean)", {"git reset", "git clean -f"}},
      {"\\bfoo(bar)?\\b", {"foo", "foobar"}},
      {".*", {"", "x"}},
  };
  for (const Row& row : rows) {
    INFO(row.pattern);
    const auto literals = regex::required_literals(row.pattern);
    const auto pattern = regex::Pattern::compile(row.pattern);
    REQUIRE(pattern);
    for (const auto& literal : literals) CHECK(literal.size() >= 2);
    for (const auto& text : row.texts) {
      INFO(text);
      CHECK(pattern->found_in(text));
      const bool has = std::any_of(literals.begin(), literals.end(), [&](const std::string& l) { return regex::contains_folded(text, l); });
      CHECK((literals.empty() || has));
    }
  }
  CHECK(regex::required_literals("volumeDelete") == std::vector<std::string>{"volumedelete"});
  CHECK(regex::required_literals("[a-z]+").empty());
}

TEST_CASE("required literals of random patterns, against random texts") {
  Numbers numbers;
  const std::vector<std::string> parts{"ab", "cd", "(?:ab|cd)", "a+", "[ab]", "(?:abc)?", ".", "\\bab\\b", "(?i:AB)", "^", "$", "(?:ab|c*)", "b{2}"};
  int matched = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string source;
    for (std::uint32_t n = 1 + numbers.next(4); n > 0; --n) source += parts[numbers.next(static_cast<std::uint32_t>(parts.size()))];
    const auto pattern = regex::Pattern::compile(source);
    if (!pattern) continue;
    const auto literals = regex::required_literals(source);
    for (int i = 0; i < 12; ++i) {
      const auto text = numbers.text("abcdAB ", 0, 12);
      if (!pattern->found_in(text)) continue;
      ++matched;
      const bool has = std::any_of(literals.begin(), literals.end(), [&](const std::string& l) { return regex::contains_folded(text, l); });
      INFO(source << " in `" << text << "`");
      CHECK((literals.empty() || has));
    }
  }
  CHECK(matched > 500);
}

TEST_CASE("literal of a glob") {
  struct Row {
    const char* glob;
    const char* literal;
  };
  for (const Row& row : std::vector<Row>{{"*.Example.com", ".example.com"}, {"mkfs*", "mkfs"}, {"*", ""}, {"a?bc[xyz]def", "def"}, {"a\\*bc", "bc"},
                                         {"[!]abc]de", "de"}, {"[abc", ""}, {"plain", "plain"}, {"ab\\", "ab"}}) {
    CHECK(regex::glob_literal(row.glob) == row.literal);
  }
}

TEST_CASE("patterns: bytes, newlines, memory") {
  struct Row {
    const char* pattern;
    std::string text;
    bool found;
  };
  const std::vector<Row> rows{{"rm.*-rf", std::string("rm \xff -rf"), true}, {"rm.*-rf", "rm a\n-rf", true}, {"^b", "a\nb", false},
                              {"(?m)^b", "a\nb", true},                      {"a.b", std::string("a\0b", 3), true}, {"", "", true}};
  for (const Row& row : rows) CHECK(regex::Pattern::compile(row.pattern)->found_in(row.text) == row.found);
  CHECK_FALSE(regex::Pattern::compile("(a"));
  CHECK_FALSE(regex::Pattern::compile("((a{100}){100}){100}"));
  CHECK(regex::check("(a"));
  CHECK(regex::check("[\xc3\xa9]"));
  CHECK_FALSE(regex::check("\xc3\xa9|\\[\xc3\xa9\\]"));
}

TEST_CASE("contains_folded") {
  CHECK(regex::contains_folded("xABCx", "abc"));
  CHECK_FALSE(regex::contains_folded("xABx", "abc"));
  CHECK(regex::contains_folded("", ""));
  CHECK_FALSE(regex::contains_folded("", "a"));
  CHECK(regex::contains_folded("a@", "@"));
  CHECK_FALSE(regex::contains_folded("`", "@"));
}
