#include "command/program/tasks.h"

#include "command/program/commands.h"
#include "command/program/yaml.h"

namespace belay::command::program {

namespace {

class Tox final : public Commands {
 public:
  using Commands::Commands;

  void run() override {
    bool commands = false;
    for (; more(); skip("\n")) {
      const bool goes_on = peek() == ' ' || peek() == '\t';
      Text line = logical_line();
      if (!goes_on) {
        const auto equals = line.view().find('=');
        commands = equals != std::string_view::npos && base::trim(line.view().substr(0, equals)).starts_with("commands");
        line = commands ? line.substr(equals + 1) : Text();
      }
      // A dash before a command: its failure is ignored.
      if (commands) shell(line.substr(std::min(line.view().find_first_not_of("- \t"), line.size())));
    }
  }
};

class Taskfile {
 public:
  Taskfile(const Change& change, Effects& effects) : change_(change), effects_(effects) {}

  void run(const yaml::Node& document) {
    variables(document);
    const yaml::Node* const tasks = document.get("tasks");
    if (tasks == nullptr) return;
    for (const auto& [name, task] : tasks->entries) commands(task);
  }

 private:
  /// A task, or what stands under its `cmds`: a command, a list of them, a map.
  void commands(const yaml::Node& node) {
    switch (node.kind) {
      case yaml::Node::Kind::scalar: return shell(node.text);
      case yaml::Node::Kind::list:
        for (const auto& [key, item] : node.entries) commands(item);
        return;
      case yaml::Node::Kind::map: break;
    }
    for (const std::string_view key : {"cmds", "cmd", "defer"}) {
      if (const yaml::Node* const inner = node.get(key)) commands(*inner);
    }
    variables(node);
  }

  /// `vars: { X: { sh: … } }`
  void variables(const yaml::Node& node) {
    const yaml::Node* const all = node.get("vars");
    if (all == nullptr) return;
    for (const auto& [name, value] : all->entries) {
      if (const yaml::Node* const code = value.get("sh")) shell(code->text);
    }
  }

  void shell(const Text& code) {
    if (!code.empty()) effects_.run_shell(code, {}, change_);
  }

  const Change& change_;
  Effects& effects_;
};

}  // namespace

void read_tox(const Text& code, const Change& change, Effects& effects) { Tox(code, change, effects).run(); }

void read_taskfile(const Text& code, const Change& change, Effects& effects) {
  const yaml::Documents documents = yaml::documents(code);
  if (documents.problem) effects.opaque(*documents.problem, "tasks that `" + effects.name() + "` runs");
  for (const yaml::Node& document : documents.all) Taskfile(change, effects).run(document);
}

}  // namespace belay::command::program
