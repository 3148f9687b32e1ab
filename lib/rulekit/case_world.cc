#include "rulekit/case_world.h"

#include <algorithm>
#include <array>

#include "agent/adapter.h"
#include "base/text.h"
#include "json/writer.h"

namespace belay::rulekit {

namespace {

using base::Errc;
using base::Node;
using base::NodeKind;
using policy::Case;

/// What every machine has. Folders above these are there by themselves.
constexpr std::array<std::string_view, 16> kFolders{
    "/bin", "/dev", "/etc", "/home/dev/project", "/home/dev/project/.git", "/opt",       "/proc",    "/root",
    "/srv", "/sys", "/tmp", "/usr/bin",          "/usr/local/bin",         "/usr/share", "/var/tmp", "/var/log"};

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

/// A path of the `files` key: absolute, below the home with `~/`, or below the working folder.
std::string place_of(const std::string& written, const std::string& cwd, const std::string& home) {
  if (written[0] == '/') return path::lexical(written, model::Text(cwd)).bytes();
  if (written == "~" || written.rfind("~/", 0) == 0) return path::lexical(home + written.substr(1), model::Text(cwd)).bytes();
  return path::lexical(written, model::Text(cwd)).bytes();
}

void add_files(const Case& one, const std::string& cwd, const std::string& home, InventedFiles& files) {
  for (const auto folder : kFolders) files.add(std::string(folder), {NodeKind::directory, {}});
  files.add(home, {NodeKind::directory, {}});
  files.add(cwd, {NodeKind::directory, {}});
  for (const auto& [written, what] : one.files) {
    if (written.empty()) continue;
    const std::string path = place_of(written, cwd, home);
    if (what == "unreadable") files.add_unreadable(path);
    else if (what == "dir") files.add(path, {NodeKind::directory, {}});
    else if (what.rfind("-> ", 0) == 0) files.add(path, {NodeKind::symlink, what.substr(3)});
    else files.add(path, {NodeKind::file, {}});
  }
  for (const auto& [written, what] : one.files) {
    if (what.rfind("= ", 0) == 0) files.add_same(place_of(written, cwd, home), place_of(what.substr(2), cwd, home));
  }
}

/// How each agent announces a tool call (docs/agents.md); the names of its keys.
struct PayloadShape {
  std::string_view agent, event, session, tool, input;
};
constexpr std::array<PayloadShape, 4> kShapes{{
    {"claude", "PreToolUse", "session_id", "tool_name", "tool_input"},
    {"codex", "PreToolUse", "session_id", "tool_name", "tool_input"},
    {"gemini", "BeforeTool", "session_id", "tool_name", "tool_input"},
    {"copilot", "", "sessionId", "toolName", "toolArgs"},
}};

/// `mcp:server/tool`, the form rules use, as agents spell it.
std::string agent_spelling(const std::string& tool) {
  if (tool.rfind("mcp:", 0) != 0) return tool;
  std::string out = "mcp__" + tool.substr(4);
  if (const auto slash = out.find('/'); slash != std::string::npos) out.replace(slash, 1, "__");
  return out;
}

std::string payload_of(const Case& one, const PayloadShape& shape, const std::string& cwd) {
  std::string head;
  json::Writer w(head);
  w.begin_object().field(shape.session, "case").field("cwd", cwd);
  if (shape.event.empty()) w.field("timestamp", std::uint64_t{1});
  else w.field("hook_event_name", shape.event);
  // What tells Claude Code and Codex apart (see recognise.cc).
  if (shape.agent == "claude") w.field("prompt_id", "case");
  if (shape.agent == "codex") w.field("turn_id", "case");
  w.field(shape.tool, agent_spelling(one.tool));
  return head + ",\"" + std::string(shape.input) + "\":" + one.input_json + "}";
}

base::Result<std::vector<model::Action>> tool_actions(const Case& one, const std::string& cwd, std::string& tool) {
  const auto shape = std::find_if(kShapes.begin(), kShapes.end(), [&](const PayloadShape& s) { return s.agent == one.agent; });
  const PayloadShape& used = shape == kShapes.end() ? kShapes[0] : *shape;
  BELAY_TRY(auto call, agent::read_call(payload_of(one, used, cwd), agent::agent_named(used.agent)));
  tool = call.tool;
  return std::move(call.actions);
}

base::Result<std::vector<model::Action>> path_actions(const Case& one) {
  if (one.access == "read") return std::vector<model::Action>{model::ReadFile{one.path}};
  if (one.access == "write") return std::vector<model::Action>{model::WriteFile{one.path, {}}};
  if (one.access == "delete") return std::vector<model::Action>{model::DeleteFile{one.path}};
  return base::fail(Errc::invalid, "`access` is none of `read`, `write` and `delete`");
}

base::Result<std::vector<model::Action>> actions_of(const Case& one, const std::string& cwd, std::string& tool) {
  switch (one.kind) {
    case Case::Kind::run: tool = "Bash"; return std::vector<model::Action>{model::RunShell{one.run, model::Dialect::bash}};
    case Case::Kind::tool: return tool_actions(one, cwd, tool);
    case Case::Kind::path: return path_actions(one);
  }
  return base::fail(Errc::internal, "a case of no kind");
}

}  // namespace

void InventedFiles::add(const std::string& path, Node node) {
  for (std::string above = parent_of(path);
       entries_.try_emplace(above, Entry{{NodeKind::directory, {}}, false}).second && above != "/";) {
    above = parent_of(above);
  }
  if (path != "/") entries_[path] = {std::move(node), false};
}

void InventedFiles::add_same(const std::string& path, const std::string& other) {
  if (entries_.find(other) == entries_.end()) add(other, {NodeKind::file, {}});
  add(path, {entries_[other].node.kind, {}, {other}});
  entries_[other].node.same.push_back(path);
}

void InventedFiles::add_unreadable(const std::string& path) {
  add(path, {NodeKind::other, {}});
  entries_[path].unreadable = true;
}

base::Result<Node> InventedFiles::lookup(const std::string& path) const {
  const auto found = entries_.find(path);
  if (found == entries_.end()) return Node{};
  if (found->second.unreadable) return base::fail(Errc::io, "`" + path + "` is not to be looked at");
  return found->second.node;
}

base::Result<std::vector<std::string>> InventedFiles::list(const std::string& path, std::size_t limit) const {
  const auto folder = entries_.find(path);
  if (folder == entries_.end() || folder->second.unreadable) return base::fail(Errc::io, "`" + path + "` cannot be listed");
  const std::string prefix = path == "/" ? "/" : path + "/";
  std::vector<std::string> names;
  for (auto entry = entries_.lower_bound(prefix); entry != entries_.end() && entry->first.rfind(prefix, 0) == 0; ++entry) {
    const std::string rest = entry->first.substr(prefix.size());
    if (rest.empty() || rest.find('/') != std::string::npos) continue;
    if (names.size() == limit)
      return base::fail(Errc::too_large, "`" + path + "` holds more than " + std::to_string(limit) + " names");
    names.push_back(rest);
  }
  return names;
}

command::World Scene::world() const {
  command::World world;
  world.files = files.get();
  world.user = kCaseUser;
  world.homes = {home};
  if (home != kCaseHome) world.homes.emplace_back(kCaseHome);
  world.users = {{"root", "/root"}, {std::string(kCaseUser), std::string(kCaseHome)}};
  world.env = env;
  return world;
}

path::Places Scene::places() const {
  path::Places places;
  places.homes = {home};
  if (home != kCaseHome) places.homes.emplace_back(kCaseHome);
  places.project = call.project;
  places.cwd = call.cwd;
  places.tmp = {"/tmp", "/var/tmp"};
  return places;
}

decide::Actor Scene::actor() const { return {1000, {1000}, std::string(kCaseUser), "case"}; }

base::Result<Scene> scene_of(const Case& one) {
  Scene scene;
  scene.home = one.home.empty() ? std::string(kCaseHome) : one.home;
  scene.profile = one.profile;
  scene.call.project = kCaseProject;
  scene.call.cwd = one.cwd.empty() ? std::string(kCaseProject) : one.cwd;
  scene.call.agent = agent::agent_named(one.agent.empty() ? "claude" : one.agent);
  scene.call.event = model::Event::tool;
  scene.call.event_name = "PreToolUse";
  scene.call.session = "case";
  scene.call.unattended = one.unattended;
  BELAY_TRY(scene.call.actions, actions_of(one, scene.call.cwd, scene.call.tool));
  scene.env = {
      {"HOME", scene.home}, {"USER", std::string(kCaseUser)}, {"LOGNAME", std::string(kCaseUser)}, {"PWD", scene.call.cwd}};
  for (const auto& variable : one.env_vars) {
    const auto known = std::find_if(scene.env.begin(), scene.env.end(), [&](const auto& v) { return v.first == variable.first; });
    if (known != scene.env.end()) known->second = variable.second;
    else scene.env.push_back(variable);
  }
  scene.files = std::make_unique<InventedFiles>();
  add_files(one, scene.call.cwd, scene.home, *scene.files);
  return scene;
}

}  // namespace belay::rulekit
