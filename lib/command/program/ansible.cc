#include "command/program/ansible.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::OpKind;
using yaml::Node;

/// A module whose argument `key` has that value (empty: any) does what the words do; `{a|b}` is the value of the first that is there.
struct ModuleRow {
  std::string_view module;
  std::string_view key;
  std::string_view value;
  std::string_view words;
};
constexpr std::array kModules{
    ModuleRow{"file", "state", "absent", "rm -rf {path|dest|name}"},
    ModuleRow{"file", "state", "touch", "touch {path|dest|name}"},
    ModuleRow{"file", "mode", "", "chmod {mode} {path|dest|name}"},
    ModuleRow{"copy", "src", "", "cp -r {src} {dest}"},
    ModuleRow{"copy", "content", "", "touch {dest}"},
    ModuleRow{"template", "src", "", "cp {src} {dest}"},
    ModuleRow{"lineinfile", "", "", "touch {path|dest|destfile|name}"},
    ModuleRow{"blockinfile", "", "", "touch {path|dest|destfile|name}"},
    ModuleRow{"replace", "", "", "touch {path|dest|destfile|name}"},
    ModuleRow{"get_url", "", "", "curl -o {dest} {url}"},
    ModuleRow{"slurp", "", "", "cat {src|path}"},
    ModuleRow{"fetch", "", "", "cat {src}"},
    ModuleRow{"synchronize", "delete", "yes", "rsync -a --delete {src} {dest}"},
    ModuleRow{"synchronize", "delete", "true", "rsync -a --delete {src} {dest}"},
    ModuleRow{"user", "state", "absent", "userdel {name|user}"},
    ModuleRow{"group", "state", "absent", "groupdel {name}"},
    ModuleRow{"service", "state", "stopped", "systemctl stop {name}"},
    ModuleRow{"systemd", "state", "stopped", "systemctl stop {name|unit|service}"},
    ModuleRow{"systemd_service", "state", "stopped", "systemctl stop {name|unit|service}"},
    ModuleRow{"postgresql_db", "state", "absent", "dropdb {name|db}"},
    ModuleRow{"mysql_db", "state", "absent", "mysqladmin -f drop {name|db}"},
    ModuleRow{"docker_volume", "state", "absent", "docker volume rm -f {name|volume_name}"},
    ModuleRow{"docker_container", "state", "absent", "docker rm -f {name}"},
    ModuleRow{"podman_volume", "state", "absent", "podman volume rm -f {name}"},
    ModuleRow{"k8s", "state", "absent", "kubectl delete {kind} {name}"},
    ModuleRow{"helm", "state", "absent", "helm uninstall {name|release_name}"},
    ModuleRow{"s3_bucket", "state", "absent", "aws s3 rb --force s3://{name}"},
    ModuleRow{"ec2_instance", "state", "absent", "aws ec2 terminate-instances --instance-ids {instance_ids}"},
    ModuleRow{"rds_instance", "state", "absent", "aws rds delete-db-instance --db-instance-identifier {db_instance_identifier|id}"},
    ModuleRow{"parted", "state", "absent", "parted -s {device} rm {number}"},
    ModuleRow{"filesystem", "force", "true", "mkfs {dev|device}"},
    ModuleRow{"filesystem", "force", "yes", "mkfs {dev|device}"},
    ModuleRow{"lvol", "state", "absent", "lvremove -f {vg}/{lv}"},
    ModuleRow{"zfs", "state", "absent", "zfs destroy {name}"},
};

/// Modules whose free text, or the argument of that name, is run.
constexpr std::array<std::string_view, 5> kRun{"shell", "command", "raw", "expect", "win_shell"};

bool runs_text(std::string_view module) { return std::ranges::find(kRun, module) != kRun.end(); }

/// `ansible.builtin.file` is `file`.
std::string_view plain_name(std::string_view module) {
  const std::size_t dot = module.rfind('.');
  return dot == std::string_view::npos ? module : module.substr(dot + 1);
}

const Text* argument(const ModuleArguments& arguments, std::string_view key) {
  const auto found = std::ranges::find_if(arguments, [&](const auto& a) { return a.first == key; });
  return found == arguments.end() ? nullptr : &found->second;
}

/// One word of a row: arguments in place of what stands in braces; nothing when none of them is given.
Text filled_in(std::string_view word, const ModuleArguments& arguments) {
  Text out;
  while (!word.empty()) {
    const std::size_t open = std::min(word.find('{'), word.size());
    out.append(word.substr(0, open));
    word.remove_prefix(open);
    if (word.empty()) break;
    const std::size_t close = word.find('}');
    std::string_view names = word.substr(1, close - 1);
    word.remove_prefix(close + 1);
    for (const Text* value = nullptr; value == nullptr && !names.empty();) {
      const std::string_view name = names.substr(0, names.find('|'));
      names.remove_prefix(std::min(name.size() + 1, names.size()));
      value = argument(arguments, name);
      if (value != nullptr) out.append(*value);
    }
  }
  return out;
}

bool applies(const ModuleRow& row, std::string_view module, const ModuleArguments& arguments) {
  if (row.module != module) return false;
  if (row.key.empty()) return true;
  const Text* const value = argument(arguments, row.key);
  return value != nullptr && (row.value.empty() || base::iequals(value->view(), row.value));
}

Text home_in_front(const Text& word, const Effects& effects) {
  if (!word.view().starts_with('~') || (word.size() > 1 && word.view()[1] != '/')) return word;
  Text out = effects.homes().front();
  out.append(word.substr(1));
  return out;
}

/// `path=~/x state=absent`, as a string.
ModuleArguments pairs_of(const Text& text) {
  ModuleArguments out;
  for (const Text& word : split_words(text)) {
    const auto equals = word.view().find('=');
    if (equals != std::string_view::npos) out.emplace_back(std::string(word.view().substr(0, equals)), word.substr(equals + 1));
  }
  return out;
}

ModuleArguments arguments_of(const Node& node) {
  if (node.kind == Node::Kind::scalar) return pairs_of(node.text);
  ModuleArguments out;
  for (const auto& [key, value] : node.entries) {
    const std::vector<Text> texts = value.texts();
    if (!texts.empty()) out.emplace_back(key, texts.front());
  }
  return out;
}

bool is_this_machine(std::string_view hosts) {
  return hosts.empty() || hosts == "localhost" || hosts == "all" || hosts.starts_with("127.") || hosts == "::1" || hosts.find("{{") != std::string_view::npos;
}

class Playbook {
 public:
  Playbook(const Change& change, Effects& effects) : change_(change), effects_(effects) {}

  void walk(const Node& node, bool elsewhere) {
    if (node.get("hosts") != nullptr) elsewhere = !is_this_machine(node.scalar("hosts")) && node.scalar("connection") != "local";
    for (const auto& [key, inner] : node.entries) {
      const std::string_view module = plain_name(key);
      // What runs shell code is found in the text wherever it stands (embedded.cc).
      const bool known = std::ranges::any_of(kModules, [&](const ModuleRow& row) { return row.module == module; });
      if (known) task(module, inner, elsewhere);
      else if (inner.kind != Node::Kind::scalar) walk(inner, elsewhere);
    }
  }

 private:
  void task(std::string_view module, const Node& arguments, bool elsewhere) {
    Change change = change_;
    change.remote = change.remote || elsewhere;
    run_module(module, arguments_of(arguments), change, effects_);
  }

  const Change& change_;
  Effects& effects_;
};

/// The argument of an option that stands in the program's block.
const Text* option_value(const Reading& reading, std::string_view spelling) {
  const auto number = reading.block().option(spelling);
  const auto found = std::ranges::find_if(reading.options, [&](const ReadOption& o) { return number && o.number == *number && o.has_value; });
  return found == reading.options.end() ? nullptr : &found->value;
}

}  // namespace

void run_module(std::string_view module, const ModuleArguments& arguments, const Change& change, Effects& effects) {
  for (const ModuleRow& row : kModules) {
    if (!applies(row, plain_name(module), arguments)) continue;
    std::vector<Text> argv;
    for (const std::string_view word : base::split_blank(row.words)) {
      Text filled = home_in_front(filled_in(word, arguments), effects);
      if (!filled.empty()) argv.push_back(std::move(filled));
    }
    effects.run(std::move(argv), change);
  }
}

void read_playbook(const Node& document, const Change& change, Effects& effects) { Playbook(change, effects).walk(document, false); }

void run_ansible(const Reading& reading, Effects& effects) {
  apply_files(reading, effects);
  Change change = surroundings(reading, effects).change;
  change.keeps_input = false;
  const std::string_view host = reading.operands.empty() ? std::string_view() : reading.operands.front().text.view();
  const Text* const connection = option_value(reading, "-c");
  const Text* const inventory = option_value(reading, "-i");
  const bool here = is_this_machine(host) && host != "all";
  const bool only_here = inventory != nullptr && inventory->view() == "localhost,";
  change.remote = !(here || only_here || (connection != nullptr && connection->view() == "local"));
  const Text* const name = option_value(reading, "-m");
  const Text* const given = option_value(reading, "-a");
  const std::string_view module = name == nullptr ? std::string_view("command") : plain_name(name->view());
  if (given == nullptr) return run_module(module, {}, change, effects);
  Change local = change;
  local.remote = false;
  apply_code("lookups", *given, local, effects);
  const bool structured = given->view().starts_with('{');
  const std::vector<Node> read = structured ? yaml::documents(*given).all : std::vector<Node>();
  const ModuleArguments arguments = read.empty() ? pairs_of(*given) : arguments_of(read.front());
  if (!runs_text(module)) return run_module(module, arguments, change, effects);
  const Text* const code = argument(arguments, module == "expect" ? "command" : "cmd");
  effects.run_shell(code != nullptr ? *code : *given, {}, change);
}

}  // namespace belay::command::program
