#include "policy/adopt.h"

#include <catch2/catch.hpp>

#include "policy/expand.h"
#include "policy/load.h"
#include "policy/merge.h"

using namespace belay;
using namespace belay::policy;

namespace {

SourcePtr file(std::string text, std::string name) {
  return std::make_shared<const base::SourceText>(std::move(name), std::move(text));
}

const std::string kBelow =
    "[pack]\nid = \"low\"\n[params]\nplaces = [\"a\", \"b\"]\nothers = [\"o\"]\n"
    "[[rule]]\nid = \"low.one\"\naction = \"deny\"\non = \"exec\"\nprogram = \"p\"\noption = \"--at=@places\"\n"
    "  [[rule.case]]\n  run = \"p --at a\"\n  expect = \"deny\"\n"
    "[[rule]]\nid = \"low.two\"\naction = \"deny\"\non = \"exec\"\nprogram = \"q\"\narg = [\"x:@others\"]\n";

struct Result {
  Policy policy;
  std::string said;
};
Result resolved(const std::string& own) {
  base::Diagnostics out;
  const std::vector<SourcePtr> below{file(kBelow, "low.toml")};
  Result result{resolve(load(std::vector{file(own, "own.toml")}, out), out, below), ""};
  for (const auto& d : out.items()) result.said += d.code + " " + d.message + " " + d.help + "\n";
  return result;
}

/// `id: texts of the first list of the rule`, for adopted rules.
std::string adopted(const Policy& policy) {
  std::string out;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      if (!rule.adopted) continue;
      out += rule.id + ":";
      for (const auto& condition : rule.conditions) {
        if (condition.key == Key::program) continue;
        for (const auto& value : condition.values) out += " " + value.text;
      }
      out += rule.cases.empty() ? ";" : " (with cases);";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("rules below that name a list of a policy file come along with its values") {
  CHECK(adopted(resolved("[params]\nplaces = [\"c\"]\n").policy) == "low.one: --at=c;");
  CHECK(adopted(resolved("[params]\nplaces = [\"c\", \"@default\"]\n").policy) == "low.one: --at=c --at=a --at=b;");
  CHECK(adopted(resolved("[params]\nothers = [\"c\"]\n").policy) == "low.two: x:c;");
  CHECK(adopted(resolved("[params]\nunknown = [\"c\"]\n").policy).empty());
  CHECK(adopted(resolved("[policy]\nmode = \"observe\"\n").policy).empty());
}

TEST_CASE("a list of a pack is that pack's own") {
  const std::string pack = "[pack]\nid = \"mine\"\n[params]\nplaces = [\"m\"]\n[[rule]]\nid = \"mine.r\"\naction = \"ask\"\non = \"exec\"\nprogram = \"@places\"\n";
  const auto result = resolved(pack);
  CHECK(adopted(result.policy).empty());
  CHECK(result.policy.packs[0].rules[0].conditions[0].values[0].text == "m");
  CHECK(result.said.empty());
}

TEST_CASE("own rules may name lists of the layer below, their own replace them") {
  const auto with = [](const std::string& params) {
    return resolved("[pack]\nid = \"mine\"\n" + params + "[[rule]]\nid = \"mine.r\"\naction = \"ask\"\non = \"exec\"\nprogram = \"@others\"\n");
  };
  CHECK(with("").policy.packs[0].rules[0].conditions[0].values[0].text == "o");
  CHECK(with("[params]\nothers = [\"z\"]\n").policy.packs[0].rules[0].conditions[0].values[0].text == "z");
}

TEST_CASE("a default that there is not") {
  CHECK(resolved("[params]\nplace = [\"@default\"]\n").said ==
        "E107 no list `place` has a default did you mean the list `places`?\n");
  CHECK(resolved("[params]\nplaces = [\"[\"]\n").said.find("never closed") != std::string::npos);
}

TEST_CASE("where a list may be named") {
  const auto name_in = [](Key key, const std::string& text) {
    const auto found = reference_in(&row_of(key), text);
    return found ? found->prefix + "|" + found->name : std::string();
  };
  CHECK(name_in(Key::program, "@list") == "|list");
  CHECK(name_in(Key::option, "--host=@list") == "--host=|list");
  CHECK(name_in(Key::env, "HOST=@list") == "HOST=|list");
  CHECK(name_in(Key::arg, "*:refs/heads/@list") == "*:refs/heads/|list");
  CHECK(name_in(Key::arg, "+@list") == "+|list");
  CHECK(name_in(Key::arg, "*@localhost").empty());
  CHECK(name_in(Key::option, "--data=@*").empty());
  CHECK(name_in(Key::option, "--data=[@]file").empty());
  CHECK(name_in(Key::url, "x=@list").empty());
}
