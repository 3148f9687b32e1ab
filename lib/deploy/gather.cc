#include "deploy/gather.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>

#include "base/fs_posix.h"
#include "base/text.h"
#include "deploy/file.h"

namespace belay::deploy {

namespace {

void add_file(const AgentSettings& agent, Scope scope, const std::string& path, std::vector<SettingsFile>& out) {
  const auto text = read_if_there(path);
  if (text && !*text) return;
  SettingsFile file;
  file.agent = &agent;
  file.scope = scope;
  file.path = path;
  if (!text) {
    file.error = text.error().what;
  } else if (const auto document = json::Document::parse(**text)) {
    file.content = json::Tree(document->root());
  } else {
    file.error = document.error().what;
  }
  out.push_back(std::move(file));
}

void add_folder(const AgentSettings& agent, Scope scope, const std::string& folder, std::vector<SettingsFile>& out) {
  constexpr std::size_t kMost = 1000;
  const base::PosixFiles files;
  auto names = files.list(folder, kMost);
  if (!names) return;
  std::sort(names->begin(), names->end());
  for (const std::string& name : *names) {
    if (name.ends_with(".json") && !name.starts_with('.')) add_file(agent, scope, folder + "/" + name, out);
  }
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

bool is_there(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

/// A hooks file of Copilot's has switches too, which stand in files beside its folder.
constexpr std::array<std::string_view, 2> kCopilotUserFiles{".copilot/settings.json", ".copilot/config.json"};

void add_user_files(const AgentSettings& agent, const Surroundings& where, std::vector<SettingsFile>& out) {
  if (where.home.empty()) return;
  if (!agent.own_file) return add_file(agent, Scope::user, where.home + "/" + std::string(agent.user_file), out);
  add_folder(agent, Scope::user, folder_of(where.home + "/" + std::string(agent.user_file)), out);
  for (const std::string_view file : kCopilotUserFiles) add_file(agent, Scope::user, where.home + "/" + std::string(file), out);
}

std::string version_of_package(const std::string& folder) {
  const auto text = read_if_there(folder + "/package.json");
  if (!text || !*text) return {};
  const auto document = json::Document::parse(**text);
  if (!document || document->root().string_at("name") != "@anthropic-ai/claude-code") return {};
  return std::string(document->root().string_at("version"));
}

/// `…/claude/versions/2.1.300`, or a file inside an npm package.
std::string version_at(const std::string& program) {
  constexpr std::string_view kVersions = "/versions/";
  const std::size_t at = program.find(kVersions);
  if (at != std::string::npos) {
    const std::string_view rest = std::string_view(program).substr(at + kVersions.size());
    return std::string(rest.substr(0, rest.find('/')));
  }
  constexpr int kDeepest = 3;
  std::string folder = folder_of(program);
  for (int i = 0; i < kDeepest && folder.size() > 1; ++i, folder = folder_of(folder)) {
    if (auto version = version_of_package(folder); !version.empty()) return version;
  }
  return {};
}

}  // namespace

std::vector<SettingsFile> gather_settings(const Surroundings& where) {
  std::vector<SettingsFile> out;
  for (const AgentSettings& agent : all_agents()) {
    if (!agent.managed_file.empty()) add_file(agent, Scope::managed, where.managed_root + std::string(agent.managed_file), out);
    if (!agent.managed_folder.empty())
      add_folder(agent, Scope::managed, where.managed_root + std::string(agent.managed_folder), out);
    add_user_files(agent, where, out);
    if (where.project.empty() || where.project == where.home) continue;
    for (const std::string_view file : base::split_blank(agent.project_files)) {
      add_file(agent, Scope::project, where.project + "/" + std::string(file), out);
    }
  }
  return out;
}

std::vector<TomlFile> gather_codex(const Surroundings& where) {
  const std::array<TomlFile, 3> candidates{{
      {Scope::managed, where.managed_root + "/etc/codex/requirements.toml", {}},
      {Scope::user, where.home + "/.codex/config.toml", {}},
      {Scope::project, where.project + "/.codex/config.toml", {}},
  }};
  std::vector<TomlFile> out;
  for (const TomlFile& one : candidates) {
    if (one.scope == Scope::project && (where.project.empty() || where.project == where.home)) continue;
    auto text = read_if_there(one.path);
    if (text && *text) out.push_back({one.scope, one.path, **text});
  }
  return out;
}

std::vector<const AgentSettings*> agents_in_use(const Surroundings& where) {
  std::vector<const AgentSettings*> out;
  for (const AgentSettings& agent : all_agents()) {
    if (!where.home.empty() && is_there(where.home + "/" + std::string(agent.folder))) out.push_back(&agent);
  }
  return out;
}

std::string claude_version(const Surroundings& where) {
  std::vector<std::string> folders = where.search;
  if (!where.home.empty()) folders.push_back(where.home + "/.local/bin");
  for (const std::string& folder : folders) {
    std::array<char, PATH_MAX> target;
    if (folder.empty() || ::realpath((folder + "/claude").c_str(), target.data()) == nullptr) continue;
    return version_at(target.data());
  }
  return {};
}

}  // namespace belay::deploy
