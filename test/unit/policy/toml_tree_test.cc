#include "policy/toml_tree.h"

#include <catch2/catch.hpp>

using namespace belay;
using namespace belay::policy;

namespace {

struct Read {
  std::shared_ptr<const base::SourceText> source;
  std::optional<TomlValue> root;
  base::Diagnostics out;
};

Read read(std::string text) {
  Read r{std::make_shared<const base::SourceText>("f.toml", std::move(text)), std::nullopt, {}};
  r.root = read_toml(r.source, r.out);
  return r;
}

std::string at(const Read& r, base::Span span) { return std::string(r.source->text().substr(span.begin, span.end - span.begin)); }

const TomlValue& value(const Read& r, std::string_view key) { return r.root->find(key)->value; }

}  // namespace

TEST_CASE("every kind of value knows its text in the file") {
  struct Row {
    std::string_view text;
    TomlKind kind;
  };
  const Row rows[] = {
      {"\"a\"", TomlKind::string},
      {"'a'", TomlKind::string},
      {"\"\"\"\na\nb\"\"\"", TomlKind::string},
      {"'''a'''", TomlKind::string},
      {"12", TomlKind::integer},
      {"-0x1", TomlKind::integer},
      {"1.5", TomlKind::real},
      {"inf", TomlKind::real},
      {"true", TomlKind::boolean},
      {"1979-05-27", TomlKind::date},
      {"07:32:00", TomlKind::date},
      {"1979-05-27T07:32:00Z", TomlKind::date},
      {"[1, [2], \"é\"]", TomlKind::array},
      {"[]", TomlKind::array},
      {"{ a = 1, b = { c = 2 } }", TomlKind::table},
      {"{}", TomlKind::table},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto r = read("# ü\nkey = " + std::string(row.text) + " # end\n");
    if (row.text == "-0x1") {  // TOML has no signed hexadecimal
      CHECK_FALSE(r.root);
      continue;
    }
    REQUIRE(r.root);
    CHECK(value(r, "key").kind == row.kind);
    CHECK(at(r, value(r, "key").span) == row.text);
    CHECK(at(r, r.root->find("key")->key_span) == "key");
  }
}

TEST_CASE("columns count bytes when characters are wide") {
  const auto r = read("\"ключ\" = { 'é' = \"日本\", z = \"x\" }\n");
  REQUIRE(r.root);
  CHECK(at(r, value(r, "ключ").find("z")->key_span) == "z");
  const auto s = read("a = [ \"日本\", \"x\" ] # ü\n");
  REQUIRE(s.root);
  CHECK(at(s, value(s, "a").items[0].span) == "\"日本\"");
  CHECK(at(s, value(s, "a").items[1].span) == "\"x\"");
}

TEST_CASE("members stay in the order of writing, in tables of every form") {
  const auto r = read("z = 1\na = 2\n[t]\ny.x = 1\nb = 2\n[[l]]\nk = 1\n[[l]]\n[l.sub]\n[[l.more]]\n");
  REQUIRE(r.root);
  std::string keys;
  for (const auto& m : r.root->members) keys += m.key + " ";
  CHECK(keys == "z a t l ");
  CHECK(value(r, "t").members[0].key == "y");
  CHECK(at(r, value(r, "t").span) == "[t]");
  REQUIRE(value(r, "l").items.size() == 2);
  CHECK(at(r, value(r, "l").items[1].span) == "[[l]]");
  CHECK(r.source->position(value(r, "l").items[1].span.begin).line == 8);
  CHECK(at(r, value(r, "l").items[1].find("more")->value.items[0].span) == "[[l.more]]");
}

TEST_CASE("what is not TOML gives one finding with its place") {
  struct Row {
    std::string text;
    std::string_view code;
    std::uint32_t line;
  };
  const Row rows[] = {
      {"a = 1\nb = \n", "E101", 2},
      {"[a]\n[a]\n", "E101", 2},
      {"a = 1\na = 2\n", "E101", 2},
      {"a = 'x", "E101", 1},
      {"[a", "E101", 1},
      {"a = \"\\q\"", "E101", 1},
      {"a = 99999999999999999999", "E101", 1},
      {"\xEF\xBB\xBF"
       "a = 1",
       "E106", 1},
      {"a = 1\nb = '\xff'\n", "E106", 2},
      {std::string("a = 1\n\0", 7), "E106", 2},
      {std::string(2U << 20U, '#'), "E140", 1},
      {"a = " + std::string(200, '[') + std::string(200, ']'), "E101", 1},
  };
  for (const auto& row : rows) {
    INFO(row.text.substr(0, 40));
    const auto r = read(row.text);
    CHECK_FALSE(r.root);
    REQUIRE(r.out.items().size() == 1);
    CHECK(r.out.items()[0].code == row.code);
    CHECK(r.source->position(r.out.items()[0].span.begin).line == row.line);
  }
}

TEST_CASE("hostile nesting ends in an answer") {
  std::string dots = "a";
  for (int i = 0; i < 200'000; ++i) dots += ".a";
  for (const std::string& text : {dots + " = 1\n", "[" + dots + "]\n", "x = { " + dots + " = 1 }\n", "[[" + dots + "]]\n"}) {
    const auto r = read(text);
    CHECK_FALSE(r.root);
    CHECK(r.out.items().size() == 1);
  }
  dots.resize(100'000);
  CHECK(read("a = \"" + dots + "\" # " + dots + "\n'" + dots + "' = '''\n" + dots + "'''\n").root);
}
