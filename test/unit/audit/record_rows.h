#pragma once

#include <string>
#include <vector>

#include "audit/record.h"

/// Records for tests, built from rows.
namespace belay::test {

inline audit::Record plain_record() {
  audit::Record r;
  r.unix_micros = 1'795'000'515'123'456;
  r.id = "019a0000-0000-7000-8000-000000000001";
  r.host = "lt-114";
  r.uid = 1000;
  r.gid = 1000;
  r.user = "ana";
  r.homes = {"/home/ana"};
  r.call.agent = model::Agent::claude;
  r.call.event = model::Event::tool;
  r.call.event_name = "PreToolUse";
  r.call.tool = "Bash";
  r.call.cwd = "/src/app";
  r.call.project = "/src/app";
  r.call.session = "s-1";
  r.decision.policy_version = "2026.11.3";
  r.decision.policy_hash = "0123456789abcdef";
  r.policy_origin = "cache";
  r.micros = 412;
  return r;
}

inline audit::Record record_of(std::vector<model::Action> actions) {
  audit::Record r = plain_record();
  r.call.actions = std::move(actions);
  return r;
}

inline audit::Record shell_record(std::string command) {
  return record_of({model::RunShell{std::move(command), model::Dialect::bash}});
}

/// Every field that a line holds, of values that are not its defaults.
inline audit::Record full_record() {
  audit::Record r = plain_record();
  r.source = "manual";
  r.homes = {"/home/ana", "/var/home/ana"};
  r.groups = {1000, 27, 4'294'967'295U};
  r.users = {{"root", "/root"}, {"ana", "/home/ana"}};
  r.env = {{"HOME", "/home/ana"}, {"PWD", "/src/app"}, {"EMPTY", ""}};
  r.tmp = "/tmp/x";
  r.call.agent = model::Agent::copilot_pascal;
  r.call.event = model::Event::permission;
  r.call.use_id = "toolu_1";
  r.call.subagent = "Explore";
  r.call.permission_mode = "bypassPermissions";
  r.call.unattended = true;
  r.call.actions = {model::Harmless{},
                    model::RunShell{"git push -f\n'ü' \"\\\"", model::Dialect::bash},
                    model::RunShell{"Remove-Item x", model::Dialect::powershell},
                    model::RunArgv{{"git", "", "a b"}},
                    model::ReadFile{"/src/app/a"},
                    model::WriteFile{"/src/app/b", ""},
                    model::DeleteFile{"c"},
                    model::RenameFile{"d", "e"},
                    model::SearchFiles{"/src", "*.cc", true},
                    model::SearchFiles{"/src", "", false},
                    model::FetchUrl{"https://example.org/x?y=1"},
                    model::UseTool{"mcp:db/run", {{"sql", "select 1"}, {"sql", "twice"}, {"", ""}}}};
  r.decision.effective = model::Verdict::ask;
  r.decision.would = model::Verdict::deny;
  r.decision.mode = model::Mode::observe;
  r.decision.fault = "out of time";
  model::Match deny;
  deny.rule = "git.force-push";
  deny.file = "rules/git.toml";
  deny.line = 12;
  deny.verdict = model::Verdict::deny;
  deny.truth = model::Truth::maybe;
  deny.severity = model::Severity::critical;
  deny.mode = model::Mode::observe;
  deny.floor = true;
  deny.operation = 3;
  model::Match log;
  log.rule = "x.y";
  r.decision.matches = {deny, log};
  r.probes = {{"/src", {base::NodeKind::directory, {}}, false, {}, false},
              {"/src/l", {base::NodeKind::symlink, "../else"}, false, {}, false},
              {"/src/h", {base::NodeKind::file, {}, {"/home/ana/.ssh/id", "/src/\xfe"}}, false, {}, false},
              {"/src/none", {base::NodeKind::missing, {}}, false, {}, false},
              {"/src/f", {base::NodeKind::file, {}}, false, {}, false},
              {"/dev/x", {base::NodeKind::other, {}}, false, {}, false},
              {"/root/x", {}, true, {}, false},
              {"/src", {}, false, {"a", "b c", ""}, true},
              {"/empty", {}, false, {}, true},
              {"/root", {}, true, {}, true},
              {"/src/\xff%41\xc3\xa4", {base::NodeKind::symlink, "100%\xfe"}, false, {}, false},
              {"/odd", {}, false, {"\xff", "50%", "%41"}, true}};
  return r;
}

}  // namespace belay::test
