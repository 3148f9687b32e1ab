#include "history/report.h"

#include <catch2/catch.hpp>

#include "base/text.h"
#include "history/export.h"
#include "history/suggest.h"
#include "history/understand.h"
#include "json/reader.h"
#include "unit/history/history_world.h"

namespace belay::history {

namespace {

using history_world::recorded;
using history_world::shell_scene;
using history_world::shipped;
using model::Mode;
using model::Verdict;

constexpr std::uint64_t kMorning = 1'795'000'000'000'000;  // 2026-11-18T11:06:40Z
constexpr std::uint64_t kDay = 86'400'000'000;

struct Line {
  const char* command;
  std::uint64_t at = kMorning;
  bool observed = false;
  const char* session = "s1";
};

audit::Record record_of(const Line& line) {
  audit::Record record = recorded(shell_scene(line.command), shipped());
  record.unix_micros = line.at;
  record.call.session = line.session;
  if (line.observed) {
    record.decision.mode = Mode::observe;
    record.decision.effective = Verdict::pass;
  }
  return record;
}

template <class Collector>
Collector collected(const std::vector<Line>& lines) {
  Collector out;
  for (const Line& line : lines) {
    audit::Record record = record_of(line);
    const auto understood = understand(record, shipped().knowledge);
    out.add(record, understood.analysis);
  }
  return out;
}

}  // namespace

TEST_CASE("a report counts every call once, by what became of it") {
  const auto report = collected<Report>({{"git status"},
                                         {"git push --force origin main"},
                                         {"git push -f origin topic", kMorning + kDay},
                                         {"git push -f origin topic", kMorning + kDay, true, "s2"},
                                         {"rm -rf ~", kMorning, true},
                                         {"rm -rf ~"}});
  const Count& total = report.total();
  CHECK(total.calls == 6);
  CHECK(total.denied == 1);
  CHECK(total.asked == 2);
  CHECK(total.would_deny == 1);
  CHECK(total.would_ask == 1);
  CHECK(total.held() == 5);
  CHECK(report.sessions() == 2);
  CHECK(report.first() == kMorning);
  CHECK(report.last() == kMorning + kDay);
  CHECK(report.days().at("2026-11-18").calls == 4);
  CHECK(report.days().at("2026-11-19").calls == 2);
  CHECK(report.rules().at("git.force-push").asked == 2);
  CHECK(report.rules().at("git.force-push").would_ask == 1);
  CHECK(report.commands().at("git push").calls == 3);
  CHECK(report.commands().at("git status").calls == 1);
  CHECK(report.failures().empty());
  const auto rows = leading_rows(report.commands(), 2);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].first == "git push");
  CHECK(rows[1].first == "rm");
}

TEST_CASE("a command counts once a call, however often it stands there") {
  const auto report = collected<Report>({{"ls; ls; sudo ls | grep x"}});
  CHECK(report.commands().at("ls").calls == 1);
  CHECK(report.commands().at("grep").calls == 1);
  CHECK(report.total().calls == 1);
}

TEST_CASE("calls are put together by what they do, not by how they are spelt") {
  const auto seen = collected<Suggestions>({{"git push --force origin main"},
                                            {"cd x && git push -f z topic"},
                                            {"sudo env A=1 git push origin -f", kMorning, true},
                                            {"git push origin +main"},
                                            {"git status"},
                                            {"terraform destroy"},
                                            {"eval \"$(cat x)\""}});
  const auto groups = seen.groups(10, 1);
  REQUIRE(groups.size() == 4);
  CHECK(groups[0]->pattern.command == "git push");
  CHECK(groups[0]->pattern.options == std::vector<std::string>{"--force"});
  CHECK(groups[0]->calls == 3);
  CHECK(groups[0]->enforced == 2);
  CHECK(groups[0]->examples.size() == 3);
  CHECK(draft_id(*groups[0]) == "seen.git-push-force");
  CHECK(seen.groups(10, 2).size() == 1);
  CHECK(seen.groups(2, 1).size() == 2);
  CHECK(seen.records() == 7);
}

TEST_CASE("a draft is about what the call did to a file or a host, and names no value") {
  const struct {
    const char* command;
    const char* id;
    const char* holds;
  } rows[] = {
      {"cat cfg/.env", "seen.read-env", "path = \"**/.env\""},
      {"terraform destroy -auto-approve", "seen.terraform-destroy-auto-approve", "command = \"terraform destroy\""},
      {"rm -rf ~", "seen.rm-force-recursive", "all = [ { option = \"--force\" }, { option = \"--recursive\" } ]"},
  };
  for (const auto& row : rows) {
    INFO(row.command);
    const auto seen = collected<Suggestions>({{row.command}});
    const auto groups = seen.groups(1, 1);
    REQUIRE(groups.size() == 1);
    CHECK(draft_id(*groups[0]) == row.id);
    CHECK_THAT(draft_rule(*groups[0], row.id), Catch::Contains(row.holds));
  }
}

TEST_CASE("what a rule cannot hold on to is not drafted") {
  for (const char* command : {"eval \"$X\"", "psql -c 'DROP TABLE users'"}) {
    INFO(command);
    const auto seen = collected<Suggestions>({{command}});
    const auto groups = seen.groups(1, 1);
    REQUIRE(groups.size() == 1);
    CHECK(draft_id(*groups[0]).empty());
    CHECK_THAT(group_comment(*groups[0]), Catch::StartsWith("# 1 call in 1 session"));
  }
}

TEST_CASE("an example of a call cannot leave its comment") {
  const auto seen = collected<Suggestions>({{"git push --force origin 'a\n[[rule]]\nid = \"x\"'"}});
  const std::string comment = group_comment(*seen.groups(1, 1).at(0));
  for (const std::string_view line : base::split(comment, '\n')) CHECK((line.empty() || line.front() == '#'));
}

TEST_CASE("exports are well-formed whatever a call holds") {
  audit::Record record = record_of({"git push --force origin '=cmd|\"x,y\"\\\n'"});
  record.call.session = "=1+1";
  const std::string csv = export_record(record, ExportFormat::csv, "1");
  CHECK(csv.find("'=1+1") != std::string::npos);
  CHECK(csv.find("\"\"x,y\"\"") != std::string::npos);
  CHECK(csv.ends_with("\r\n"));
  const std::string cef = export_record(record, ExportFormat::cef, "1|2");
  CHECK(std::count(cef.begin(), cef.end(), '\n') == 1);
  CHECK_THAT(cef, Catch::StartsWith("CEF:0|belay|belay|1\\|2|git.force-push|tool call: ask|8|rt=1795000000000 "));
  CHECK(cef.find("cs3=\\=1+1 ") != std::string::npos);
  const auto ocsf = json::Document::parse(export_record(record, ExportFormat::ocsf, "1"));
  REQUIRE(ocsf);
  CHECK(ocsf->root()["class_uid"].unsigned_or(0) == 6003);
  CHECK(ocsf->root()["disposition_id"].unsigned_or(0) == 23);
  const auto back = audit::from_line(base::trim(export_record(record, ExportFormat::jsonl, "1")));
  REQUIRE(back);
  CHECK(back->call.session == "=1+1");
}

TEST_CASE("how OCSF says what became of a call") {
  const struct {
    const char* command;
    bool observed;
    unsigned action;
    unsigned disposition;
  } rows[] = {{"git status", false, 1, 1},
              {"rm -rf ~", false, 2, 2},
              {"rm -rf ~", true, 3, 17},
              {"git push -f", false, 99, 23},
              {"git push -f", true, 3, 17}};
  for (const auto& row : rows) {
    INFO(row.command);
    const auto line = export_record(record_of({row.command, kMorning, row.observed}), ExportFormat::ocsf, "1");
    const auto document = json::Document::parse(line);
    REQUIRE(document);
    CHECK(document->root()["action_id"].unsigned_or(0) == row.action);
    CHECK(document->root()["disposition_id"].unsigned_or(0) == row.disposition);
  }
}

}  // namespace belay::history
