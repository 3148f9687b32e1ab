#include "command/program/manifests.h"

#include <algorithm>
#include <array>

#include "command/program/ansible.h"
#include "command/program/roles.h"
#include "command/program/yaml.h"

namespace belay::command::program {

namespace {

using yaml::Node;
using Words = std::vector<Text>;

Text joined(std::string_view before, const Text& text) {
  Text out(before);
  out.append(text);
  return out;
}

void append(Words& to, const Words& words) { to.insert(to.end(), words.begin(), words.end()); }

/// `command: rm -rf x` and `command: [rm, -rf, x]`.
Words command_of(const Node* node) {
  if (node == nullptr) return {};
  return node->kind == Node::Kind::scalar ? split_words(node->text) : node->texts();
}

bool is_true(const Node& node, std::string_view key) { return node.scalar(key) == "true" || node.scalar(key) == "yes"; }

/// Compose Specification: keys of a service that are options of `docker run`.
struct OptionRow {
  std::string_view key;
  std::string_view option;
};
constexpr std::array kServiceOptions{
    OptionRow{"pid", "--pid="},          OptionRow{"ipc", "--ipc="},         OptionRow{"userns_mode", "--userns="}, OptionRow{"network_mode", "--network="},
    OptionRow{"cap_add", "--cap-add="},  OptionRow{"devices", "--device="},  OptionRow{"security_opt", "--security-opt="},
    OptionRow{"user", "--user="},        OptionRow{"working_dir", "--workdir="},
};

/// `~` and `$HOME` are taken for the home by Compose itself.
Text host_path(const Text& path, const Effects& effects) {
  for (const std::string_view home : {"${HOME}", "$HOME", "~"}) {
    if (!path.view().starts_with(home)) continue;
    Text out = effects.homes().front();
    out.append(path.substr(home.size()));
    return out;
  }
  return path;
}

void mount_volumes(const Node& service, const Effects& effects, Words& argv) {
  const Node* const volumes = service.get("volumes");
  if (volumes == nullptr) return;
  for (const auto& [key, volume] : volumes->entries) {
    Text mount = volume.kind == Node::Kind::scalar ? volume.text : Text();
    if (const Node* const source = volume.get("source"); source != nullptr && volume.scalar("type") == "bind") {
      mount = source->text;
      mount.append(":");
      mount.append(volume.get("target") != nullptr ? volume.get("target")->text : Text("/mnt"));
      if (is_true(volume, "read_only")) mount.append(":ro");
    }
    if (mount.empty()) continue;
    argv.emplace_back("-v");
    argv.push_back(host_path(mount, effects));
  }
}

void start_service(const Node& service, const Change& change, Effects& effects) {
  Words argv{Text("docker"), Text("run")};
  mount_volumes(service, effects, argv);
  if (is_true(service, "privileged")) argv.emplace_back("--privileged");
  for (const OptionRow& row : kServiceOptions) {
    if (const Node* const value = service.get(row.key)) {
      for (const Text& text : value->texts()) argv.push_back(joined(row.option, text));
    }
  }
  Words command = command_of(service.get("command"));
  const Words entry = command_of(service.get("entrypoint"));
  if (!entry.empty()) {
    argv.push_back(joined("--entrypoint=", entry.front()));
    command.insert(command.begin(), entry.begin() + 1, entry.end());
  }
  const Node* const image = service.get("image");
  argv.push_back(image != nullptr ? image->text : Text("image"));
  append(argv, command);
  effects.run(std::move(argv), change);
}

void read_compose(const Node& document, const Change& change, Effects& effects) {
  const Node* const services = document.get("services");
  if (services == nullptr) return;
  for (const auto& [name, service] : services->entries) start_service(service, change, effects);
}

/// Folders of a node that a pod is not given for its own work.
bool is_of_the_host(std::string_view path) {
  if (path == "/") return true;
  constexpr std::array<std::string_view, 6> kFolders{"/etc", "/root", "/home", "/var/lib/docker", "/var/lib/kubelet", "/var/run/docker.sock"};
  return std::ranges::any_of(kFolders, [&](std::string_view f) { return path.starts_with(f) && (path.size() == f.size() || path[f.size()] == '/'); });
}

/// The folder of the host that a volume of a pod is.
const Node* host_path_of(const Node& pod, std::string_view volume) {
  const Node* const volumes = pod.get("volumes");
  if (volumes == nullptr) return nullptr;
  for (const auto& [key, v] : volumes->entries) {
    const Node* const path = v.get("hostPath");
    if (path != nullptr && v.scalar("name") == volume) return path->get("path");
  }
  return nullptr;
}

struct Mount {
  Text host;
  Text inside;
};
std::vector<Mount> mounts_of(const Node& pod, const Node& container) {
  std::vector<Mount> out;
  const Node* const mounts = container.get("volumeMounts");
  if (mounts == nullptr) return out;
  for (const auto& [key, mount] : mounts->entries) {
    const Node* const path = host_path_of(pod, mount.scalar("name"));
    const Node* const inside = mount.get("mountPath");
    if (path != nullptr && inside != nullptr) out.push_back({path->text, inside->text});
  }
  return out;
}

bool is_privileged(const Node& container) {
  const Node* const context = container.get("securityContext");
  return context != nullptr && is_true(*context, "privileged");
}

void start_container(const Node& pod, const Node& container, bool here, const Change& change, Effects& effects) {
  const std::vector<Mount> mounts = mounts_of(pod, container);
  const Node* const image = container.get("image");
  Words argv{Text(here ? "podman" : "kubectl"), Text("run")};
  if (is_privileged(container)) argv.emplace_back(here ? "--privileged" : "--overrides={\"privileged\":true}");
  for (const Mount& mount : mounts) {
    if (here) {
      argv.emplace_back("-v");
      Text pair = mount.host;
      pair.append(":");
      pair.append(mount.inside);
      argv.push_back(std::move(pair));
    } else if (is_of_the_host(mount.host.view())) {
      argv.push_back(joined("--overrides={\"hostPath\":", mount.host));
    }
  }
  argv.push_back(image != nullptr ? image->text : Text("image"));
  if (!here) argv.emplace_back("--");
  append(argv, command_of(container.get("command")));
  append(argv, command_of(container.get("args")));
  effects.run(std::move(argv), change);
}

/// A pod, or whatever holds the template of one however deep.
void read_pods(const Node& node, bool here, const Change& change, Effects& effects) {
  for (const std::string_view key : {"containers", "initContainers"}) {
    const Node* const containers = node.get(key);
    if (containers == nullptr) continue;
    for (const auto& [name, container] : containers->entries) start_container(node, container, here, change, effects);
  }
  for (const auto& [key, inner] : node.entries) {
    if (key != "containers" && key != "initContainers" && inner.kind != Node::Kind::scalar) read_pods(inner, here, change, effects);
  }
}

}  // namespace

bool is_manifest(std::string_view language) {
  return language == "compose" || language == "kubernetes" || language == "pod" || language == "playbook";
}

void read_manifest(std::string_view language, const Text& code, const Change& around, Effects& effects) {
  Change change = around;
  change.keeps_input = false;
  change.remote = false;  // who reads the definition does so here, whatever it starts
  const yaml::Documents documents = yaml::documents(code);
  if (documents.problem) effects.opaque(*documents.problem, "a definition that `" + effects.name() + "` is given");
  for (const Node& document : documents.all) {
    if (language == "compose") read_compose(document, change, effects);
    else if (language == "playbook") read_playbook(document, change, effects);
    else read_pods(document, language == "pod", change, effects);
  }
}

}  // namespace belay::command::program
