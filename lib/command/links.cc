#include "command/links.h"

#include <algorithm>
#include <array>

namespace belay::command {

namespace {

using model::OpKind;

constexpr std::array<std::string_view, 4> kLinkers{"ln", "gln", "link", "cp"};

bool has_option(const model::Exec& exec, std::string_view name) {
  return std::any_of(exec.options.begin(), exec.options.end(),
                     [&](const model::OptionUse& use) { return use.canonical == name; });
}

}  // namespace

bool makes_links(std::string_view program) { return std::find(kLinkers.begin(), kLinkers.end(), program) != kLinkers.end(); }

void LinkedFiles::learn(const model::Analysis& all, std::size_t first) {
  if (first >= all.operations.size()) return;
  const model::Exec* exec = all.operations[first].as_exec();
  if (exec == nullptr || exec->remote) return;
  const bool symbolic = has_option(*exec, exec->program.view() == "cp" ? "--symbolic-link" : "--symbolic");
  if (exec->program.view() == "cp" && !symbolic && !has_option(*exec, "--link")) return;
  const auto pair = [&](std::size_t read, std::size_t write) {
    const model::Operation& from = all.operations[read];
    const model::Operation& to = all.operations[write];
    if (from.kind == OpKind::read && to.kind == OpKind::write) link(*from.as_file(), *to.as_file(), symbolic);
  };
  if (exec->program.view() == "link" && all.operations.size() == first + 3) return pair(first + 1, first + 2);
  for (const model::Flow& flow : all.flows) {
    if (flow.from >= first && flow.to >= first) pair(flow.from, flow.to);
  }
}

void LinkedFiles::link(const model::FileAccess& target, const model::FileAccess& at, bool symbolic) {
  const std::string& path = at.path.lexical.bytes();
  if (!target.path.lexical.literal() || !at.path.lexical.literal() || path.size() < 2 || path[0] != '/') return;
  const auto there = inner_.lookup(path);
  if (there && there->kind == base::NodeKind::directory) return;  // the link is inside
  if (symbolic) made_[path] = {base::NodeKind::symlink, target.path.written.bytes()};
  else made_[path] = {base::NodeKind::file, {}, {target.path.lexical.bytes()}};
}

base::Result<base::Node> LinkedFiles::lookup(const std::string& path) const {
  const auto found = made_.find(path);
  if (found != made_.end()) return found->second;
  auto node = inner_.lookup(path);
  if (!node || node->kind != base::NodeKind::missing) return node;
  const auto below = made_.lower_bound(path + "/");
  if (below != made_.end() && below->first.starts_with(path + "/")) node->kind = base::NodeKind::directory;  // made on the way
  return node;
}

base::Result<std::vector<std::string>> LinkedFiles::list(const std::string& path, std::size_t limit) const {
  return inner_.list(path, limit);
}

}  // namespace belay::command
