#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "path/path.h"

namespace belay::path {

namespace {

using base::Errc;

constexpr int kMaxLinks = 40;  // as the kernel: path_resolution(7)

/// Names of the descriptors of whoever opens them.
bool is_descriptor(std::string_view path) {
  if (path.starts_with("/dev/fd/") || path == "/dev/stdin" || path == "/dev/stdout" || path == "/dev/stderr") return true;
  return path.starts_with("/proc/") && path.find("/fd/") != std::string_view::npos;
}

/// The same on the way there: `path` is a descriptor, or the folder of some.
bool ends_in_descriptors(std::string_view path) {
  return path == "/dev/fd" || is_descriptor(path) || (path.starts_with("/proc/") && path.ends_with("/fd"));
}

void push_reversed(std::vector<std::string>& stack, std::string_view path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (end > begin && path.substr(begin, end - begin) != ".") parts.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  stack.insert(stack.end(), std::make_move_iterator(parts.rbegin()), std::make_move_iterator(parts.rend()));
}

void drop_last(std::string& path) { path.resize(path.empty() ? 0 : path.rfind('/')); }

/// Resolves literal `path`. What lies behind a part that does not exist, or is a descriptor, is taken as it is written.
base::Result<std::string> resolve(std::string_view path, const base::FileView& files) {
  std::vector<std::string> open;
  push_reversed(open, path);
  std::string done;
  bool missing = false;  // or not to be looked up
  int links = 0;
  while (!open.empty()) {
    const std::string part = std::move(open.back());
    open.pop_back();
    if (part == "..") {
      drop_last(done);
      continue;
    }
    std::string next = done + "/" + part;
    if (missing || ends_in_descriptors(next)) {
      missing = true;
      done = std::move(next);
      continue;
    }
    BELAY_TRY(const base::Node node, files.lookup(next));
    if (node.kind != base::NodeKind::symlink) {
      missing = node.kind == base::NodeKind::missing;
      done = std::move(next);
      continue;
    }
    if (++links > kMaxLinks) return base::fail(Errc::io, "too many levels of symbolic links");
    if (node.target.starts_with('/')) done.clear();
    push_reversed(open, node.target);
  }
  return done.empty() ? std::string("/") : done;
}

}  // namespace

base::Result<Text> canonical(const Text& absolute, const base::FileView& files) {
  const std::string_view view = absolute.view();
  if (view.empty() || view.front() != '/' || is_descriptor(view)) return absolute;
  const std::size_t hole = view.find(model::kHole);
  if (hole == std::string_view::npos) {
    BELAY_TRY(std::string done, resolve(view, files));
    return Text(std::move(done));
  }
  // Everything from the component with the first hole on is kept.
  const std::size_t slash = view.rfind('/', hole);
  BELAY_TRY(const std::string head, resolve(view.substr(0, slash), files));
  Text out;
  if (head != "/") out.append(head);
  out.append(absolute.substr(slash));
  return out;
}

}  // namespace belay::path
