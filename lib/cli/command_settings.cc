#include <CLI/App.hpp>
#include <memory>

#include "cli/deploying.h"
#include "cli/terminal.h"
#include "deploy/document.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

struct SettingsOptions {
  std::string agent;
  std::string profile = "enforce";
  std::string program;
  bool json = false;
};

std::vector<std::string> notes_of(const deploy::Document& document, const deploy::Hook& hook) {
  std::vector<std::string> out = document.notes;
  out.push_back("the mode is the policy's: /etc/belay/policy.toml says [policy] mode = \"" +
                std::string(deploy::name_of(hook.profile)) + "\"");
  constexpr std::string_view kPrivate[] = {"/home/", "/root/", "/tmp/", "/var/tmp/"};
  for (const std::string_view folder : kPrivate) {
    if (hook.program.starts_with(folder))
      out.push_back(hook.program + " is nothing that every user has: --program /usr/bin/belay");
  }
  return out;
}

std::string as_json(const deploy::AgentSettings& agent, const deploy::Document& document, const std::vector<std::string>& notes) {
  std::string out;
  json::Writer w(out);
  w.begin_object().field("agent", agent.name).field("document", document.text).key("notes").begin_array();
  for (const std::string& note : notes) w.string(note);
  w.end_array().end_object();
  return out + "\n";
}

void settings(const SettingsOptions& options) {
  const deploy::AgentSettings& agent = agent_or_stop(options.agent);
  const deploy::Hook hook{program_or_stop(options.program), profile_or_stop(options.profile)};
  const deploy::Document document = deploy::managed_document(agent, hook);
  const std::vector<std::string> notes = notes_of(document, hook);
  if (options.json) return print(as_json(agent, document, notes));
  print(document.text);
  std::string text;
  for (const std::string& note : notes) text += "note: " + note + "\n";
  complain(text);
}

}  // namespace

void add_settings(CLI::App& app, Program&) {
  CLI::App* command = app.add_subcommand("settings", "print the managed settings that register belay on many machines");
  const auto options = std::make_shared<SettingsOptions>();
  command->add_option("agent", options->agent, "claude, codex, gemini or copilot")->required()->type_name("AGENT");
  command
      ->add_option("--profile", options->profile, "observe: the hook and nothing else; enforce: also shut what switches it off")
      ->capture_default_str();
  command->add_option("--program", options->program, "the path of belay on those machines, if not this program's")
      ->type_name("PATH");
  command->add_flag("--json", options->json, "document and notes in one JSON object");
  command->footer("The document goes to standard output, what to do with it to standard error.");
  command->callback([options] { settings(*options); });
}

}  // namespace belay::cli
