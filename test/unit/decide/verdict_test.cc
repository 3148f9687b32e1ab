#include "base/text.h"
#include "decide/effect.h"
#include "decide/failure.h"
#include "decide_world.h"

using namespace decide_world;
using model::Mode;

namespace {

model::Analysis one(Operation op) { return analysis({std::move(op)}); }

std::string settings(const std::string& mode, const std::string& overrides = "") {
  return (mode.empty() ? "" : "[policy]\nmode = \"" + mode + "\"\n") + overrides;
}
std::string change(const std::string& body) { return "[[override]]\nrule = \"t.r\"\n" + body + "\n"; }

}  // namespace

TEST_CASE("what a rule says when it cannot be sure") {
  struct Row {
    const char* rule;
    Operation op;
    Verdict verdict;
  };
  const char* home = "on = \"delete\"\ncovers = \"~\"\n";
  const char* env = "on = \"read\"\npath = \"**/.env\"\n";
  const std::vector<Row> rows{
      {home, deletes("{any}", {true}), Verdict::ask},
      {home, deletes("{any}"), Verdict::log},
      {"on = \"delete\"\ncovers = \"~\"\nunsure = \"pass\"", deletes("{any}", {true}), Verdict::pass},
      {"on = \"delete\"\ncovers = \"~\"\nunsure = \"log\"", deletes("{any}", {true}), Verdict::log},
      {"on = \"delete\"\ncovers = \"~\"\naction = \"log\"", deletes("{any}", {true}),
       Verdict::log},                            // never stricter than its action
      {env, reads("/x/{name}"), Verdict::pass},  // would only be logged, and nothing else leads to the rule
      {"on = \"read\"\npath = \"**/.env\"\nunsure = \"ask\"", reads("/x/{name}"), Verdict::ask},
      {"on = \"query\"\nstatement = 'drop'", query("mysql", "{any}"), Verdict::ask},
      {"on = \"fetch\"\nhost = \"api.x\"\nbody = 'kill'", fetch("POST", "api.x", "{any}"), Verdict::ask},
      {"on = \"fetch\"\nhost = \"api.x\"\nurl = 'kill'", fetch("DELETE", "api.x", "", "/{any}"), Verdict::ask},
      {"on = \"fetch\"\nhost = \"api.x\"\nbody = 'kill'", fetch("HEAD", "api.x", "{any}"), Verdict::log},
      {"on = \"fetch\"\nbody = 'kill'\nunsure = \"log\"", fetch("POST", "api.x", "{any}"), Verdict::log},
  };
  const Asker asker;
  for (const Row& row : rows) {
    const Image image = rule_image(row.rule);
    INFO(row.rule);
    CHECK(model::name_of(asker.judge(one(row.op), image).effective) == model::name_of(row.verdict));
  }
}

TEST_CASE("where a rule applies") {
  const auto asks = [](const std::string& when, auto prepare) {
    const Image image = rule_image("program = \"ls\"\nwhen = { " + when + " }");
    Asker asker;
    prepare(asker);
    return asker.judge(one(exec("ls")), image).effective == Verdict::deny;
  };
  const auto nothing = [](Asker&) {};
  CHECK(asks("agents = [\"claude\"]", nothing));
  CHECK_FALSE(asks("agents = [\"codex\", \"gemini\"]", nothing));
  CHECK(asks("agents = [\"copilot\"]", [](Asker& a) { a.call.agent = model::Agent::copilot_pascal; }));
  CHECK(asks("users = [\"dev\"]", nothing));
  CHECK_FALSE(asks("users = [\"ci\"]", nothing));
  CHECK(asks("groups = [\"gid:27\"]", nothing));
  CHECK_FALSE(asks("groups = [\"gid:28\"]", nothing));
  CHECK(asks("hosts = [\"b*\"]", nothing));
  CHECK_FALSE(asks("hosts = [\"c*\"]", nothing));
  CHECK_FALSE(asks("unattended = true", nothing));
  CHECK(asks("unattended = true", [](Asker& a) { a.call.unattended = true; }));
  CHECK(asks("unattended = false", nothing));
  CHECK_FALSE(asks("users = [\"dev\"], hosts = [\"c*\"]", nothing));
}

TEST_CASE("nobody to ask about what is not known") {
  const Image image = rule_image("on = [\"opaque\", \"exec\"]\naction = \"ask\"");
  Asker asker;
  CHECK(asker.judge(one(opaque(model::OpaqueReason::limit)), image).effective == Verdict::ask);
  asker.call.unattended = true;
  CHECK(asker.judge(one(opaque(model::OpaqueReason::limit)), image).effective == Verdict::deny);
  CHECK(asker.judge(one(exec("ls")), image).effective == Verdict::ask);
}

TEST_CASE("modes: what is told and what would be") {
  struct Row {
    const char* policy;
    const char* rule;
    Verdict effective;
    Verdict would;
  };
  const std::vector<Row> rows{
      {"", "", Verdict::deny, Verdict::deny},
      {"observe", "", Verdict::pass, Verdict::deny},
      {"observe", "mode = \"enforce\"", Verdict::deny, Verdict::deny},
      {"observe", "floor = true", Verdict::deny, Verdict::deny},
      {"enforce", "mode = \"observe\"", Verdict::pass, Verdict::deny},
      {"enforce", "mode = \"off\"", Verdict::pass, Verdict::pass},
  };
  const Asker asker;
  for (const Row& row : rows) {
    INFO(row.policy << " " << row.rule);
    const Image image =
        image_of({file(rule_text("program = \"ls\"\n" + std::string(row.rule))), file(settings(row.policy), "policy.toml")});
    const auto decision = asker.judge(one(exec("ls")), image);
    CHECK(decision.effective == row.effective);
    CHECK(decision.would == row.would);
    CHECK(decision.mode == (std::string(row.policy) == "observe" ? Mode::observe : Mode::enforce));
  }
}

TEST_CASE("layers: the owner relaxes the packs, everybody else only tightens") {
  const std::string ask = "program = \"ls\"\naction = \"ask\"";
  const std::string floor = "program = \"ls\"\nfloor = true";
  const std::string path = "on = \"write\"\npath = \"**/k\"";
  struct Row {
    const char* what;
    std::string base, second, third;
    bool second_is_project;
    Verdict effective;
    Verdict would;
  };
  const std::vector<Row> rows{
      {"nothing", ask, "", "", false, Verdict::ask, Verdict::ask},
      {"owner tightens", ask, change("action = \"deny\""), "", false, Verdict::deny, Verdict::deny},
      {"owner relaxes", ask, change("action = \"log\""), "", false, Verdict::log, Verdict::log},
      {"owner switches off", ask, change("mode = \"off\""), "", false, Verdict::pass, Verdict::pass},
      {"owner observes one", ask, change("mode = \"observe\""), "", false, Verdict::pass, Verdict::ask},
      {"owner observes all", ask, settings("observe"), "", false, Verdict::pass, Verdict::ask},
      {"by a pattern", ask, "[[override]]\nrule = \"t.*\"\naction = \"deny\"\n", "", false, Verdict::deny, Verdict::deny},
      {"of another rule", ask, "[[override]]\nrule = \"t.r2\"\naction = \"deny\"\n", "", false, Verdict::ask, Verdict::ask},
      {"nothing relaxes a floor", floor, settings("observe", change("mode = \"off\"") + change("action = \"log\"")), "", false,
       Verdict::deny, Verdict::deny},
      {"a project tightens", ask, change("action = \"deny\""), "", true, Verdict::deny, Verdict::deny},
      {"a project does not relax", ask, settings("observe", change("mode = \"off\"") + change("action = \"log\"")), "", true,
       Verdict::ask, Verdict::ask},
      {"a third layer does not relax", ask, "", settings("observe", change("mode = \"off\"")), false, Verdict::ask, Verdict::ask},
      {"a third layer tightens", ask, "", change("action = \"deny\""), false, Verdict::deny, Verdict::deny},
      {"a third layer enforces what the owner observes", ask, settings("observe"), change("mode = \"enforce\""), false,
       Verdict::ask, Verdict::ask},
      {"owner excepts", path, change("except = [\"{tmp}/**\"]"), "", false, Verdict::pass, Verdict::pass},
      {"a project excepts nothing", path, change("except = [\"{tmp}/**\"]"), "", true, Verdict::deny, Verdict::deny},
  };
  const Asker asker;
  for (const Row& row : rows) {
    INFO(row.what);
    const Image base = image_of({file(rule_text(row.base))});
    const Image second = image_of({file(row.second, "second.toml")});
    const Image third = image_of({file(row.third, "third.toml")});
    const std::vector<decide::Layer> layers{
        {&base.view, false, false}, {&second.view, false, row.second_is_project}, {&third.view, false, false}};
    const auto decision = asker.judge(analysis({exec("ls"), writes("/tmp/k")}), layers);
    CHECK(decision.effective == row.effective);
    CHECK(decision.would == row.would);
  }
}

TEST_CASE("the strictest leads; what is told stands before what is observed") {
  const auto rule = [](const std::string& pack, const std::string& body) {
    return file(rule_text("program = \"ls\"\n" + body, pack), pack + ".toml");
  };
  const Image low =
      image_of({rule("a", "action = \"ask\"\nseverity = \"high\""), rule("b", "action = \"deny\"\nseverity = \"low\""),
                rule("c", "action = \"deny\"\nseverity = \"critical\"\nmode = \"observe\"")});
  const Image high =
      image_of({rule("d", "action = \"deny\"\nseverity = \"low\""), rule("e", "action = \"deny\"\nseverity = \"medium\"")});
  const auto decision = Asker().judge(one(exec("ls")), {{&low.view, false, false}, {&high.view, false, true}});
  std::string order;
  for (const auto& match : decision.matches) order += match.rule + " ";
  CHECK(order == "e.r b.r d.r a.r c.r ");
  CHECK(decision.matches[0].summary.empty());  // a project's texts never reach the model
  CHECK(decision.matches[0].instead.empty());
  CHECK(decision.matches[1].summary == "s");
  CHECK(decision.matches[1].file == "b.toml");
  CHECK(decision.policy_hash == low.view.hash());
}

TEST_CASE("the same rule id in two layers is two rules") {
  const Image packs = rule_image("program = \"ls\"\naction = \"ask\"");
  const Image user = rule_image("program = \"ls\"\nmode = \"observe\"");
  const auto decision = Asker().judge(one(exec("ls")), {{&packs.view, false, false}, {&user.view, false, false}});
  CHECK(decision.effective == Verdict::ask);
  CHECK(decision.would == Verdict::deny);
  CHECK(decision.matches.size() == 2);
}

TEST_CASE("allow speaks for the whole call or not at all") {
  const Image image = image_of({file(rule_text("command = \"git status\"\naction = \"allow\""))});
  const Asker asker;
  const auto effective = [&](const model::Analysis& what, bool may_allow) {
    return asker.judge(what, {{&image.view, may_allow, false}}).effective;
  };
  CHECK(effective(one(exec("git status")), true) == Verdict::allow);
  CHECK(effective(one(exec("git status")), false) == Verdict::pass);
  CHECK(effective(effect_of(exec("git status"), reads("/home/dev/project/.git")), true) == Verdict::allow);
  CHECK(effective(effect_of(exec("git status"), writes("/home/dev/.bashrc")), true) == Verdict::log);
  CHECK(effective(analysis({exec("git status"), exec("make")}), true) == Verdict::log);
  CHECK(effective(analysis({exec("git status"), opaque(model::OpaqueReason::limit)}), true) == Verdict::log);
}

TEST_CASE("a rule gives one match, its strictest") {
  const Image image = rule_image("on = \"read\"\npath = \"**/.env\"");
  const auto decision = Asker().judge(analysis({reads("/x/.e{name}"), reads("/x/.env"), reads("/y/.env")}), image);
  REQUIRE(decision.matches.size() == 1);
  CHECK(decision.matches[0].operation == 1);
  CHECK(decision.matches[0].truth == Truth::yes);
}

TEST_CASE("no rules, no answer") {
  const auto decision = Asker().judge(one(exec("ls")), std::vector<decide::Layer>{});
  CHECK(decision.effective == Verdict::deny);
  CHECK_FALSE(decision.fault.empty());
}

TEST_CASE("what follows from a failure") {
  using decide::Fault;
  struct Row {
    Fault fault;
    bool passes_when_observing;
  };
  const std::vector<Row> rows{{Fault::usage, false}, {Fault::input, true},  {Fault::policy, false}, {Fault::deadline, true},
                              {Fault::crash, true},  {Fault::memory, true}, {Fault::log, true},     {Fault::internal, true}};
  for (const Row& row : rows) {
    INFO(decide::name_of(row.fault));
    CHECK(decide::failure(row.fault, "d", std::nullopt).effective == Verdict::deny);
    CHECK(decide::failure(row.fault, "d", Mode::enforce).effective == Verdict::deny);
    const auto observed = decide::failure(row.fault, "d", Mode::observe);
    CHECK((observed.effective == Verdict::pass) == row.passes_when_observing);
    CHECK(observed.would == Verdict::deny);
    CHECK(observed.fault.find(": d") != std::string::npos);
  }
}

TEST_CASE("effects in plain words") {
  struct Row {
    Operation op;
    const char* words;
  };
  const std::vector<Row> rows{
      {deletes("/home/dev", {true}), "deletes /home/dev and everything below it"},
      {deletes("/home/dev", {true, true}), "deletes everything in /home/dev"},
      {reads("/a/.env", {false, false, true, "/b/.env"}), "reads /a/.env, which is /b/.env"},
      {writes("/a/{name}"), "writes to /a/‹?›"},
      {fetch("POST", "backboard.railway.com", "x"), "sends POST to backboard.railway.com"},
      {fetch("X\n\x1b[2J", "h"), "sends X\\n\\x1b[2J to h"},
      {query("postgres", "drop", "live"), "runs a statement on postgres database live"},
      {tool("mcp:a/b", "x"), "calls the tool mcp:a/b"},
      {opaque(model::OpaqueReason::download_and_run), "runs what it downloads"},
      {exec("git push", {"-f"}), "runs git push -f"},
  };
  for (const Row& row : rows) CHECK(decide::effect_of(row.op) == row.words);
  Operation stored = exec("git push", {"-f"});
  stored.stored = true;
  CHECK(decide::effect_of(stored).starts_with("runs a script that runs git"));
  CHECK(decide::effect_of(stored).find("-f") == std::string::npos);
  CHECK(decide::effect_of(deletes("/" + std::string(5000, 'a'), {true})).size() < 250);
  CHECK(decide::effect_of(tool(std::string(5000, 'a'), "")).size() < 250);
  CHECK(base::valid_utf8(decide::effect_of(reads("/" + std::string(158, 'a') + "äöü"))));
}
