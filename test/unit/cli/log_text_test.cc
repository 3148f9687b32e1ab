#include "cli/log_text.h"

#include "history/subject.h"

#include <catch2/catch.hpp>

#include "cli/replay_text.h"

namespace belay::cli {

namespace {

audit::Record record_of(model::Action action) {
  audit::Record record;
  record.unix_micros = 1'795'000'515'123'456;
  record.call.agent = model::Agent::claude;
  record.call.tool = "Bash";
  record.call.actions = {std::move(action)};
  return record;
}

model::Decision decision_of(model::Verdict effective, model::Verdict would) {
  model::Decision out;
  out.effective = effective;
  out.would = would;
  model::Match match;
  match.rule = "git.force-push";
  if (would != model::Verdict::pass) out.matches.push_back(match);
  return out;
}

}  // namespace

TEST_CASE("a record is one line that says what, who and why") {
  audit::Record record = record_of(model::RunShell{"git push -f", model::Dialect::bash});
  record.decision = decision_of(model::Verdict::pass, model::Verdict::ask);
  CHECK(record_text(record, false) == "2026-11-18 11:15:15Z  pass, would ask   claude   Bash  git push -f  [git.force-push]");
  record.decision = decision_of(model::Verdict::pass, model::Verdict::pass);
  CHECK(record_text(record, false) == "2026-11-18 11:15:15Z  pass              claude   Bash  git push -f");
  record.decision.fault = "the policy is damaged";
  CHECK_THAT(record_text(record, false), Catch::EndsWith("[the policy is damaged]"));
  CHECK_THAT(record_text(record, true), Catch::Contains("\x1b["));
}

TEST_CASE("nothing of a call reaches the terminal as it is") {
  const std::string hostile = "echo \x1b]0;owned\x07\nsecond \xE2\x80\xAEline\r";
  for (const model::Action& action : std::initializer_list<model::Action>{
           model::RunShell{hostile, model::Dialect::bash}, model::RunArgv{{"a", hostile}}, model::ReadFile{hostile},
           model::WriteFile{hostile, "x"}, model::DeleteFile{hostile}, model::RenameFile{hostile, hostile},
           model::SearchFiles{hostile, "", true}, model::FetchUrl{hostile}, model::UseTool{"t", {{hostile, hostile}}}}) {
    audit::Record record = record_of(action);
    record.call.tool = hostile;
    record.decision = decision_of(model::Verdict::deny, model::Verdict::deny);
    record.decision.matches[0].rule = hostile;
    record.decision.fault = hostile;
    history::Replayed replayed;
    replayed.decision = record.decision;
    replayed.record = record;
    for (const std::string& text : {record_text(record, false), replayed_json(replayed)}) {
      CHECK(text.find_first_of("\x1b\x07\r") == std::string::npos);
      CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
      CHECK(text.find('\n') >= text.size() - 1);
    }
  }
}

TEST_CASE("long subjects are cut between characters") {
  std::string command;
  for (int i = 0; i < 200; ++i) command += "\xC3\xBC";
  const std::string text = history::subject_of(record_of(model::RunShell{command, model::Dialect::bash}).call, 161);
  CHECK(text.ends_with("\xC3\xBC…"));
  CHECK(text.size() == 160 + 3);
}

TEST_CASE("a summary counts what it was given") {
  history::Summary summary;
  history::Replayed one;
  one.record = record_of(model::RunShell{"git push -f", model::Dialect::bash});
  one.record.decision = decision_of(model::Verdict::pass, model::Verdict::pass);
  one.decision = decision_of(model::Verdict::deny, model::Verdict::deny);
  one.change = history::Change::stricter;
  summary.add(one);
  summary.add_unreadable();
  const std::string text = summary_text(summary);
  for (const char* part : {"1 call: 0 decided as before, 1 stricter", "newly denied 1, newly asked 0", "1 line could not be read",
                           "pass -> deny: 1", "git.force-push: 1 call, decides 1, stricter than before 1"}) {
    CHECK_THAT(text, Catch::Contains(part));
  }
  CHECK_THAT(replayed_text(one, false), Catch::StartsWith("pass -> deny [git.force-push]\n    Bash  git push -f\n"));
}

}  // namespace belay::cli
