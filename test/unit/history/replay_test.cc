#include <functional>
#include <sstream>

#include "history_world.h"

using namespace history_world;
using history::Change;
using history::Doubt;
using history::Replayer;
using model::Verdict;

namespace {

constexpr const char* kDenyPush = "action = \"deny\"\non = \"exec\"\ncommand = \"git push\"";
constexpr const char* kAskPush = "action = \"ask\"\non = \"exec\"\ncommand = \"git push\"";
constexpr const char* kAllowPush = "action = \"allow\"\non = \"exec\"\ncommand = \"git push\"";
constexpr const char* kLogPush = "action = \"log\"\non = \"exec\"\ncommand = \"git push\"";
constexpr const char* kDenyEtc = "action = \"deny\"\non = \"read\"\npath = [\"/srv/secret/**\"]";

history::Replayed replayed(const audit::Record& record, const Rules& rules) {
  const Replayer replayer(rules.candidate());
  auto result = replayer.replay_line(audit::to_line(record, "key"));
  INFO((result ? std::string() : result.error().what));
  REQUIRE(result.has_value());
  return *std::move(result);
}

/// Shell text of rows `verdict command`, `\n` standing for a newline.
std::vector<std::string> commands_of(const std::string& file, bool with_verdict) {
  std::vector<std::string> out;
  std::istringstream in(test::slurp(file));
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (with_verdict) line.erase(0, line.find(' ') + 1);
    for (std::size_t at = 0; (at = line.find("\\n", at)) != std::string::npos;) line.replace(at, 2, "\n");
    out.push_back(line);
  }
  return out;
}

void check_same(const rulekit::Scene& scene, const std::string& what) {
  const audit::Record record = recorded(scene, shipped());
  const history::Replayed again = replayed(record, shipped());
  INFO(what);
  INFO(audit::to_line(record, "key"));
  CHECK_FALSE(has(again.doubt, Doubt::cut));
  // Some shipped rules look at the text of a write or at the form of a key: a record without it says that it cannot tell. A name of a file that was
  // taken for a secret is not looked up again either.
  if (has(again.doubt, Doubt::secrets)) return;
  CHECK_FALSE(has(again.doubt, Doubt::files));
  if (has(again.doubt, Doubt::contents)) return;
  CHECK(again.change == Change::same);
  CHECK(again.decision.effective == record.decision.effective);
  REQUIRE(again.decision.matches.size() == record.decision.matches.size());
  for (std::size_t i = 0; i < record.decision.matches.size(); ++i)
    CHECK(again.decision.matches[i].rule == record.decision.matches[i].rule);
}

}  // namespace

TEST_CASE("replay: the shipped policy decides its own record the same, for every command of the corpora") {
  std::vector<std::string> commands = commands_of(BELAY_TEST_DATA "/cases/policy/decisions.cases", true);
  for (const auto& entry : std::filesystem::directory_iterator(BELAY_TEST_DATA "/corpus/benign")) {
    for (auto& command : commands_of(entry.path().string(), false)) commands.push_back(std::move(command));
  }
  REQUIRE(commands.size() > 300);
  for (const auto& command : commands) check_same(shell_scene(command), command);
}

TEST_CASE("replay: the same for every case that stands beside a shipped rule, with its files and its environment") {
  base::Diagnostics out;
  const auto sources = test::shipped_sources();
  const policy::Policy policy = policy::load_all(sources, out).policy;
  std::size_t count = 0;
  for (const auto& pack : policy.packs)
    for (const auto& rule : pack.rules) {
      for (const auto& one : rule.cases) {
        const auto scene = rulekit::scene_of(one);
        if (!scene) continue;
        check_same(*scene, rule.id + ": " + one.run + one.tool + one.path);
        ++count;
      }
    }
  CHECK(count > 100);
}

TEST_CASE("replay: stricter, looser, same") {
  struct Row {
    const char* then;
    const char* now;
    Change change;
    Verdict verdict;
  };
  const std::vector<Row> rows{
      {kDenyPush, kDenyPush, Change::same, Verdict::deny},    {kAskPush, kDenyPush, Change::stricter, Verdict::deny},
      {kDenyPush, kAskPush, Change::looser, Verdict::ask},    {kDenyPush, kDenyEtc, Change::looser, Verdict::pass},
      {kDenyEtc, kDenyPush, Change::stricter, Verdict::deny}, {kDenyEtc, kLogPush, Change::stricter, Verdict::log},
      {kDenyEtc, kAllowPush, Change::looser, Verdict::allow},  // the agent's own prompt would be gone
      {kLogPush, kAllowPush, Change::looser, Verdict::allow}, {kAllowPush, kDenyEtc, Change::stricter, Verdict::pass},
  };
  for (const Row& row : rows) {
    INFO(row.then << "\n" << row.now);
    const auto then = own(rule("r", row.then));
    const auto now = own(rule("r", row.now));
    const auto result = replayed(recorded(shell_scene("git push origin main"), *then), *now);
    CHECK(result.change == row.change);
    CHECK(result.decision.would == row.verdict);
    CHECK(result.sure());
  }
}

TEST_CASE("replay: what the record does not say makes unsure") {
  struct Row {
    std::string name;
    std::string rules;
    std::function<void(audit::Record&)> change;
    Doubt doubt;
  };
  const std::string content_rule = rule("r", "action = \"deny\"\non = \"write\"\ncontent = [\"eval\"]");
  const std::string path_rule = rule("r", kDenyEtc);
  const auto nothing = [](audit::Record&) {};
  const auto set = [](model::Action action) { return [action](audit::Record& r) { r.call.actions = {action}; }; };
  const std::vector<Row> rows{
      {"nothing lost", path_rule, nothing, Doubt::none},
      {"a secret", path_rule, set(model::RunShell{"x --password hunter22", model::Dialect::bash}), Doubt::secrets},
      {"a text nobody asks about", path_rule, set(model::WriteFile{"/home/dev/project/a", "eval"}), Doubt::none},
      {"a text that a rule asks about", content_rule, set(model::WriteFile{"/home/dev/project/a", "eval"}), Doubt::contents},
      {"a path that was not looked at", path_rule, [](audit::Record& r) { r.probes.clear(); }, Doubt::files},
      {"no file system then either", path_rule,
       [](audit::Record& r) {
         r.probes.clear();
         r.had_files = false;
       },
       Doubt::none},
      {"a path that could not be looked at", path_rule,
       [](audit::Record& r) {
         for (auto& p : r.probes) p.failed = true;
       },
       Doubt::none},
      {"dropped answers that nobody asks for", path_rule, [](audit::Record& r) { r.loss.probes = 3; }, Doubt::none},
      {"a failure", path_rule, [](audit::Record& r) { r.decision.fault = "out of time"; }, Doubt::failure},
      {"too long", path_rule,
       [](audit::Record& r) {
         r.call.actions = {model::RunShell{"cat a; : " + std::string(40'000, 'x'), model::Dialect::bash}};
       },
       Doubt::cut},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto rules = own(row.rules);
    audit::Record record = recorded(shell_scene("cat a"), *rules);
    row.change(record);
    const auto result = replayed(record, *rules);
    INFO(history::describe(result.doubt));
    CHECK(result.doubt == row.doubt);
    CHECK(result.sure() == history::describe(row.doubt).empty());
  }
}

TEST_CASE("replay: recorded links are followed, whatever lies on this machine") {
  const auto rules = own(rule("r", kDenyEtc));
  const auto linked = recorded(shell_scene("cat etc/x", {{"etc", "-> /srv/secret"}}), *rules);
  const auto plain = recorded(shell_scene("cat etc/x", {{"etc", "dir"}}), *rules);
  CHECK(replayed(linked, *rules).decision.would == Verdict::deny);
  CHECK(replayed(plain, *rules).decision.would == Verdict::pass);
  CHECK(replayed(linked, *rules).sure());
}

TEST_CASE("replay: the user, the homes, the variables and the groups are those of the record") {
  const auto rules =
      own(rule("home", "action = \"deny\"\non = \"read\"\npath = [\"{home}/secret\"]") +
          rule("user", "action = \"ask\"\non = \"exec\"\ncommand = \"git push\"\nwhen = { groups = [\"gid:4242\"] }"));
  auto scene = shell_scene("cat ~/secret");
  scene.home = "/home/somebody";
  scene.env = {{"HOME", "/home/somebody"}};
  CHECK(replayed(recorded(scene, *rules), *rules).decision.would == Verdict::deny);
  audit::Record push = recorded(shell_scene("git push"), *rules);
  CHECK(replayed(push, *rules).decision.would == Verdict::pass);
  push.groups = {4242};
  CHECK(replayed(push, *rules).decision.would == Verdict::ask);
}

TEST_CASE("replay: the record comes back as it was read") {
  const audit::Record record = recorded(shell_scene("cat a"), shipped());
  const std::string line = audit::to_line(record, "key");
  CHECK(audit::to_line(replayed(record, shipped()).record, "key") == line);
}

TEST_CASE("replay: a line that is no record is an error") {
  const Replayer replayer(shipped().candidate());
  CHECK(replayer.replay_line("{}").error().code == base::Errc::invalid);
  CHECK(replayer.replay_line("").error().code == base::Errc::invalid);
}

TEST_CASE("replay summary: every record is counted once") {
  const auto then = own(rule("r", kAskPush));
  const auto now = own(rule("r", kDenyPush) + rule("s", kLogPush));
  history::Summary summary;
  const Replayer replayer(now->candidate());
  for (const std::string command : {"git push", "git push origin", "ls", "git push https://u:hunter22@h/r"}) {
    summary.add(replayer.replay(*audit::from_line(audit::to_line(recorded(shell_scene(command), *then)))));
  }
  const auto gone = own(rule("r", kDenyEtc));
  summary.add(Replayer(gone->candidate()).replay(recorded(shell_scene("git push"), *then)));
  summary.add_unreadable();
  CHECK(summary.records == 5);
  CHECK(summary.stricter == 2);
  CHECK(summary.same == 1);
  CHECK(summary.looser == 1);
  CHECK(summary.unsure == 1);
  CHECK(summary.unsure_changed == 1);
  CHECK(summary.newly_denied == 2);
  CHECK(summary.newly_asked == 0);
  CHECK(summary.unreadable == 1);
  CHECK(summary.transitions[static_cast<std::size_t>(Verdict::ask)][static_cast<std::size_t>(Verdict::deny)] == 3);
  CHECK(summary.rules.at("t.r").matched == 3);
  CHECK(summary.rules.at("t.r").led == 3);
  CHECK(summary.rules.at("t.r").changed == 2);
  CHECK(summary.rules.at("t.s").matched == 3);
  CHECK(summary.rules.at("t.s").led == 0);
}
