#include "base/text.h"

#include <catch2/catch.hpp>

#include "base/diag.h"
#include "base/source.h"

using namespace belay::base;

TEST_CASE("hostile characters become visible") {
  struct Row {
    std::string_view in, out;
  };
  const Row rows[] = {
      {"plain text", "plain text"},
      {"a\x1b[31mred", "a\\x1b[31mred"},
      {"a\nb", "a\\nb"},
      {std::string_view("x\0y", 3), "x‹?›y"},
      {"\xff\xfe", "\\xff\\xfe"},
      {"\xe2\x80\xaegnp.exe", "\\u{202e}gnp.exe"},  // right-to-left override
      {"zero\xe2\x80\x8bwidth", "zero\\u{200b}width"},
      {"\xc0\xaf", "\\xc0\\xaf"},           // overlong slash is not UTF-8
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // surrogate
      {"größe €", "größe €"},
      {"\xc2\x9b"
       "31m",
       "\\x9b31m"},  // C1 CSI
  };
  for (const auto& row : rows) CHECK(printable(row.in) == row.out);
  CHECK(printable("a\nb", Newlines::keep) == "a\nb");
}

TEST_CASE("UTF-8 is checked as RFC 3629 says") {
  for (const std::string_view good : {"", "a", "é", "\xf4\x8f\xbf\xbf", "\xee\x80\x80"}) CHECK(valid_utf8(good));
  for (const std::string_view bad :
       {"\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"}) {
    CHECK_FALSE(valid_utf8(bad));
  }
}

TEST_CASE("a slip is named, an unrelated word is not") {
  const std::vector<std::string_view> names{"action", "summary", "severity", "instead"};
  CHECK(nearest_name("acton", names) == "action");
  CHECK(nearest_name("sevrity", names) == "severity");
  CHECK(nearest_name("actoin", names) == "action");
  CHECK(nearest_name("colour", names).empty());
}

TEST_CASE("offsets and lines agree both ways") {
  const SourceText source("x", "one\ntwo\n\nfour");
  struct Row {
    std::uint32_t offset;
    LineColumn at;
  };
  for (const Row row : {Row{0, {1, 1}}, Row{3, {1, 4}}, Row{4, {2, 1}}, Row{8, {3, 1}}, Row{9, {4, 1}}, Row{13, {4, 5}}}) {
    CHECK(source.position(row.offset) == row.at);
    CHECK(source.offset(row.at) == row.offset);
  }
  CHECK(source.line(2) == "two");
  CHECK(source.line(9).empty());
  CHECK(source.position(99) == LineColumn{4, 5});
}

TEST_CASE("a diagnostic shows the line and the place") {
  const auto source = std::make_shared<const SourceText>("rules/git.toml", "[pack]\nefect = \"deny\"\n");
  const Diagnostic d{"E102",  Severity::error,     "unknown key `efect`",   source,
                     {7, 12}, "expected `action`", "did you mean `effect`?"};
  CHECK(render(d) ==
        "error[E102]: unknown key `efect`\n"
        "  --> rules/git.toml:2:1\n"
        "  |\n"
        "2 | efect = \"deny\"\n"
        "  | ^^^^^ expected `action`\n"
        "  = help: did you mean `effect`?\n");
}

TEST_CASE("a caret far to the right stays visible") {
  const auto source = std::make_shared<const SourceText>("x", std::string(500, 'a') + "!" + std::string(500, 'b'));
  const auto text = render({"E1", Severity::error, "m", source, {500, 501}, "here", ""}, 80);
  CHECK(text.find("^ here") != std::string::npos);
  CHECK(text.find('!') != std::string::npos);
  for (const auto line : split(text, '\n')) CHECK(line.size() <= 90);
}
