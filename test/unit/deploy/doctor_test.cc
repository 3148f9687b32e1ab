#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "agent/adapter.h"
#include "deploy/codex_config.h"
#include "deploy/diagnose.h"
#include "deploy/install.h"
#include "json/pretty.h"
#include "unit/deploy/temporary_home.h"

namespace belay::deploy {

namespace {

using model::Agent;
using test::TemporaryHome;

json::Tree read(std::string_view text) {
  const auto document = json::Document::parse(text);
  REQUIRE(document);
  return json::Tree(document->root());
}

const Check* find(const std::vector<Check>& checks, std::string_view id) {
  const auto found = std::find_if(checks.begin(), checks.end(), [&](const Check& one) { return one.id == id; });
  return found == checks.end() ? nullptr : &*found;
}

Health health_of(const std::vector<Check>& checks, std::string_view id) {
  INFO(id);
  const Check* const check = find(checks, id);
  REQUIRE(check != nullptr);
  CHECK((check->health == Health::ok) == check->advice.empty());
  return check->health;
}

Trial refusal(const AgentSettings& agent) {
  model::Call call;
  call.agent = agent.agent;
  call.event = model::Event::tool;
  call.tool = agent.shell_tool;
  model::Decision decision;
  decision.effective = decision.would = model::Verdict::deny;
  const agent::Reply reply = agent::answer(call, decision, {});
  return {true, false, reply.exit, reply.out, reply.err, {}};
}

SettingsFile settings(Agent agent, Scope scope, std::string_view text) {
  return {settings_of(agent), scope, std::string(name_of(scope)) + ".json", {}, read(text)};
}

/// A user installation of Claude Code with nothing wrong.
Facts sound(Scope scope = Scope::user, Profile profile = Profile::enforce) {
  const AgentSettings& claude = *settings_of(Agent::claude);
  Facts facts;
  facts.program = "/usr/bin/belay";
  facts.version = "1.2.3";
  facts.installation = {trust::Standing::user, "/home/dev/.config/belay", "/home/dev/.cache/belay/policy.img", "/home/dev/.local/state/belay/audit.jsonl"};
  facts.policy.rules = 40;
  facts.claude_version = "2.1.300";
  json::Tree tree = json::Tree::object();
  REQUIRE(add_hook(tree, claude, {"/usr/bin/belay", profile}));
  facts.files.push_back({&claude, scope, "settings.json", {}, tree});
  facts.in_use = {&claude};
  facts.hooks = hooks_to_try(facts.files, facts.codex);
  REQUIRE(facts.hooks.size() == 1);
  facts.hooks[0].trial = refusal(claude);
  return facts;
}

}  // namespace

TEST_CASE("a sound installation is healthy, and what a user's cannot promise is said") {
  const auto checks = diagnose(sound());
  CHECK(healthy(checks));
  CHECK(health_of(checks, "trust.standing") == Health::warn);
  for (const char* id : {"program", "policy.loads", "policy.mode", "log.writable", "claude.answers", "claude.fail-closed"}) {
    CHECK(health_of(checks, id) == Health::ok);
  }
  CHECK_THAT(find(checks, "trust.standing")->what, Catch::Contains("same user"));
}

TEST_CASE("each fact that breaks it is found") {
  const struct {
    const char* id;
    Health health;
    void (*spoil)(Facts&);
  } rows[] = {
      {"agents", Health::fail, [](Facts& f) { f.hooks.clear(); }},
      {"claude.registered", Health::warn, [](Facts& f) { f.hooks.clear(); }},
      {"policy.loads", Health::fail, [](Facts& f) { f.policy.error = "damaged"; }},
      {"policy.mode", Health::warn, [](Facts& f) { f.policy.mode = model::Mode::observe; }},
      {"policy.image", Health::warn, [](Facts& f) { f.policy.needs_image = true; f.policy.fresh = false; }},
      {"policy.image", Health::fail,
       [](Facts& f) { f.installation.standing = trust::Standing::system; f.policy.needs_image = true; f.policy.fresh = false; }},
      {"policy.image", Health::ok, [](Facts& f) { f.policy.needs_image = true; }},
      {"trust.standing", Health::ok, [](Facts& f) { f.installation.standing = trust::Standing::system; }},
      {"trust.standing", Health::warn, [](Facts& f) { f.installation = {}; }},
      {"trust.ownership", Health::fail,
       [](Facts& f) { f.installation.standing = trust::Standing::system; f.untrusted = {"`/etc/belay` belongs to uid 1000, not to root"}; }},
      {"log.writable", Health::warn, [](Facts& f) { f.log.error = "no space left"; }},
      {"log.writable", Health::fail, [](Facts& f) { f.log.error = "no space left"; f.policy.audit_required = true; }},
      {"log.evidence", Health::fail, [](Facts& f) { f.installation.standing = trust::Standing::system; f.log.users_own = true; }},
      {"log.evidence", Health::fail,
       [](Facts& f) { f.installation.standing = trust::Standing::system; f.log.users_own = f.log.to_journal = true; f.log.journal_error = "nobody"; }},
      {"log.writable", Health::ok, [](Facts& f) { f.installation.standing = trust::Standing::system; f.log.users_own = f.log.to_journal = true; }},
      {"log.writable", Health::ok, [](Facts& f) { f.installation.standing = trust::Standing::system; f.log.through_program = true; }},
      {"log.journal", Health::ok, [](Facts& f) { f.log.to_journal = true; }},
      {"log.journal", Health::warn, [](Facts& f) { f.log.to_journal = true; f.log.journal_error = "nobody listens"; }},
      {"log.journal", Health::fail,
       [](Facts& f) { f.log.to_journal = true; f.log.journal_error = "nobody listens"; f.policy.audit_required = true; }},
      {"trust.exposed", Health::fail, [](Facts& f) { f.exposed = {"`/home/dev/.config` can be written by others"}; }},
      {"claude.answers", Health::fail, [](Facts& f) { f.hooks[0].trial.status = 0; }},
      {"claude.matcher", Health::fail, [](Facts& f) { f.hooks[0].registration.matcher = "Bash"; }},
      {"claude.async", Health::fail, [](Facts& f) { f.hooks[0].registration.background = true; }},
      {"claude.if", Health::fail, [](Facts& f) { f.hooks[0].registration.conditional = true; }},
      {"claude.timeout", Health::warn, [](Facts& f) { f.hooks[0].registration.timeout = 1; }},
      {"claude.fail-closed", Health::warn, [](Facts& f) { f.hooks[0].registration.fails_closed = false; }},
      {"claude.fail-closed", Health::ok,
       [](Facts& f) { f.hooks[0].registration.fails_closed = false; f.policy.mode = model::Mode::observe; }},
      {"claude.fail-closed", Health::warn, [](Facts& f) { f.claude_version = "2.1.197"; }},
      {"claude.fail-closed", Health::warn, [](Facts& f) { f.claude_version.clear(); }},
      {"claude.fail-closed", Health::ok, [](Facts& f) { f.claude_version = "2.1.295"; }},
      {"claude.twice", Health::warn, [](Facts& f) { f.hooks.push_back(f.hooks[0]); }},
      {"claude.moved", Health::warn, [](Facts& f) { f.variables = {"CLAUDE_CONFIG_DIR"}; }},
      {"claude.switched-off", Health::fail, [](Facts& f) { f.variables = {"CLAUDE_CODE_SIMPLE"}; }},
      {"claude.settings", Health::fail, [](Facts& f) { f.hooks.clear(); f.files[0].error = "not one JSON object"; }},
  };
  for (const auto& row : rows) {
    Facts facts = sound();
    row.spoil(facts);
    const auto checks = diagnose(facts);
    CHECK(health_of(checks, row.id) == row.health);
    if (row.health == Health::fail) CHECK_FALSE(healthy(checks));
  }
}

TEST_CASE("what switches hooks off, and how far it reaches") {
  const struct {
    const char* what;
    Agent agent;
    Scope scope;
    const char* text;
    bool users_hook;    ///< is off
    bool managed_hook;  ///< is off too
  } rows[] = {
      {"user's disableAllHooks", Agent::claude, Scope::user, R"({"disableAllHooks":true})", true, false},
      {"project's disableAllHooks", Agent::claude, Scope::project, R"({"disableAllHooks":true})", true, false},
      {"managed disableAllHooks", Agent::claude, Scope::managed, R"({"disableAllHooks":true})", true, true},
      {"not so", Agent::claude, Scope::project, R"({"disableAllHooks":false})", false, false},
      {"managed hooks only", Agent::claude, Scope::managed, R"({"allowManagedHooksOnly":true})", true, false},
      {"the same means nothing elsewhere", Agent::claude, Scope::user, R"({"allowManagedHooksOnly":true})", false, false},
      {"simple, from a project", Agent::claude, Scope::project, R"({"env":{"CLAUDE_CODE_SIMPLE":"1"}})", true, true},
      {"simple, empty", Agent::claude, Scope::project, R"({"env":{"CLAUDE_CODE_SIMPLE":""}})", false, false},
      {"simple, 0", Agent::claude, Scope::user, R"({"env":{"CLAUDE_CODE_SIMPLE":"0"}})", false, false},
      {"a value of the wrong kind", Agent::claude, Scope::user, R"({"permissions":{"allow":"Bash"}})", true, false},
      {"the same in a project's file", Agent::claude, Scope::project, R"({"permissions":{"allow":"Bash"}})", false, false},
      {"Gemini, disabled", Agent::gemini, Scope::project, R"({"hooksConfig":{"enabled":false}})", true, true},
      {"Gemini, by name", Agent::gemini, Scope::project, R"({"hooksConfig":{"disabled":["belay"]}})", true, true},
      {"Gemini, another's name", Agent::gemini, Scope::project, R"({"hooksConfig":{"disabled":["other"]}})", false, false},
      {"Copilot", Agent::copilot, Scope::project, R"({"disableAllHooks":true})", true, false},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    const std::vector<SettingsFile> files{settings(row.agent, row.scope, row.text)};
    const auto found = switched_off(*settings_of(row.agent), files);
    CHECK(!found.empty() == row.users_hook);
    CHECK(std::any_of(found.begin(), found.end(), [](const SwitchedOff& one) { return one.managed_too; }) == row.managed_hook);
    for (const Agent other : {Agent::claude, Agent::codex, Agent::gemini, Agent::copilot}) {
      if (other != row.agent) CHECK(switched_off(*settings_of(other), files).empty());
    }
  }
}

TEST_CASE("managed settings pin what a project would switch") {
  std::vector<SettingsFile> files{settings(Agent::claude, Scope::project, R"({"env":{"CLAUDE_CODE_SIMPLE":"1"}})"),
                                  settings(Agent::claude, Scope::managed, R"({"env":{"CLAUDE_CODE_SIMPLE":""}})"),
                                  settings(Agent::gemini, Scope::project, R"({"hooksConfig":{"enabled":false}})"),
                                  settings(Agent::gemini, Scope::managed, R"({"hooksConfig":{"enabled":true}})")};
  CHECK(switched_off(*settings_of(Agent::claude), files).empty());
  CHECK(switched_off(*settings_of(Agent::gemini), files).empty());
}

TEST_CASE("a switch below managed settings does not frighten a managed installation") {
  for (const Scope scope : {Scope::user, Scope::managed}) {
    Facts facts = sound(scope);
    facts.files.push_back(settings(Agent::claude, Scope::project, R"({"disableAllHooks":true})"));
    CHECK(healthy(diagnose(facts)) == (scope == Scope::managed));
  }
}

TEST_CASE("refusals in every agent's form are taken for what they are, and nothing else is") {
  for (const AgentSettings& agent : all_agents()) {
    INFO(agent.name);
    const Trial good = refusal(agent);
    CHECK(fault_of(good, agent).empty());
    for (const AgentSettings& other : all_agents()) {
      if (other.verdict_path != agent.verdict_path) CHECK_FALSE(fault_of(refusal(other), agent).empty());
    }
    Trial bad = good;
    bad.err = "\n";
    CHECK_THAT(fault_of(bad, agent), Catch::Contains("stderr"));
    bad = good;
    bad.out = bad.out.substr(0, bad.out.size() / 2);
    CHECK_FALSE(fault_of(bad, agent).empty());
    bad = good;
    bad.status = 1;
    CHECK_THAT(fault_of(bad, agent), Catch::Contains("ends with 1"));
    bad.timed_out = true;
    CHECK_THAT(fault_of(bad, agent), Catch::Contains("in time"));
    CHECK_THAT(fault_of({false, false, -1, {}, {}, "no such file"}, agent), Catch::Contains("no such file"));
  }
}

TEST_CASE("the invented call is one that its agent could have sent") {
  for (const AgentSettings& agent : all_agents()) {
    INFO(agent.name);
    for (const Agent named : {agent.agent, Agent::unknown}) {
      const auto call = agent::read_call(trial_payload(agent), named);
      REQUIRE(call);
      CHECK(call->agent == agent.agent);
      CHECK(call->event == model::Event::tool);
      REQUIRE(call->actions.size() == 1);
      CHECK(std::holds_alternative<model::RunShell>(call->actions[0]));
    }
  }
}

TEST_CASE("a hook is run as the agent runs it") {
  const TemporaryHome home;
  const AgentSettings& claude = *settings_of(Agent::claude);
  const std::string program = home.write("belay", "#!/bin/sh\ncat >\"$0.in\"\nenv >\"$0.env\"\necho out\necho \"$*\" >&2\nexit 2\n");
  REQUIRE(::chmod(program.c_str(), 0700) == 0);
  Registration hook;
  hook.argv = {program, "hook", "a b"};
  const Trial direct = run_hook(hook, claude, "payload\n", std::chrono::seconds(20));
  CHECK(direct.started);
  CHECK(direct.status == 2);
  CHECK(direct.out == "out\n");
  CHECK(direct.err == "hook a b\n");
  CHECK(home.read("belay.in") == "payload\n");
  CHECK(home.read("belay.env").find("HOME=") == std::string::npos);

  hook.shell = program + " hook 'x  y' || exit 7";
  const Trial shell = run_hook(hook, claude, "payload\n", std::chrono::seconds(20));
  CHECK(shell.status == 7);
  CHECK(shell.err == "hook x  y\n");
}

TEST_CASE("a hook that does not start, is killed or never ends") {
  const TemporaryHome home;
  const AgentSettings& claude = *settings_of(Agent::claude);
  Registration hook;
  hook.argv = {home.at("missing"), "hook"};
  const Trial missing = run_hook(hook, claude, "x", std::chrono::seconds(20));
  CHECK((!missing.started || missing.status == 127));
  hook.shell = "kill -KILL $$";
  CHECK(run_hook(hook, claude, "x", std::chrono::seconds(20)).status == 128 + 9);
  hook.shell = "sleep 600 & sleep 600";
  const auto before = std::chrono::steady_clock::now();
  const Trial endless = run_hook(hook, claude, "x", std::chrono::milliseconds(200));
  CHECK(endless.timed_out);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(60));
}

TEST_CASE("a project's registrations are never run") {
  const std::string text = R"({"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"belay hook"}]}]}})";
  const std::vector<SettingsFile> files{settings(Agent::claude, Scope::project, text), settings(Agent::claude, Scope::user, text)};
  const auto hooks = hooks_to_try(files, {});
  REQUIRE(hooks.size() == 1);
  CHECK(hooks[0].scope == Scope::user);
}

TEST_CASE("settings are gathered from where agents read them") {
  const TemporaryHome home;
  const TemporaryHome project;
  const TemporaryHome machine;
  home.write(".claude/settings.json", "{}");
  home.write(".copilot/hooks/other.json", "{}");
  home.write(".copilot/config.json", "{}");
  home.write(".gemini/settings.json", "{broken");
  project.write(".claude/settings.local.json", "{}");
  machine.write("etc/claude-code/managed-settings.json", "{}");
  machine.write("etc/claude-code/managed-settings.d/50-belay.json", "{}");
  machine.write("etc/claude-code/managed-settings.d/.hidden.json", "{}");
  machine.write("etc/claude-code/managed-settings.d/README", "{}");
  machine.write("etc/codex/requirements.toml", "[features]\nhooks = true\n");
  const Surroundings where{home.path(), project.path(), machine.path(), {}};
  std::vector<std::string> seen;
  for (const SettingsFile& file : gather_settings(where)) {
    seen.push_back(std::string(file.agent->name) + " " + std::string(name_of(file.scope)) + " " + file.path.substr(file.path.rfind('/') + 1) +
                   (file.error.empty() ? "" : " broken"));
  }
  CHECK(seen == std::vector<std::string>{"claude managed managed-settings.json", "claude managed 50-belay.json", "claude user settings.json",
                                         "claude project settings.local.json", "gemini user settings.json broken", "copilot user other.json",
                                         "copilot user config.json"});
  REQUIRE(gather_codex(where).size() == 1);
  CHECK(gather_codex(where)[0].scope == Scope::managed);
  CHECK(agents_in_use(where).size() == 3);
}

TEST_CASE("the version of Claude Code is read from where it lies") {
  const TemporaryHome home;
  CHECK(claude_version({home.path(), "", "", {}}).empty());
  home.write(".local/share/claude/versions/2.1.300", "x");
  std::filesystem::create_directories(home.at(".local/bin"));
  std::filesystem::create_symlink(home.at(".local/share/claude/versions/2.1.300"), home.at(".local/bin/claude"));
  CHECK(claude_version({home.path(), "", "", {}}) == "2.1.300");
  home.write("npm/lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe", "x");
  home.write("npm/lib/node_modules/@anthropic-ai/claude-code/package.json", R"({"name":"@anthropic-ai/claude-code","version":"2.1.197"})");
  std::filesystem::create_directories(home.at("npm/bin"));
  std::filesystem::create_symlink("../lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe", home.at("npm/bin/claude"));
  CHECK(claude_version({home.path(), "", "", {home.at("npm/bin")}}) == "2.1.197");
  CHECK(earlier("2.1.197", "2.1.295"));
  CHECK_FALSE(earlier("2.1.295", "2.1.295"));
  CHECK(earlier("2.1.99", "2.1.295"));
  CHECK_FALSE(earlier("unknown", "2.1.295"));
}

TEST_CASE("what Codex keeps in TOML") {
  CHECK(codex_hooks_feature("[features]\nhooks = false\n") == Feature::off);
  CHECK(codex_hooks_feature("[features]\n# hooks = false\nhooks=true\n") == Feature::on);
  CHECK(codex_hooks_feature("features.hooks = false\n") == Feature::off);
  CHECK(codex_hooks_feature("[other]\nhooks = false\n") == Feature::unsaid);
  const char* config = "[hooks.state.\"/home/dev/.codex/hooks.json:pre_tool_use:0:0\"]\ntrusted_hash = \"sha256:1\"\n";
  CHECK(codex_trusts(config, "/home/dev/.codex/hooks.json"));
  CHECK_FALSE(codex_trusts(config, "/home/eve/.codex/hooks.json"));
  const auto managed = test::slurp(std::string(BELAY_TEST_DATA) + "/unit/deploy/golden/managed-codex-enforce.toml");
  const auto found = codex_managed_hooks(managed);
  REQUIRE(found.size() == 1);
  CHECK(found[0].argv == std::vector<std::string>{"/usr/bin/belay", "hook", "--agent", "codex"});
  CHECK(found[0].shell == "/usr/bin/belay hook --agent codex || exit 2");
  CHECK(found[0].fails_closed);
}

TEST_CASE("Codex skips what nobody trusted, and features.hooks = false unless it is pinned") {
  Facts facts = sound();
  facts.hooks[0].agent = settings_of(Agent::codex);
  facts.hooks[0].trial = refusal(*facts.hooks[0].agent);
  CHECK(health_of(diagnose(facts), "codex.trusted") == Health::fail);
  facts.codex = {{Scope::user, "config.toml", "[hooks.state.\"settings.json:pre_tool_use:0:0\"]\ntrusted_hash = \"x\"\n"}};
  CHECK(find(diagnose(facts), "codex.trusted") == nullptr);
  facts.codex.push_back({Scope::project, "p/config.toml", "[features]\nhooks = false\n"});
  CHECK(health_of(diagnose(facts), "codex.switched-off") == Health::fail);
  facts.codex.push_back({Scope::managed, "requirements.toml", "[features]\nhooks = true\n"});
  CHECK(find(diagnose(facts), "codex.switched-off") == nullptr);
}

}  // namespace belay::deploy
