#include "rulekit/case_world.h"

#include <catch2/catch.hpp>

using namespace belay;
using base::NodeKind;

namespace {

policy::Case run_case() {
  policy::Case one;
  one.run = "true";
  return one;
}

}  // namespace

TEST_CASE("a case sees the same machine everywhere") {
  const auto scene = rulekit::scene_of(run_case());
  REQUIRE(scene);
  CHECK(scene->call.cwd == "/home/dev/project");
  CHECK(scene->call.project == "/home/dev/project");
  CHECK(scene->call.agent == model::Agent::claude);
  CHECK(scene->call.event == model::Event::tool);
  CHECK(scene->world().homes == std::vector<std::string>{"/home/dev"});
  CHECK(scene->world().user == "dev");
  CHECK(scene->places().tmp == std::vector<std::string>{"/tmp", "/var/tmp"});
  CHECK(scene->actor().uid == 1000);
}

TEST_CASE("a case changes what it names and nothing else") {
  auto one = run_case();
  one.cwd = "/srv/app";
  one.home = "/home/other";
  one.unattended = true;
  one.agent = "gemini";
  one.env_vars = {{"HOME", "/elsewhere"}, {"A", "b"}};
  const auto scene = rulekit::scene_of(one);
  REQUIRE(scene);
  CHECK(scene->call.cwd == "/srv/app");
  CHECK(scene->call.project == "/home/dev/project");
  CHECK(scene->call.unattended);
  CHECK(scene->call.agent == model::Agent::gemini);
  CHECK(scene->places().homes == std::vector<std::string>{"/home/other", "/home/dev"});
  const auto world = scene->world();
  const auto value = [&](std::string_view name) {
    std::string out;
    for (const auto& [key, text] : world.env) {
      if (key == name) out += text + "|";
    }
    return out;
  };
  CHECK(value("HOME") == "/elsewhere|");
  CHECK(value("A") == "b|");
  CHECK(value("PWD") == "/srv/app|");
}

TEST_CASE("invented files lie where the case says") {
  auto one = run_case();
  one.cwd = "/srv/app";
  one.files = {{"cfg", "-> /etc/app"}, {"~/x/y", "file"}, {"/opt/z/../w", "dir"}, {"/root/secret", "unreadable"}};
  const auto scene = rulekit::scene_of(one);
  REQUIRE(scene);
  struct Row {
    std::string path;
    NodeKind kind;
    std::string target;
  };
  for (const auto& row :
       {Row{"/srv/app/cfg", NodeKind::symlink, "/etc/app"}, Row{"/home/dev/x/y", NodeKind::file, ""},
        Row{"/home/dev/x", NodeKind::directory, ""}, Row{"/opt/w", NodeKind::directory, ""}, Row{"/srv", NodeKind::directory, ""},
        Row{"/", NodeKind::directory, ""}, Row{"/nowhere", NodeKind::missing, ""}}) {
    INFO(row.path);
    const auto node = scene->files->lookup(row.path);
    REQUIRE(node);
    CHECK(node->kind == row.kind);
    CHECK(node->target == row.target);
  }
  CHECK(scene->files->lookup("/root/secret").error().code == base::Errc::io);
  CHECK(*scene->files->list("/srv", 10) == std::vector<std::string>{"app"});
  CHECK(*scene->files->list("/srv/app", 10) == std::vector<std::string>{"cfg"});
  CHECK(scene->files->list("/", 2).error().code == base::Errc::too_large);
  CHECK_FALSE(scene->files->list("/nowhere", 2));
}

TEST_CASE("a tool case goes through the agent's own reader") {
  struct Row {
    std::string agent, tool, input;
    std::size_t action;
  };
  const Row rows[] = {
      {"", "Read", R"({"file_path":"x"})", 3},
      {"claude", "Bash", R"({"command":"ls"})", 1},
      {"codex", "Bash", R"({"command":"ls"})", 1},
      {"gemini", "run_shell_command", R"({"command":"ls"})", 1},
      {"copilot", "bash", R"({"command":"ls"})", 1},
      {"", "mcp:railway/volume_delete", R"({"id":"x"})", 9},
      {"", "mcp__railway__volume_delete", R"({"id":"x"})", 9},
  };
  for (const auto& row : rows) {
    INFO(row.agent << " " << row.tool);
    policy::Case one;
    one.kind = policy::Case::Kind::tool;
    one.tool = row.tool;
    one.input_json = row.input;
    one.agent = row.agent;
    const auto scene = rulekit::scene_of(one);
    REQUIRE(scene);
    REQUIRE(scene->call.actions.size() >= 1);
    CHECK(scene->call.actions[0].index() == row.action);
    if (row.action == 9) CHECK(std::get<model::UseTool>(scene->call.actions[0]).tool == "mcp:railway/volume_delete");
  }
}
