#include <catch2/catch.hpp>

#include "audit/record.h"
#include "audit/redact.h"
#include "record_rows.h"

using namespace belay;
using audit::from_line;
using audit::kMaxRecord;
using audit::Record;
using audit::to_line;

namespace {

std::string repeated(const std::string& s, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += s;
  return out;
}

std::vector<audit::Probe> probes(std::size_t count) {
  std::vector<audit::Probe> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back({"/src/app/folder/" + std::to_string(i), {base::NodeKind::directory, {}}, false, {}, false});
  return out;
}

struct Row {
  std::string name;
  Record record;
  bool loses_text = true;
  bool loses_probes = false;
};

Record with(Record r, void (*change)(Record&)) {
  change(r);
  return r;
}

std::vector<Row> rows() {
  const Record ls = test::shell_record("ls");
  return {
      {"long command", test::shell_record("echo " + repeated("x", 40'000) + "; rm -rf ~")},
      {"control characters", test::shell_record(repeated("\x01", 9'000))},
      {"two-byte characters", test::shell_record(repeated("ü", 30'000))},
      {"four-byte characters", test::shell_record("a" + repeated("\xf0\x9f\x98\x80", 9'000))},
      {"invisible characters", test::shell_record(repeated("\xe2\x80\x8b", 5'000))},
      {"quotes", test::shell_record(repeated("\"\\", 8'000))},
      {"not utf-8", test::shell_record(repeated("\xff", 20'000))},
      {"a long word of an argv", test::record_of({model::RunArgv{{"echo", repeated("y", 100'000)}}})},
      {"many words", test::record_of({model::RunArgv{std::vector<std::string>(20'000, "w")}})},
      {"many actions", test::record_of(std::vector<model::Action>(2'000, model::DeleteFile{"/src/app/file"}))},
      {"many fields", test::record_of({model::UseTool{"t", std::vector<model::Field>(3'000, {"key", "value"})}})},
      {"many long fields", test::record_of({model::UseTool{"t", std::vector<model::Field>(100, {"key", repeated("v", 5'000)})}})},
      {"long tool name", test::record_of({model::UseTool{repeated("n", 50'000), {}}})},
      {"long path", test::record_of({model::ReadFile{repeated("/d", 20'000)}})},
      {"long working folder", with(ls, [](Record& r) { r.call.cwd = repeated("/d", 20'000); })},
      {"long session", with(ls, [](Record& r) { r.call.session = repeated("s", 20'000); })},
      {"long fault", with(ls, [](Record& r) { r.decision.fault = repeated("f", 20'000); })},
      {"many users", with(ls, [](Record& r) { r.users = std::vector<std::pair<std::string, std::string>>(2'000, {"name", "/home/name"}); })},
      {"many groups", with(ls, [](Record& r) { r.groups = std::vector<std::uint32_t>(10'000, 4'000'000'000U); })},
      {"probes alone", with(ls, [](Record& r) { r.probes = probes(500); }), false, true},
      {"one listing", with(ls, [](Record& r) { r.probes = {{"/d", {}, false, std::vector<std::string>(4'000, "name"), true}}; }), false, true},
      {"probes and a command", with(test::shell_record(repeated("x", 30'000)), [](Record& r) { r.probes = probes(500); }), true, true},
      {"everything at once", with(test::full_record(), [](Record& r) {
         for (auto* s : {&r.call.cwd, &r.call.project, &r.call.session, &r.call.tool, &r.call.use_id, &r.call.subagent, &r.call.event_name,
                         &r.call.permission_mode, &r.decision.fault, &r.decision.policy_version, &r.decision.policy_hash, &r.policy_origin,
                         &r.host, &r.user, &r.tmp, &r.id, &r.source}) {
           *s = repeated("\x02", 20'000);
         }
         r.call.actions = std::vector<model::Action>(300, model::UseTool{repeated("\x03", 3'000), {{repeated("\x04", 3'000), "v"}}});
         r.homes = std::vector<std::string>(300, repeated("\x05", 300));
         r.env = std::vector<std::pair<std::string, std::string>>(300, {repeated("\x06", 300), repeated("\x07", 300)});
         r.users = r.env;
         r.groups = std::vector<std::uint32_t>(10'000, 4'000'000'000U);
         model::Match match;
         match.rule = match.file = repeated("\x08", 3'000);
         r.decision.matches = std::vector<model::Match>(300, match);
         r.probes = probes(500);
       }), true, true},
  };
}

}  // namespace

TEST_CASE("over-long records: every line fits, can be read, and says what it lost") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const std::string line = to_line(row.record, "key");
    CHECK(line.size() <= kMaxRecord);
    const auto back = from_line(line);
    INFO((back ? std::string() : back.error().what));
    REQUIRE(back.has_value());
    CHECK((back->loss.cut > 0) == row.loses_text);
    CHECK((back->loss.probes > 0) == row.loses_probes);
    CHECK(to_line(*back, "key") == line);
    CHECK(back->decision.effective == row.record.decision.effective);
    CHECK(back->decision.would == row.record.decision.would);
  }
}

TEST_CASE("over-long records: both ends of a field stay, with its length between them") {
  const std::string command = "first " + repeated("x", 40'000) + " last";
  const auto back = from_line(to_line(test::shell_record(command), "key"));
  REQUIRE(back.has_value());
  const std::string& kept = std::get<model::RunShell>(back->call.actions[0]).command;
  CHECK(kept.starts_with("first xxx"));
  CHECK(kept.ends_with("xxx last"));
  CHECK(kept.find("‹cut:" + std::to_string(command.size()) + ":") != std::string::npos);
  CHECK(kept.size() > 8'000);
  CHECK(audit::placeholder_kinds(kept) == std::vector<std::string_view>{"cut"});
  CHECK(back->loss.redacted.empty());
}

TEST_CASE("over-long records: a short field beside a long one stays whole") {
  Record r = test::record_of({model::RunShell{"git push --force", model::Dialect::bash}, model::RunShell{repeated("x", 60'000), model::Dialect::bash}});
  const auto back = from_line(to_line(r));
  REQUIRE(back.has_value());
  CHECK(std::get<model::RunShell>(back->call.actions[0]).command == "git push --force");
}

TEST_CASE("over-long records: a secret at the place of the cut does not show in halves") {
  for (std::size_t before = 5'900; before < 6'100; before += 3) {
    const std::string secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    const std::string line = to_line(test::shell_record(repeated("x", before) + " " + secret + " " + repeated("y", 30'000)), "key");
    REQUIRE(line.find("ghp_") == std::string::npos);
    REQUIRE(line.find("HIJ012345") == std::string::npos);
  }
}

TEST_CASE("over-long records: the leading match stays, the others are counted") {
  Record r = test::shell_record(repeated("x", 20'000));
  for (int i = 0; i < 100; ++i) {
    model::Match match;
    match.rule = "r.n" + std::to_string(i);
    r.decision.matches.push_back(match);
  }
  const auto back = from_line(to_line(r));
  REQUIRE(back.has_value());
  REQUIRE_FALSE(back->decision.matches.empty());
  CHECK(back->decision.matches[0].rule == "r.n0");
  CHECK(back->decision.matches.size() + back->loss.matches == 100);
}
