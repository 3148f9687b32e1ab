#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "command/http/host.h"
#include "command/http/request.h"
#include "command/sql/script.h"

namespace belay::command::sql::test {

namespace {

using model::HoleTrait;

constexpr std::string_view kHole = "‹hole›";

Text text_of(std::string_view s) {
  Text out;
  for (auto at = s.find(kHole); at != std::string_view::npos; at = s.find(kHole)) {
    out.append(s.substr(0, at));
    out.append_hole(HoleTrait::any);
    s.remove_prefix(at + kHole.size());
  }
  out.append(s);
  return out;
}

/// A real hole, unlike one that only shows as such.
std::string shown(const Text& text) {
  std::string out;
  for (const char c : text.view()) out += c == model::kHole ? std::string(kHole) : std::string(1, c);
  return out;
}

/// Statements on lines of their own; effects as `kind: text`.
class Lines : public Sink {
 public:
  void statement(Text normal) override { lines.push_back(shown(normal)); }
  void effect(Effect e) override {
    constexpr const char* kNames[] = {"shell", "read", "write", "script", "database", "host", "pipe", "printed"};
    lines.push_back(std::string(kNames[static_cast<std::size_t>(e.kind)]) + (e.server ? " there: " : ": ") + shown(e.text));
  }
  std::vector<std::string> lines;
};

std::vector<std::string> read(std::string_view engine, std::string_view script) {
  Lines lines;
  read_script(text_of(script), dialect_of(engine), lines);
  return lines.lines;
}

struct Row {
  std::string_view engine;
  std::string_view script;
  std::vector<std::string> lines;
};

const std::vector<Row> kRows{
    // where strings, names and comments end
    {"postgres", "select 'a''b; drop table c'", {"SELECT ‹data›"}},
    {"postgres", "select 'a\\'; drop table c", {"SELECT ‹data›", "DROP TABLE c"}},
    {"mysql", "select 'a\\'; drop table c", {"SELECT ‹data›"}},
    {"postgres", "select E'a\\'; drop table c'", {"SELECT ‹data›"}},
    {"mysql", "select E'a'; drop table c", {"SELECT ‹data›", "DROP TABLE c"}},
    {"sqlite", "select E'a\\'; drop table c", {"SELECT ‹data›", "DROP TABLE c"}},
    {"postgres", "select $$;drop table c;$$, $1, $t$ $$ ; $t$", {"SELECT ‹data›, $1, ‹data›"}},
    {"mysql", "select $$; drop table c", {"SELECT $$", "DROP TABLE c"}},
    {"mysql", "select \"a;b\", `c;d`", {"SELECT ‹data›, \"c_d\""}},
    {"postgres", "select \"a;b\" from c", {"SELECT \"a_b\" FROM c"}},
    {"mssql", "select [a;b] from c", {"SELECT \"a_b\" FROM c"}},
    {"sqlite", "select [a;b] from c", {"SELECT \"a_b\" FROM c"}},
    {"postgres", "select a[1]; drop table c", {"SELECT a [ 1 ]", "DROP TABLE c"}},
    {"postgres", "/* /* */ drop table c; */ select 1", {"SELECT 1"}},
    {"mysql", "/* /* */ drop table c; select 1", {"DROP TABLE c", "SELECT 1"}},
    {"sqlite", "/* /* */ drop table c", {"DROP TABLE c"}},
    {"mysql", "/*!40000 drop table c */", {"DROP TABLE c"}},
    {"mysql", "/*! drop */ table c", {"DROP TABLE c"}},
    {"sqlite", "select 1 /*! drop table c */", {"SELECT 1"}},
    {"mysql", "select 1 # ; drop table c", {"SELECT 1"}},
    {"postgres", "select 1 # 2; drop table c", {"SELECT 1 # 2", "DROP TABLE c"}},
    {"mysql", "select 5--1; drop table c", {"SELECT 5 -- 1", "DROP TABLE c"}},
    {"postgres", "select 5--1; drop table c", {"SELECT 5"}},
    {"cassandra", "select 1; // drop table c", {"SELECT 1"}},
    {"postgres", "select 'open; drop table c", {"SELECT ‹data›"}},
    {"postgres", "select '' ''; drop table c", {"SELECT ‹data› ‹data›", "DROP TABLE c"}},
    // spacing and case
    {"sql", "dRoP\n\tTaBlE   \"Users\"", {"DROP TABLE \"Users\""}},
    {"sql", "delete/**/from/**/a.b . c", {"DELETE FROM a.b.c ‹no where›"}},
    {"sql", ";;  ; ", {}},
    {"sql", "", {}},
    // bodies
    {"sqlite",
     "create trigger t after insert on a begin delete from b; end; delete from c",
     {"CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END", "DELETE FROM c ‹no where›"}},
    {"postgres",
     "create function f() returns int begin atomic delete from b; select 1; end; delete from c",
     {"CREATE FUNCTION f() returns int BEGIN ATOMIC DELETE FROM b; SELECT 1; END", "DELETE FROM c ‹no where›"}},
    {"mysql", "create procedure p() begin; drop table c", {"CREATE PROCEDURE p() BEGIN", "DROP TABLE c"}},
    {"mssql",
     "create proc p as delete from b\ngo\ndelete from c",
     {"CREATE PROC p AS DELETE FROM b", "DELETE FROM c ‹no where›"}},
    {"mssql", "select 1\nGO drop table c", {"SELECT 1 GO", "DROP TABLE c"}},
    {"oracle", "begin execute immediate 'drop table c'; end;", {"BEGIN", "EXECUTE IMMEDIATE ‹data›", "DROP TABLE c", "END"}},
    {"bigquery", "execute immediate concat('drop table ', name)", {"EXECUTE IMMEDIATE concat(‹data›, name)", "DROP TABLE ‹?›"}},
    // holes
    {"sql", "‹hole›", {"‹hole›"}},
    {"sql", "select ‹hole›", {"SELECT ‹?›"}},
    {"sql", "delete from t where ‹hole›", {"DELETE FROM t WHERE ‹hole›"}},
    {"sql", "delete from t where a = ‹hole› or ‹hole›", {"DELETE FROM t WHERE a = ‹?› OR ‹hole›"}},
    {"sql", "delete from ‹hole›", {"DELETE FROM ‹?› ‹no where›"}},
    {"sql", "drop ‹hole›", {"DROP ‹hole›"}},
    {"sql", "select '‹hole›', \"‹hole›\"", {"SELECT ‹data›, \"‹?›\""}},
    {"postgres", "\\! rm ‹hole›", {"shell: rm ‹hole›"}},
};

}  // namespace

TEST_CASE("sql: texts of every engine") {
  for (const Row& row : kRows) {
    INFO(row.engine << ": " << row.script);
    CHECK(read(row.engine, row.script) == row.lines);
  }
}

TEST_CASE("sql: a condition nested deeper than anybody writes counts as one that always holds") {
  const auto lines = read("sql", "delete from t where " + std::string(200, '(') + "a = 1" + std::string(200, ')'));
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().ends_with("‹no where›"));
}

TEST_CASE("sql: work is linear in the text") {
  std::string different;
  std::string alike;
  for (int i = 0; i < 100'000; ++i) {
    different += "insert into t values (" + std::to_string(i) + ", 'x');\n";
    alike += "insert into t values ('" + std::to_string(i) + "');\n";
  }
  CHECK(read("mysql", different).size() == 100'000);
  CHECK(read("mysql", alike).size() == 1);

  for (const std::string_view part :
       {"(", "/*", "'", "$a", "$a$", "[", "(delete from t ", "begin ", "case ", "\\", "`", "{", "a.", "-- ", "!", "x[", "${"}) {
    std::string text = "select ";
    for (std::size_t i = 0; i < 200'000; ++i) text += part;
    INFO(part);
    for (const std::string_view engine : {"postgres", "mysql", "mssql", "sqlite", "mongo", "redis"}) {
      const auto start = std::chrono::steady_clock::now();
      (void)read(engine, text);
      CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));  // what is quadratic takes minutes
    }
  }
}

TEST_CASE("http: normal forms stay what they are") {
  for (const std::string_view url :
       {"https://a.b/c?d=e#f", "a", "", "//a/b", "http:///a", "http://[::1", "http://a@b@c/", "/../..", "%", "%4", "%zz"}) {
    INFO(url);
    const Text once = http::normal_url(Text(url));
    CHECK(http::normal_url(once) == once);
  }
  for (const std::string_view host :
       {"1.2.3", "0x", "00", "1..2", "::", "::1", "fe80::1%eth0", "a.b.", "...", "4294967296", "1.2.3.256"}) {
    INFO(host);
    const Text once = http::normal_host(Text(host));
    CHECK(http::normal_host(once) == once);
  }
  for (const std::string_view body : {"{", "[", "{\"query\":\"mutation {", "{\"a\":\"\\u00", "a=%", "query", "{a", "\"\"\""}) {
    INFO(body);
    const Text once = http::normal_body(Text(body));
    CHECK(http::normal_body(once) == once);
  }
}

}  // namespace belay::command::sql::test
