#include <catch2/catch.hpp>
#include <functional>

#include "audit/record.h"
#include "audit/redact.h"
#include "base/text.h"
#include "record_rows.h"

using namespace belay;
using audit::from_line;
using audit::Record;
using audit::to_line;

namespace {

constexpr std::string_view kKey = "a key of the test";

/// What was read, as if it had never been a line: for comparing with what was written.
std::string body(const Record& r) {
  Record copy = r;
  copy.redacted = true;
  return to_line(copy);
}

const Record& read(const base::Result<Record>& r) {
  INFO((r ? std::string() : r.error().what));
  REQUIRE(r.has_value());
  return *r;
}

bool same_node(const audit::Probe& a, const audit::Probe& b) {
  return a.path == b.path && a.node.kind == b.node.kind && a.node.target == b.node.target && a.node.same == b.node.same && a.failed == b.failed && a.names == b.names &&
         a.listing == b.listing;
}

}  // namespace

TEST_CASE("a record as a line: fixed keys in fixed order") {
  Record r = test::shell_record("ls");
  CHECK(to_line(r) ==
        R"({"v":1,"id":"019a0000-0000-7000-8000-000000000001","ts":"2026-11-18T11:15:15.123456Z","kind":"decision","src":"hook",)"
        R"("host":{"name":"lt-114"},"actor":{"uid":1000,"user":"ana","gid":1000,"homes":["/home/ana"]},)"
        R"("agent":{"name":"claude","session":"s-1"},"call":{"event":"PreToolUse","phase":"tool","tool":"Bash","cwd":"/src/app",)"
        R"("project":"/src/app","do":[{"kind":"command","cmd":"ls"}]},"dec":{"eff":"pass","would":"pass","mode":"enforce"},)"
        R"("pol":{"ver":"2026.11.3","hash":"0123456789abcdef","origin":"cache"},"perf":{"us":412},"fs":[]})");
  r.had_files = false;
  CHECK(to_line(r).ends_with(R"("perf":{"us":412}})"));
}

TEST_CASE("a record as a line: everything comes back") {
  const Record r = test::full_record();
  const std::string line = to_line(r, kKey);
  const auto result = from_line(line);
  const Record& back = read(result);
  CHECK(back.loss.none());
  CHECK(to_line(back, kKey) == line);
  CHECK(to_line(back, "another key") == line);

  CHECK(back.unix_micros == r.unix_micros);
  CHECK(back.groups == r.groups);
  CHECK(back.users == r.users);
  CHECK(back.env == r.env);
  CHECK(back.tmp == r.tmp);
  CHECK(back.homes == r.homes);
  CHECK(back.call.agent == r.call.agent);
  CHECK(back.call.event == r.call.event);
  CHECK(back.call.unattended);
  REQUIRE(back.call.actions.size() == r.call.actions.size());
  for (std::size_t i = 0; i < r.call.actions.size(); ++i) CHECK(back.call.actions[i].index() == r.call.actions[i].index());
  CHECK(std::get<model::RunShell>(back.call.actions[1]).command == std::get<model::RunShell>(r.call.actions[1]).command);
  CHECK(std::get<model::RunShell>(back.call.actions[2]).dialect == model::Dialect::powershell);
  CHECK(std::get<model::RunArgv>(back.call.actions[3]).argv == std::get<model::RunArgv>(r.call.actions[3]).argv);
  CHECK(std::get<model::RenameFile>(back.call.actions[7]).to == "e");
  CHECK(std::get<model::SearchFiles>(back.call.actions[8]).reads_content);
  CHECK(std::get<model::UseTool>(back.call.actions[11]).input.size() == 3);
  CHECK(back.decision.fault == r.decision.fault);
  REQUIRE(back.decision.matches.size() == 2);
  const model::Match& m = back.decision.matches[0];
  CHECK((m.rule == "git.force-push" && m.file == "rules/git.toml" && m.line == 12 && m.operation == 3 && m.floor));
  CHECK((m.verdict == model::Verdict::deny && m.truth == model::Truth::maybe && m.mode == model::Mode::observe));
  CHECK(back.decision.matches[1].operation == model::kNoOperation);
  REQUIRE(back.probes.size() == r.probes.size());
  for (std::size_t i = 0; i < r.probes.size(); ++i) {
    INFO("probe " << i);
    CHECK(same_node(back.probes[i], r.probes[i]));
  }
}

TEST_CASE("a record as a line: both verdicts, whatever the mode") {
  for (const auto effective : {model::Verdict::pass, model::Verdict::log, model::Verdict::allow, model::Verdict::ask, model::Verdict::deny}) {
    for (const auto would : {model::Verdict::pass, model::Verdict::deny}) {
      Record r = test::shell_record("ls");
      r.decision.effective = effective;
      r.decision.would = would;
      const auto back = from_line(to_line(r));
      CHECK((read(back).decision.effective == effective && read(back).decision.would == would));
    }
  }
}

TEST_CASE("a record as a line: no secret gets in, and the kinds are named") {
  struct Row {
    model::Action action;
    std::string secret;
    std::vector<std::string> kinds;
  };
  const std::string token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  const std::vector<Row> rows{
      {model::RunShell{"curl -H 'Authorization: Bearer s3cr3tS3cr3tS3cr3t' https://x", model::Dialect::bash}, "s3cr3t", {"header"}},
      {model::RunShell{"PGPASSWORD=hunter22 psql", model::Dialect::bash}, "hunter22", {"value"}},
      {model::RunShell{"git clone https://u:hunter22@h/r " + token, model::Dialect::bash}, "hunter22", {"github", "userinfo"}},
      {model::RunShell{"$env:TOKEN = '" + token + "'", model::Dialect::powershell}, token, {"github"}},
      {model::RunArgv{{"mysql", "-phunter22", "db"}}, "hunter22", {"value"}},
      {model::RunArgv{{"/usr/bin/curl", "-u", "me:hunter22", "https://x"}}, "hunter22", {"value"}},
      {model::RunArgv{{"x", "--password", "hunter22"}}, "hunter22", {"value"}},
      {model::RunArgv{{"x", "--password=hunter22"}}, "hunter22", {"value"}},
      {model::RunArgv{{"sh", "-c", "API_KEY=hunter22 run"}}, "hunter22", {"value"}},
      {model::FetchUrl{"https://x/y?token=Hunter22Hunter22"}, "Hunter22", {"value"}},
      {model::UseTool{"mcp:x/y", {{"password", "hunter22"}}}, "hunter22", {"value"}},
      {model::UseTool{"mcp:x/y", {{"text", "use " + token}}}, token, {"github"}},
      {model::UseTool{"mcp:x/y", {{token, "as a key"}}}, token, {"github"}},
      {model::ReadFile{"/tmp/" + token}, token, {"github"}},
      {model::RenameFile{"/tmp/" + token, "b"}, token, {"github"}},
      {model::SearchFiles{"/tmp", token, true}, token, {"github"}},
  };
  for (const Row& row : rows) {
    const std::string line = to_line(test::record_of({row.action}), kKey);
    INFO(line);
    CHECK(line.find(row.secret) == std::string::npos);
    const auto back = from_line(line);
    CHECK(read(back).loss.redacted == row.kinds);
    CHECK(to_line(read(back), kKey) == line);
  }
}

TEST_CASE("a record as a line: what is no secret stays") {
  for (const std::string command : {"rm -rf /src/app/build", "git push -f origin main", "curl -H \"Authorization: $T\" https://x",
                                    "git commit -m 'auth: rotate the password'", "ls --color=auto", "mysql -p db"}) {
    const auto back = from_line(to_line(test::shell_record(command), kKey));
    CHECK(std::get<model::RunShell>(read(back).call.actions[0]).command == command);
    CHECK(read(back).loss.none());
  }
}

TEST_CASE("a record as a line: equal secrets look equal, with one key only") {
  const auto of = [](std::string_view key, const std::string& secret) {
    return to_line(test::shell_record("x --password " + secret), key);
  };
  CHECK(of("k1", "hunter22") == of("k1", "hunter22"));
  CHECK(of("k1", "hunter22") != of("k1", "hunter23"));
  CHECK(of("k1", "hunter22") != of("k2", "hunter22"));
}

TEST_CASE("a record as a line: text being written is its length and hash") {
  const std::string secret = "the whole text of a file";
  const std::string line = to_line(test::record_of({model::WriteFile{"a", secret}, model::WriteFile{"b", ""}}), kKey);
  CHECK(line.find(secret) == std::string::npos);
  const auto back = from_line(line);
  CHECK(read(back).loss.contents == 1);
  CHECK(read(back).loss.redacted.empty());
  const auto& content = std::get<model::WriteFile>(read(back).call.actions[0]).content;
  CHECK(audit::placeholder_kinds(content) == std::vector<std::string_view>{"content"});
  CHECK(content.find(":24:") != std::string::npos);
  CHECK(body(read(back)) == line);
}

TEST_CASE("a record as a line: what JSON cannot carry is counted where it decides") {
  struct Row {
    std::function<void(Record&)> change;
    std::uint64_t bytes;
  };
  const std::vector<Row> rows{
      {[](Record& r) { r.call.cwd = "/\xff"; }, 1},
      {[](Record& r) { r.homes = {"/\xfe\xff"}; }, 2},
      {[](Record& r) { r.env = {{"HOME", "\xc3"}}; }, 1},
      {[](Record& r) { r.users = {{"x", "/\x80"}}; }, 1},
      {[](Record& r) { r.call.actions = {model::RunArgv{{"rm", "\xff"}}}; }, 1},
      {[](Record& r) { r.call.actions = {model::RunShell{"rm \xff", model::Dialect::bash}}; }, 1},
      {[](Record& r) { r.call.cwd = "/ü"; }, 0},
      {[](Record& r) { r.probes = {{"/\xff", {}, false, {}, false}}; }, 0},
  };
  for (const Row& row : rows) {
    Record r = test::shell_record("ls");
    row.change(r);
    const std::string line = to_line(r);
    INFO(line);
    CHECK(base::valid_utf8(line));
    const auto back = from_line(line);
    CHECK(read(back).loss.cut == row.bytes);
    CHECK(body(read(back)) == line);
  }
}

TEST_CASE("lines that are no records are errors") {
  const std::string good = to_line(test::full_record());
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string line = good;
    const auto at = line.find(from);
    REQUIRE(at != std::string::npos);
    return line.replace(at, from.size(), to);
  };
  struct Row {
    std::string line;
    base::Errc code;
  };
  const std::vector<Row> rows{
      {"", base::Errc::invalid},
      {"{}", base::Errc::invalid},
      {"[]", base::Errc::invalid},
      {"null", base::Errc::invalid},
      {good.substr(0, good.size() - 1), base::Errc::invalid},
      {good + good, base::Errc::invalid},
      {changed("\"v\":1", "\"v\":2"), base::Errc::version},
      {changed("\"v\":1", "\"v\":\"1\""), base::Errc::invalid},
      {changed("\"kind\":\"decision\"", "\"kind\":\"heartbeat\""), base::Errc::invalid},
      {changed("\"eff\":\"ask\"", "\"eff\":\"perhaps\""), base::Errc::invalid},
      {changed("\"would\":\"deny\",", ""), base::Errc::invalid},
      {changed("\"kind\":\"fetch\"", "\"kind\":\"teleport\""), base::Errc::invalid},
      {changed("\"k\":\"dir\"", "\"k\":\"door\""), base::Errc::invalid},
      {changed("\"want\":\"deny\"", "\"want\":1"), base::Errc::invalid},
      {changed("\"ts\":\"2026", "\"ts\":\"x026"), base::Errc::invalid},
      {changed("\"call\":{", "\"cull\":{"), base::Errc::invalid},
      {changed("\"name\":\"copilot-pascal\"", "\"name\":\"nobody\""), base::Errc::invalid},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const auto result = from_line(row.line);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == row.code);
  }
  CHECK(from_line(changed("\"v\":1", "\"v\":1,\"new\":{\"x\":[1,2]}")).has_value());
}

TEST_CASE("every beginning of a line, and every flipped byte, is an error or a record") {
  const std::string good = to_line(test::full_record());
  for (std::size_t i = 0; i < good.size(); ++i) {
    CHECK_FALSE(from_line(good.substr(0, i)).has_value());
    for (const char flip : {'\x01', '\x20', '\x80'}) {
      std::string line = good;
      line[i] = static_cast<char>(line[i] ^ flip);
      if (const auto r = from_line(line)) {
        const auto again = from_line(body(*r));
        REQUIRE(again.has_value());
        REQUIRE(body(*again) == body(*r));
      }
    }
  }
}
