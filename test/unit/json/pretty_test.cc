#include "json/pretty.h"

#include <catch2/catch.hpp>

#include "json/tree.h"

namespace belay::json {

namespace {

Tree read(std::string_view text) {
  const auto document = Document::parse(text);
  REQUIRE(document);
  return Tree(document->root());
}

}  // namespace

TEST_CASE("what is printed is laid out as agents do it themselves") {
  CHECK(pretty(read(R"({"b":1,"a":{"x":[],"y":{},"z":[1,{"k":null}]},"t":true})")) == R"({
  "b": 1,
  "a": {
    "x": [],
    "y": {},
    "z": [
      1,
      {
        "k": null
      }
    ]
  },
  "t": true
}
)");
}

TEST_CASE("printing is faithful") {
  const struct {
    const char* what;
    const char* text;
  } rows[] = {
      {"spelling of numbers", R"({"a":1.50,"b":-0,"c":1e300,"d":12345678901234567890123})"},
      {"order of keys", R"({"z":1,"a":2,"m":3,"":4})"},
      {"escapes", "{\"a\":\"q\\\"b\\\\s\\/n\\nu\\u0001\\u00e9\\ud83d\\ude00\"}"},
      {"characters outside ASCII", "{\"schl\xC3\xBCssel\":\"\xE2\x82\xAC\"}"},
      {"empty things", R"({"a":"","b":{},"c":[],"d":[[],[{}]]})"},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    const Tree before = read(row.text);
    const std::string printed = pretty(before);
    CHECK(read(printed) == before);
    CHECK(pretty(read(printed)) == printed);
  }
  CHECK(pretty(read(R"({"a":1.50,"c":1e300})")) == "{\n  \"a\": 1.50,\n  \"c\": 1e300\n}\n");
}

TEST_CASE("the indentation of a file is kept") {
  CHECK(indent_of("{\n    \"a\": 1\n}") == "    ");
  CHECK(indent_of("{\n\t\"a\": 1\n}") == "\t");
  CHECK(indent_of("{\r\n \"a\": 1\r\n}") == " ");
  CHECK(indent_of(R"({"a": 1})") == "  ");
  CHECK(indent_of("{}") == "  ");
  CHECK(indent_of("") == "  ");
  CHECK(indent_of("{\n\n}") == "  ");
  const std::string tabs = "{\n\t\"a\": [\n\t\t1\n\t]\n}\n";
  CHECK(pretty(read(tabs), indent_of(tabs)) == tabs);
}

TEST_CASE("a tree is changed in place") {
  Tree tree = read(R"({"a":1,"b":{"c":[1,2]},"d":"x"})");
  tree.set("a", Tree::string("new"));
  tree.set("e", Tree::boolean(false));
  tree.find("b")->find("c")->items().push_back(Tree::number(3));
  CHECK(tree.erase("d"));
  CHECK_FALSE(tree.erase("d"));
  CHECK(tree == read(R"({"a":"new","b":{"c":[1,2,3]},"e":false})"));
  CHECK_FALSE(tree == read(R"({"b":{"c":[1,2,3]},"a":"new","e":false})"));
  CHECK(tree.string_at("a") == "new");
  CHECK(tree.string_at("e").empty());
  CHECK(tree.find("nothing") == nullptr);
}

}  // namespace belay::json
