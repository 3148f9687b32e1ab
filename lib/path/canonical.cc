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

/// A place on the way that has other names.
struct Shared {
  std::string prefix;
  std::vector<std::string> same;
};

/// Resolves literal paths, and remembers what had other names.
class Walk {
 public:
  explicit Walk(const base::FileView& files) : files_(files) {}

  /// What lies behind a part that does not exist, or is a descriptor, is taken as it is written.
  base::Result<std::string> resolve(std::string_view path) {
    push_reversed(open_, path);
    while (!open_.empty()) {
      const std::string part = std::move(open_.back());
      open_.pop_back();
      if (part == "..") {
        drop_last(done_);
        continue;
      }
      BELAY_CHECK(step(done_ + "/" + part));
    }
    return done_.empty() ? std::string("/") : done_;
  }

  /// Other names of the place that was reached, which `tail` follows.
  void add_same(const Text& tail, Real& to) const {
    for (const Shared& shared : shared_) {
      if (!done_.starts_with(shared.prefix)) continue;  // a link led elsewhere
      const std::string_view rest = std::string_view(done_).substr(shared.prefix.size());
      if (!rest.empty() && rest.front() != '/') continue;
      const bool whole = rest.empty() && tail.empty();
      for (const std::string& name : shared.same) {
        Text other(name == "/" && !whole ? std::string_view() : std::string_view(name));
        other.append(rest);
        other.append(tail);
        to.same.push_back({std::move(other), shared.prefix, whole && file_});
      }
    }
  }

 private:
  base::Result<void> step(std::string next) {
    if (missing_ || ends_in_descriptors(next)) {
      missing_ = true;
      done_ = std::move(next);
      return {};
    }
    BELAY_TRY(base::Node node, files_.lookup(next));
    if (node.kind != base::NodeKind::symlink) {
      missing_ = node.kind == base::NodeKind::missing;
      file_ = node.kind == base::NodeKind::file || node.kind == base::NodeKind::other;
      done_ = std::move(next);
      if (!node.same.empty()) shared_.push_back({done_, std::move(node.same)});
      return {};
    }
    if (++links_ > kMaxLinks) return base::fail(Errc::io, "too many levels of symbolic links");
    if (node.target.starts_with('/')) done_.clear();
    push_reversed(open_, node.target);
    return {};
  }

  const base::FileView& files_;
  std::vector<std::string> open_;  ///< the next part last
  std::string done_;
  std::vector<Shared> shared_;
  bool missing_ = false;  ///< or not to be looked up
  bool file_ = false;
  int links_ = 0;
};

}  // namespace

base::Result<Real> real(const Text& absolute, const base::FileView& files) {
  const std::string_view view = absolute.view();
  if (view.empty() || view.front() != '/' || is_descriptor(view)) return Real{absolute, {}};
  const std::size_t hole = view.find(model::kHole);
  // Everything from the component with the first hole on is kept.
  const std::size_t known = hole == std::string_view::npos ? view.size() : view.rfind('/', hole);
  Walk walk(files);
  BELAY_TRY(std::string head, walk.resolve(view.substr(0, known)));
  const Text tail = known == view.size() ? Text() : absolute.substr(known);
  Real out;
  if (head != "/" || tail.empty()) out.path = Text(std::move(head));
  out.path.append(tail);
  walk.add_same(tail, out);
  return out;
}

base::Result<Text> canonical(const Text& absolute, const base::FileView& files) {
  BELAY_TRY(Real found, real(absolute, files));
  return std::move(found.path);
}

bool has_parent(std::string_view path) {
  for (std::size_t at = path.find(".."); at != std::string_view::npos; at = path.find("..", at + 1)) {
    const bool begins = at == 0 || path[at - 1] == '/';
    if (begins && (at + 2 == path.size() || path[at + 2] == '/')) return true;
  }
  return false;
}

base::Result<Real> walked(const Text& written, const Text& cwd, const base::FileView& files) {
  Text at = cwd;
  const std::string_view view = written.view();
  std::size_t from = 0;  // what is to be walked before the next `..`
  const auto next = [&](std::size_t end) {
    const Text run = written.substr(from, end - from);
    if (from == 0) return real(lexical(run, cwd), files);
    Text whole = at;
    whole.append("/");
    whole.append(run);
    return real(lexical(whole, cwd), files);
  };
  for (std::size_t begin = 0; begin < view.size();) {
    const std::size_t end = std::min(view.find('/', begin), view.size());
    if (view.substr(begin, end - begin) == "..") {
      BELAY_TRY(const Real here, next(begin));
      // The folder of descriptors is a link that is not followed for its contents, but it has a folder around it.
      at = lexical(Text(".."), here.path.view() == "/dev/fd" ? Text("/proc/self/fd") : here.path);
      from = std::min(end + 1, view.size());
    }
    begin = end + 1;
  }
  return next(view.size());
}

}  // namespace belay::path
