#include "deploy/document.h"

#include <catch2/catch.hpp>

#include "deploy/command_line.h"
#include "deploy/policy_text.h"
#include "json/reader.h"
#include "support/golden.h"

namespace belay::deploy {

TEST_CASE("managed documents are as reviewed") {
  for (const AgentSettings& agent : all_agents()) {
    for (const Profile profile : {Profile::observe, Profile::enforce}) {
      INFO(agent.name << " " << name_of(profile));
      const Document document = managed_document(agent, {"/usr/bin/belay", profile});
      const bool toml = agent.agent == model::Agent::codex;
      test::check_golden(std::string(BELAY_TEST_DATA) + "/unit/deploy/golden/managed-" + std::string(agent.name) + "-" +
                             std::string(name_of(profile)) + (toml ? ".toml" : ".json"),
                         document.text);
      CHECK_FALSE(document.notes.empty());
      if (!toml) CHECK(json::Document::parse(document.text));
    }
  }
}

TEST_CASE("what every managed document of Claude Code owes") {
  const auto text = managed_document(*settings_of(model::Agent::claude), {"/usr/bin/belay", Profile::enforce}).text;
  const auto document = json::Document::parse(text);
  REQUIRE(document);
  const json::Value root = document->root();
  const json::Value group = root["hooks"]["PreToolUse"].first();
  const json::Value handler = group["hooks"].first();
  CHECK_FALSE(group["matcher"]);
  CHECK(handler["args"].is_array());
  CHECK(handler.string_at("command") == "/usr/bin/belay");
  CHECK(handler.string_at("onFailure") == "block");
  CHECK(root.string_at("requiredMinimumVersion") == "2.1.295");
  CHECK(root["allowManagedHooksOnly"].truthy());
  for (const char* name : {"CLAUDE_CODE_SIMPLE", "LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH", "BASH_ENV", "ENV"}) {
    INFO(name);
    CHECK(root["env"][name].is_string());
    CHECK(root["env"].string_at(name, "unset").empty());
  }
}

TEST_CASE("quoting for a shell, and reading it back") {
  const struct {
    const char* word;
    const char* quoted;
  } rows[] = {
      {"/usr/bin/belay", "/usr/bin/belay"},
      {"/opt/my tools/belay", "'/opt/my tools/belay'"},
      {"it's", "'it'\\''s'"},
      {"", "''"},
      {"a$b", "'a$b'"},
      {"a;b", "'a;b'"},
  };
  for (const auto& row : rows) {
    CHECK(shell_quoted(row.word) == row.quoted);
    CHECK(first_words(row.quoted) == std::vector<std::string>{row.word});
  }
  CHECK(first_words("a b\\ c \"d 'e\" && f") == std::vector<std::string>{"a", "b c", "d 'e"});
  CHECK(first_words("  ").empty());
  CHECK(first_words("belay hook||exit 2") == std::vector<std::string>{"belay", "hook"});
  CHECK(first_words("'open") == std::vector<std::string>{"open"});
}

TEST_CASE("only the mode of a policy changes") {
  const struct {
    const char* what;
    const char* before;
    const char* after;
  } rows[] = {
      {"no file", "", "[policy]\nmode = \"observe\"\n"},
      {"the usual", "# ours\n[policy]\nmode = \"enforce\"   # since May\n\n[params]\np = [\"x\"]\n",
       "# ours\n[policy]\nmode = \"observe\"   # since May\n\n[params]\np = [\"x\"]\n"},
      {"other quotes and blanks", "[ policy ]\n  mode='enforce'#x\n", "[ policy ]\n  mode=\"observe\"#x\n"},
      {"not said yet", "[policy]\nproject_layer = true\n", "[policy]\nmode = \"observe\"\nproject_layer = true\n"},
      {"a bare table without newline", "[policy]", "[policy]\nmode = \"observe\"\n"},
      {"no table", "[[override]]\nrule = \"a.b\"\nmode = \"enforce\"",
       "[[override]]\nrule = \"a.b\"\nmode = \"enforce\"\n\n[policy]\nmode = \"observe\"\n"},
      {"mode of an override stays", "[policy]\nmode = \"enforce\"\n[[override]]\nrule = \"a.b\"\nmode = \"off\"\n",
       "[policy]\nmode = \"observe\"\n[[override]]\nrule = \"a.b\"\nmode = \"off\"\n"},
      {"inside a string it is text",
       "[pack]\ntitle = \"\"\"\n[policy]\nmode = \"enforce\"\n\"\"\"\n[policy]\nmode = \"enforce\"\n",
       "[pack]\ntitle = \"\"\"\n[policy]\nmode = \"enforce\"\n\"\"\"\n[policy]\nmode = \"observe\"\n"},
      {"the same after the table", "[policy]\nmode = \"enforce\"\n[pack]\ntitle = '''\n[policy]\nmode = \"enforce\"\n'''\n",
       "[policy]\nmode = \"observe\"\n[pack]\ntitle = '''\n[policy]\nmode = \"enforce\"\n'''\n"},
      {"a quote in a comment opens nothing", "# it's \"\"\" here\n[policy]\nmode = \"enforce\"\n",
       "# it's \"\"\" here\n[policy]\nmode = \"observe\"\n"},
      {"line ends of Windows", "[policy]\r\nmode = \"enforce\"\r\n", "[policy]\r\nmode = \"observe\"\r\n"},
      {"as it is", "[policy]\nmode = \"observe\"\n", "[policy]\nmode = \"observe\"\n"},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    CHECK(with_mode(row.before, "observe") == row.after);
    CHECK(with_mode(row.after, "observe") == row.after);
  }
}

}  // namespace belay::deploy
