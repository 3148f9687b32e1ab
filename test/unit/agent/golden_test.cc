// Recorded payloads of real agents against what belay reads in them, and what it answers. A new payload is a new file.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "agent/adapter.h"
#include "base/text.h"
#include "support/golden.h"

namespace {

namespace fs = std::filesystem;
using namespace belay;
using model::Event;

std::vector<fs::path> payloads() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(BELAY_TEST_DATA "/cases/hook")) {
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string_view name_of(Event event) {
  switch (event) {
    case Event::tool: return "tool";
    case Event::permission: return "permission";
    case Event::other: return "other";
    case Event::unknown: return "unknown";
  }
  return "?";
}

struct Dump {
  std::string& out;
  void line(std::string_view key, std::string_view value) const {
    if (!value.empty()) out += std::string(key) + ' ' + base::printable(value) + '\n';
  }
  void operator()(const model::Harmless&) const { out += "- harmless\n"; }
  void operator()(const model::RunShell& a) const {
    line(a.dialect == model::Dialect::bash ? "- shell" : "- powershell", a.command);
  }
  void operator()(const model::RunArgv& a) const {
    for (const auto& word : a.argv) line("- argv", word);
  }
  void operator()(const model::ReadFile& a) const { line("- read", a.path); }
  void operator()(const model::WriteFile& a) const {
    line("- write", a.path);
    line("    content", a.content);
  }
  void operator()(const model::DeleteFile& a) const { line("- delete", a.path); }
  void operator()(const model::RenameFile& a) const {
    line("- rename", a.from);
    line("    to", a.to);
  }
  void operator()(const model::SearchFiles& a) const {
    line(a.reads_content ? "- search contents below" : "- search names below", a.path);
    line("    named", a.name_pattern);
  }
  void operator()(const model::FetchUrl& a) const { line("- fetch", a.url); }
  void operator()(const model::UseTool& a) const {
    line("- use", a.tool);
    for (const auto& field : a.input) line("    " + field.key, field.value.empty() ? "(empty)" : field.value);
  }
};

std::string dump(const model::Call& call) {
  std::string out;
  const Dump to{out};
  to.line("agent", agent::name_of(call.agent));
  to.line("event", std::string(name_of(call.event)) + " " + call.event_name);
  to.line("tool", call.tool);
  to.line("cwd", call.cwd);
  to.line("project", call.project);
  to.line("session", call.session);
  to.line("use_id", call.use_id);
  to.line("subagent", call.subagent);
  to.line("mode", call.permission_mode);
  if (call.unattended) out += "unattended\n";
  for (const auto& action : call.actions) std::visit(to, action);
  return out;
}

model::Decision decision(model::Verdict verdict) {
  model::Decision d;
  d.effective = d.would = verdict;
  if (verdict == model::Verdict::pass) return d;
  model::Match match;
  match.rule = "some.rule";
  match.verdict = verdict;
  match.summary = "a summary with \"quotes\" and a \x1b[31mcolour";
  match.instead = "the other thing";
  match.effect = "deletes /home/dev and everything below it";
  d.matches.push_back(match);
  return d;
}

std::string show(const agent::Reply& reply) {
  return "  exit " + std::to_string(reply.exit) + "\n  out  " + base::printable(reply.out) + "\n  err  " +
         base::printable(reply.err) + '\n';
}

model::Agent registered_as(const fs::path& file) {
  const std::string folder = file.parent_path().filename().string();
  return agent::agent_named(folder == "copilot-pascal" ? "copilot" : folder);
}

TEST_CASE("recorded payloads are read into calls") {
  const auto files = payloads();
  REQUIRE(files.size() >= 339);
  for (const fs::path& file : files) {
    INFO(file.string());
    const std::string payload = test::slurp(file.string());
    const auto call = agent::read_call(payload, registered_as(file));
    fs::path golden = file;
    golden.replace_extension(".call");
    test::check_golden(golden.string(), call ? dump(*call) : "error " + call.error().what + "\n");

    // The payload alone says whose it is, whatever name the hook was registered under: no name, or a wrong one.
    REQUIRE(call);
    for (const auto name :
         {model::Agent::unknown, model::Agent::claude, model::Agent::codex, model::Agent::gemini, model::Agent::copilot}) {
      const auto other = agent::read_call(payload, name);
      REQUIRE(other);
      CHECK(dump(*other) == dump(*call));
    }
  }
}

TEST_CASE("answers to recorded payloads") {
  std::map<std::string, std::string> sheets;
  for (const fs::path& file : payloads()) {
    const auto call = agent::read_call(test::slurp(file.string()), registered_as(file));
    REQUIRE(call);
    std::string& sheet = sheets[file.parent_path().string()];
    for (const auto verdict : {model::Verdict::pass, model::Verdict::ask, model::Verdict::deny, model::Verdict::allow}) {
      const agent::Reply reply = agent::answer(*call, decision(verdict), {});
      if (call->event == Event::other || verdict == model::Verdict::pass) {
        CHECK((reply.out.empty() && reply.err.empty() && reply.exit == 0));
        continue;
      }
      sheet += file.stem().string() + " " + std::string(model::name_of(verdict)) + "\n" + show(reply);
    }
  }
  for (const auto& [folder, sheet] : sheets) test::check_golden(folder + "/replies.txt", sheet);
}

}  // namespace
