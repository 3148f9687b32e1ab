#include "audit/chain.h"

#include <catch2/catch.hpp>
#include <vector>

namespace belay::audit {

namespace {

std::string record(int n) { return R"({"v":1,"n":)" + std::to_string(n) + "}"; }

/// Lines as writers that hold the lock make them.
std::vector<std::string> chain(int count) {
  std::vector<std::string> lines;
  for (int n = 0; n < count; ++n) {
    lines.push_back(joined(with_link(record(n), lines.empty() ? "-" : digest_of(lines.back()))));
  }
  return lines;
}

/// The numbers of the lines that do not fit.
std::vector<std::size_t> misfits(const std::vector<std::string>& lines) {
  ChainReader reader;
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Fit fit = reader.add(lines[i]);
    if (fit != Fit::linked && fit != Fit::first && fit != Fit::unknown) out.push_back(i);
  }
  return out;
}

}  // namespace

TEST_CASE("a digest is BLAKE2b-256 as other programs print it") {
  // printf abc | b2sum -l 256
  CHECK(digest_of("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("a link is the last member, and only that is one") {
  const std::string digest(kDigestText, 'a');
  CHECK(joined(with_link(R"({"v":1})", "-")) == R"({"v":1,"prev":"-"})");
  CHECK(joined(with_link("{}", "-")) == "{}");
  CHECK(joined(with_link("text", "-")) == "text");
  const struct {
    std::string line;
    std::string link;
  } rows[] = {
      {R"({"v":1,"prev":"-"})", "-"},
      {R"({"v":1,"prev":"?"})", "?"},
      {R"({"v":1,"prev":"~-"})", "~-"},
      {R"({"v":1,"prev":")" + digest + "\"}", digest},
      {R"({"v":1,"prev":"~)" + digest + "\"}", "~" + digest},
      {R"({"v":1,"prev":"x"})", ""},
      {R"({"v":1,"prev":")" + digest + "a\"}", ""},
      {R"({"prev":"-"})", ""},
      {R"({"v":1,"cmd":"x\",\"prev\":\"-"})", ""},
      {R"({"v":1,"a":{"b":1,"prev":"-"}})", ""},
      {R"({"v":1})", ""},
      {"", ""},
  };
  for (const auto& row : rows) {
    INFO(row.line);
    CHECK(link_of(row.line) == row.link);
  }
}

TEST_CASE("what is done to a chain afterwards shows where it was done") {
  const auto whole = chain(6);
  CHECK(misfits(whole).empty());
  using Lines = std::vector<std::string>;
  const struct {
    const char* what;
    void (*spoil)(Lines&);
    std::vector<std::size_t> found;
  } rows[] = {
      {"a line changed", [](Lines& l) { l[2].replace(l[2].find("\"n\":2"), 5, "\"n\":9"); }, {3}},
      {"a line taken out", [](Lines& l) { l.erase(l.begin() + 2); }, {2}},
      {"two lines exchanged", [](Lines& l) { std::swap(l[2], l[3]); }, {2, 3, 4}},
      {"a line put in without a link", [](Lines& l) { l.insert(l.begin() + 2, record(9)); }, {2, 3}},
      {"a copy put in", [](Lines& l) { l.insert(l.begin() + 2, l[1]); }, {2}},
      {"the beginning taken away", [](Lines& l) { l.erase(l.begin(), l.begin() + 2); }, {0}},
      {"a beginning put before", [](Lines& l) { l.insert(l.begin(), joined(with_link(record(9), "-"))); }, {1}},
      {"the last line changed: only a head kept elsewhere shows it",
       [](Lines& l) { l[5].replace(l[5].find("\"n\":5"), 5, "\"n\":9"); },
       {}},
      {"the end taken away: the same", [](Lines& l) { l.resize(4); }, {}},
      {"a link taken out", [](Lines& l) { l[3] = record(3); }, {3, 4}},
      {"a link that gives up, to hide what was taken out",
       [](Lines& l) {
         l[3] = joined(with_link(record(3), "?"));
         l.erase(l.begin() + 2);
       },
       {3}},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    auto lines = whole;
    row.spoil(lines);
    CHECK(misfits(lines) == row.found);
  }
}

TEST_CASE("writers without the lock come in between without breaking anything") {
  auto lines = chain(2);
  const std::string end = digest_of(lines[1]);
  lines.push_back(joined(with_link(record(2), "~" + end)));
  lines.push_back(joined(with_link(record(3), "~" + end)));  // looked before the one above had written
  lines.push_back(joined(with_link(record(4), end)));        // held the lock, but they did not ask for it
  CHECK(misfits(lines).empty());
  lines.push_back(
      joined(with_link(record(5), digest_of(lines[3]))));  // a line with the lock names the line before, which is no loose one
  CHECK(misfits(lines) == std::vector<std::size_t>{5});

  const std::vector<std::string> began{joined(with_link(record(0), "~-")), joined(with_link(record(1), "~-")),
                                       joined(with_link(record(2), "-"))};
  CHECK(misfits(began).empty());
}

TEST_CASE("a line that no writer can have looked at is not reached for") {
  auto lines = chain(1);
  const std::string first = digest_of(lines[0]);
  for (int n = 1; n < 400; ++n) lines.push_back(joined(with_link(record(n), "~" + digest_of(lines.back()))));
  lines.push_back(joined(with_link(record(400), "~" + first)));
  CHECK(misfits(lines) == std::vector<std::size_t>{400});
}

}  // namespace belay::audit
