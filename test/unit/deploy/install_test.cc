#include "deploy/install.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "json/pretty.h"
#include "unit/deploy/temporary_home.h"

namespace belay::deploy {

namespace {

using test::TemporaryHome;

const AgentSettings& claude() { return *settings_of(model::Agent::claude); }
const Hook kHook{"/opt/belay/bin/belay", Profile::enforce};

base::Result<Edited> install_hook(const std::string& file, const AgentSettings& agent, const Hook& hook) {
  BELAY_TRY(const Plan plan, plan_install(file, agent, hook));
  return carry_out(plan);
}

base::Result<Edited> uninstall_hook(const std::string& file, const AgentSettings& agent) {
  BELAY_TRY(const Plan plan, plan_uninstall(file, agent));
  return carry_out(plan);
}

constexpr auto kOurs = R"({
        "hooks": [
          {
            "type": "command",
            "command": "/opt/belay/bin/belay",
            "args": [
              "hook",
              "--agent",
              "claude"
            ],
            "timeout": 10,
            "onFailure": "block"
          }
        ]
      })";

std::string only_ours() { return std::string("{\n  \"hooks\": {\n    \"PreToolUse\": [\n      ") + kOurs + "\n    ]\n  }\n}\n"; }

/// Settings as people have them.
constexpr auto kLivedIn = R"J({
  "$schema": "https://json.schemastore.org/claude-code-settings.json",
  "model": "opus",
  "permissions": {
    "allow": [
      "Bash(npm run test:*)"
    ],
    "deny": []
  },
  "hooks": {
    "PostToolUse": [
      {
        "matcher": "Edit|Write",
        "hooks": [
          {
            "type": "command",
            "command": "prettier --write"
          }
        ]
      }
    ],
    "PreToolUse": [
      {
        "matcher": "Bash",
        "hooks": [
          {
            "type": "command",
            "command": "~/bin/log-it.sh",
            "timeout": 5
          }
        ]
      }
    ]
  },
  "feedbackSurveyState": {
    "lastShownTime": 1754000000000.50
  }
}
)J";

std::string lived_in_and_ours() {
  std::string out = kLivedIn;
  const std::string other_group = "            \"timeout\": 5\n          }\n        ]\n      }";
  const auto at = out.find(other_group);
  REQUIRE(at != std::string::npos);
  return out.insert(at + other_group.size(), std::string(",\n      ") + kOurs);
}

}  // namespace

TEST_CASE("a missing settings file is made, private") {
  const TemporaryHome home;
  const auto done = install_hook(home.at(".claude/settings.json"), claude(), kHook);
  REQUIRE(done);
  CHECK(done->changed);
  CHECK(done->backup.empty());
  CHECK(home.read(".claude/settings.json") == only_ours());
  struct stat status {};
  REQUIRE(::stat(home.at(".claude/settings.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
}

TEST_CASE("an empty settings file is like a missing one") {
  for (const char* text : {"", "\n", "{}", "{ }\n"}) {
    const TemporaryHome home;
    const auto file = home.write("settings.json", text);
    REQUIRE(install_hook(file, claude(), kHook));
    CHECK(home.read("settings.json") == only_ours());
  }
}

TEST_CASE("settings that somebody lives with keep everything, and come back") {
  const TemporaryHome home;
  const auto file = home.write("settings.json", kLivedIn);
  REQUIRE(::chmod(file.c_str(), 0644) == 0);
  const auto done = install_hook(file, claude(), kHook);
  REQUIRE(done);
  CHECK(home.read("settings.json") == lived_in_and_ours());
  CHECK(done->backup == file + ".before-belay");
  CHECK(home.read("settings.json.before-belay") == kLivedIn);
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0644U);

  SECTION("twice is once") {
    const auto again = install_hook(file, claude(), kHook);
    REQUIRE(again);
    CHECK_FALSE(again->changed);
    CHECK(home.read("settings.json") == lived_in_and_ours());
  }
  SECTION("another profile replaces it, and the backup stays the one without belay") {
    const auto again = install_hook(file, claude(), {kHook.program, Profile::observe});
    REQUIRE(again);
    CHECK(again->changed);
    CHECK(again->backup.empty());
    CHECK(home.read("settings.json").find("onFailure") == std::string::npos);
    CHECK(home.read("settings.json.before-belay") == kLivedIn);
    REQUIRE(install_hook(file, claude(), kHook));
    CHECK(home.read("settings.json") == lived_in_and_ours());
  }
  SECTION("uninstalling leaves what was there") {
    const auto gone = uninstall_hook(file, claude());
    REQUIRE(gone);
    CHECK(gone->removed == 1);
    CHECK(home.read("settings.json") == kLivedIn);
    const auto nothing = uninstall_hook(file, claude());
    REQUIRE(nothing);
    CHECK_FALSE(nothing->changed);
  }
}

TEST_CASE("older registrations of belay are replaced, wherever they lie and however they are written") {
  const struct {
    const char* what;
    const char* groups;
  } rows[] = {
      {"another path", R"([{"hooks":[{"type":"command","command":"/home/dev/old/belay","args":["hook"],"timeout":600}]}])"},
      {"shell form",
       R"([{"matcher":"","hooks":[{"type":"command","command":"'/opt/my tools/belay' hook --agent claude || exit 2"}]}])"},
      {"a matcher that leaves tools out", R"([{"matcher":"Bash","hooks":[{"type":"command","command":"belay hook"}]}])"},
      {"twice in one group",
       R"([{"hooks":[{"type":"command","command":"belay hook"},{"type":"command","command":"belay hook --agent claude"}]}])"},
      {"in two groups",
       R"([{"matcher":"Bash","hooks":[{"type":"command","command":"belay hook"}]},{"hooks":[{"type":"command","command":"/a/belay hook"}]}])"},
      {"in the background",
       R"J([{"matcher":"*","hooks":[{"type":"command","command":"belay hook","async":true,"if":"Bash(git *)"}]}])J"},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    const TemporaryHome home;
    const auto file = home.write("settings.json", std::string(R"({"hooks":{"PreToolUse":)") + row.groups + "}}");
    const auto done = install_hook(file, claude(), kHook);
    REQUIRE(done);
    CHECK(done->changed);
    CHECK(done->backup.empty());
    const auto document = json::Document::parse(home.read("settings.json"));
    REQUIRE(document);
    const auto found = registrations(json::Tree(document->root()), claude());
    REQUIRE(found.size() == 1);
    CHECK(found[0].argv == std::vector<std::string>{"/opt/belay/bin/belay", "hook", "--agent", "claude"});
    CHECK(found[0].matcher.empty());
    CHECK(home.read("settings.json").find("\"Bash\"") == std::string::npos);
    CHECK_FALSE(found[0].background);
    CHECK_FALSE(found[0].conditional);
    CHECK(found[0].fails_closed);
    REQUIRE(uninstall_hook(file, claude()));
    CHECK(home.read("settings.json").find("belay") == std::string::npos);
  }
}

TEST_CASE("what only looks like belay is left alone") {
  const char* others = R"({"hooks":{"PreToolUse":[{"hooks":[)"
                       R"({"type":"command","command":"/opt/belayer hook"},)"
                       R"({"type":"command","command":"echo belay hook"},)"
                       R"({"type":"command","command":"belay","args":["check","x"]},)"
                       R"({"type":"http","url":"https://belay.example/hook"}]}]}})";
  const TemporaryHome home;
  const auto file = home.write("settings.json", others);
  const auto gone = uninstall_hook(file, claude());
  REQUIRE(gone);
  CHECK_FALSE(gone->changed);
  CHECK(home.read("settings.json") == others);
  REQUIRE(install_hook(file, claude(), kHook));
  for (const char* word : {"belayer", "echo belay", "\"check\"", "belay.example"})
    CHECK(home.read("settings.json").find(word) != std::string::npos);
}

TEST_CASE("what is not understood is not touched, and the place is named") {
  const struct {
    const char* text;
    const char* says;
  } rows[] = {
      {"{\"a\": 1,}", "(byte 8)"},
      {"{\"a\": 1} // comment\n", "(byte 9)"},
      {"{\"a\": 1, \"a\": 2}", "`a` stands twice"},
      {"[]", "not an object"},
      {"{\"a\": ", "(byte 6)"},
      {"{\"hooks\": []}", "`hooks` is not an object"},
      {"{\"hooks\": {\"PreToolUse\": {}}}", "`hooks.PreToolUse` is not a list"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const TemporaryHome home;
    const auto file = home.write("settings.json", row.text);
    for (const auto& done : {install_hook(file, claude(), kHook), uninstall_hook(file, claude())}) {
      REQUIRE_FALSE(done);
      CHECK_THAT(done.error().what, Catch::Contains(row.says) && Catch::Contains(file) && Catch::Contains("was not changed"));
      CHECK(home.read("settings.json") == row.text);
    }
    CHECK_FALSE(std::filesystem::exists(file + ".before-belay"));
  }
}

TEST_CASE("a symbolic link stays one: its target is written") {
  const TemporaryHome home;
  home.write("dotfiles/claude.json", kLivedIn);
  std::filesystem::create_directories(home.at(".claude"));
  std::filesystem::create_symlink("../dotfiles/claude.json", home.at(".claude/settings.json"));
  const auto done = install_hook(home.at(".claude/settings.json"), claude(), kHook);
  REQUIRE(done);
  CHECK(done->file == home.at("dotfiles/claude.json"));
  CHECK(std::filesystem::is_symlink(home.at(".claude/settings.json")));
  CHECK(home.read("dotfiles/claude.json") == lived_in_and_ours());
}

TEST_CASE("a link that leads nowhere, a folder and a loop are refused") {
  const TemporaryHome home;
  std::filesystem::create_symlink("nowhere/settings.json", home.at("dangling"));
  std::filesystem::create_symlink("loop", home.at("loop"));
  std::filesystem::create_directories(home.at("folder"));
  for (const char* name : {"dangling", "loop", "folder"}) {
    INFO(name);
    const auto done = install_hook(home.at(name), claude(), kHook);
    REQUIRE_FALSE(done);
    CHECK_THAT(done.error().what, Catch::Contains(home.at(name)));
  }
  CHECK(std::filesystem::is_symlink(home.at("dangling")));
}

TEST_CASE("indentation is kept") {
  const TemporaryHome home;
  const auto file = home.write("settings.json", "{\n\t\"model\": \"opus\"\n}\n");
  REQUIRE(install_hook(file, claude(), kHook));
  CHECK(home.read("settings.json").starts_with("{\n\t\"model\": \"opus\",\n\t\"hooks\": {\n\t\t\"PreToolUse\""));
}

TEST_CASE("the other agents: a file of their form, found again and taken out again") {
  for (const AgentSettings& agent : all_agents()) {
    INFO(agent.name);
    const TemporaryHome home;
    const std::string name(agent.user_file);
    const auto done = install_hook(home.at(name), agent, {"/opt/my tools/belay", Profile::enforce});
    REQUIRE(done);
    test::check_golden(std::string(BELAY_TEST_DATA) + "/unit/deploy/golden/user-" + std::string(agent.name) + ".json",
                       home.read(name));
    const auto again = install_hook(home.at(name), agent, {"/opt/my tools/belay", Profile::enforce});
    REQUIRE(again);
    CHECK_FALSE(again->changed);
    const auto document = json::Document::parse(home.read(name));
    REQUIRE(document);
    const auto found = registrations(json::Tree(document->root()), agent);
    REQUIRE(found.size() == 1);
    CHECK(found[0].argv[0] == "/opt/my tools/belay");
    CHECK(found[0].fails_closed);
    CHECK(found[0].timeout == agent.timeout);
    const auto gone = uninstall_hook(home.at(name), agent);
    REQUIRE(gone);
    CHECK(gone->removed == 1);
    CHECK(std::filesystem::exists(home.at(name)) != agent.own_file);
  }
}

}  // namespace belay::deploy
