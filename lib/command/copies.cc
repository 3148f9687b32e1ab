#include <algorithm>
#include <string>

#include "command/evaluator.h"
#include "command/program/knowledge_view.h"
#include "path/path.h"

/// Files that the call itself made as copies or links of others: a text that it runs later, a program under another name.
namespace belay::command {

namespace {

std::string base_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// Programs that are whatever they are called.
bool has_many_names(const std::string& path) {
  const std::string name = base_of(path);
  return name == "busybox" || name == "toybox" || name == "coreutils";
}

const std::string* literal_path(const model::Operation& op) {
  const model::FileAccess* access = op.as_file();
  return access != nullptr && access->path.lexical.literal() ? &access->path.lexical.bytes() : nullptr;
}

}  // namespace

void Evaluator::copied(std::uint32_t from, std::uint32_t to) {
  flow(from, to);
  const std::string* const source = literal_path(analysis_.operations[from]);
  const std::string* const target = literal_path(analysis_.operations[to]);
  if (source == nullptr && target != nullptr) {  // `cp $(which rm) x`: only the folder is not known
    const model::FileAccess* const access = analysis_.operations[from].as_file();
    const std::string name = access != nullptr ? base_of(access->path.lexical.bytes()) : std::string();
    if (!name.empty() && name.find(model::kHole) == std::string::npos) originals_.insert_or_assign(*target, name);
    return;
  }
  if (source == nullptr || target == nullptr || *source == *target) return;
  const auto first = originals_.find(*source);
  originals_.insert_or_assign(*target, first == originals_.end() ? *source : first->second);
  if (const auto program = built_.find(*source); program != built_.end()) built_.insert_or_assign(*target, program->second);
  std::optional<Input> content = written(Text(*source), Text("/"));
  if (!content) return;
  auto& access = std::get<model::FileAccess>(analysis_.operations[to].detail);
  if (content->text) access.content = *content->text;
  written_[*target] = {*std::move(content), to};
}

std::optional<Text> mounted(const Text& path, std::span<const Mount> mounts) {
  const Mount* best = nullptr;
  for (const Mount& m : mounts) {
    const std::string_view there = m.there.view();
    const bool below = path.view().starts_with(there) && (path.size() == there.size() || path.view()[there.size()] == '/');
    if (below && (best == nullptr || there.size() > best->there.size())) best = &m;
  }
  if (best == nullptr) return std::nullopt;
  Text out = best->here.view() == "/" ? Text() : best->here;
  out.append(path.substr(best->there.size()));
  return out;
}

std::optional<bool> Evaluator::is_folder(const Text& path, const Text& folder) const {
  const Text absolute = path::lexical(path, folder);
  if (!absolute.literal()) return std::nullopt;
  if (absolute.view() == "/" || std::ranges::find(world_.homes, absolute.bytes()) != world_.homes.end()) return true;
  if (world_.files == nullptr) return std::nullopt;
  const auto real = path::canonical(absolute, files());
  const auto node = real && real->literal() ? files().lookup(real->bytes()) : base::Result<base::Node>(base::Node{});
  if (!node || node->kind == base::NodeKind::missing) return std::nullopt;
  return node->kind == base::NodeKind::directory;
}

/// The file that a name without a slash means in a folder of the PATH that the call set: one that it made, or one that whoever calls may have
/// put there; empty: none.
std::string Evaluator::found_in_search_path(const Invocation& invocation) const {
  const auto& env = invocation.setting.env;
  const auto path = std::find_if(env.begin(), env.end(), [](const model::Binding& b) { return b.name == "PATH"; });
  if (path == env.end()) return {};
  std::string_view rest = path->value.view();
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (folder.find(model::kHole) != std::string_view::npos) continue;
    const Text file = path::lexical(Text(std::string(folder) + "/" + invocation.argv.front().bytes()), invocation.setting.cwd);
    if (!file.literal()) continue;
    if (originals_.count(file.bytes()) != 0 || written_.count(file.bytes()) != 0 || is_own_file(file.bytes())) return file.bytes();
  }
  return {};
}

bool Evaluator::is_own_file(const std::string& path) const {
  if (world_.files == nullptr || !may_be_own(path)) return false;
  const auto real = path::canonical(Text(path), files());
  if (!real || !real->literal()) return false;
  const auto node = files().lookup(real->bytes());
  return node && node->kind == base::NodeKind::file;
}

/// Where a link on the disk leads. Programs that look at the name they are called by are none of their links.
std::string Evaluator::linked_program(const std::string& path) const {
  const auto real = path::canonical(Text(path), files());
  if (!real || !real->literal() || *real == Text(path)) return {};
  return has_many_names(real->bytes()) ? std::string() : real->bytes();
}

/// The same call by the name that its program had first: `cp /bin/rm x; ./x -rf ~` runs rm. Nothing where that is the name it has.
std::optional<Invocation> Evaluator::under_first_name(const Invocation& invocation) const {
  const Text& name = invocation.argv.front();
  if (!name.literal() || name.empty() || invocation.setting.remote) return std::nullopt;
  const bool bare = name.view().find('/') == std::string_view::npos;
  const std::string found = bare ? found_in_search_path(invocation) : path::lexical(name, invocation.setting.cwd).bytes();
  if (found.empty() || found.find(model::kHole) != std::string::npos) return std::nullopt;
  const auto first = originals_.find(found);
  const bool looks = world_.files != nullptr && (bare || !program::KnowledgeView(knowledge_).find(base_of(found)));
  const bool applet = invocation.argv.size() > 1 && program::KnowledgeView(knowledge_).find(invocation.argv[1].view());
  if (first != originals_.end() && has_many_names(first->second) && !applet) return std::nullopt;  // it is what its name says
  const std::string original = first != originals_.end() ? first->second : looks ? linked_program(found) : std::string();
  const bool program = !original.empty() && program::KnowledgeView(knowledge_).find(base_of(original));
  if (!program && !bare) return std::nullopt;
  Invocation out = invocation;
  out.argv.front() = Text(program ? original : found);
  return out;
}

}  // namespace belay::command
