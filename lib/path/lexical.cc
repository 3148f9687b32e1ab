#include <utility>
#include <vector>

#include "path/path.h"

namespace belay::path {

namespace {

using model::HoleTrait;
using model::kHole;

constexpr HoleTrait kAnywhere = HoleTrait::slash | HoleTrait::blank | HoleTrait::empty;

bool may_be_empty(const Text& part) {
  return part.size() == part.hole_count() && (has(part.traits(), HoleTrait::empty) || has(part.traits(), HoleTrait::words));
}

/// Starts at the root, or may start anywhere.
bool stands_alone(const Text& path) {
  if (path.empty()) return false;
  return path.view().front() == '/' || (path.view().front() == kHole && has(path.trait(0), HoleTrait::slash));
}

/// A path that is folded while it is written, component by component, as the kernel walks.
class Folder {
 public:
  explicit Folder(const Text& cwd) : cwd_(cwd) {}

  void add(const Text& path) {
    if (stands_alone(path)) {
      parts_.clear();
      rooted_ = path.view().front() == '/';
    }
    const std::string_view view = path.view();
    for (std::size_t begin = 0; begin < view.size();) {
      const std::size_t end = std::min(view.find('/', begin), view.size());
      if (end > begin) push(path.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  [[nodiscard]] Text take() const {
    Text out;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (rooted_ || i > 0) out.append("/");
      out.append(parts_[i]);
    }
    return out.empty() ? Text(rooted_ ? "/" : ".") : out;
  }

 private:
  void push(Text part) {
    if (part.view() == ".") return;
    if (part.view() == "..") return up();
    parts_.push_back(std::move(part));
    if (rooted_) fold_aliases();
  }

  void up() {
    if (parts_.empty()) {
      if (!rooted_) parts_.push_back(Text::hole(kAnywhere));
      return;
    }
    const Text last = std::move(parts_.back());
    parts_.pop_back();
    const bool one_name = last.literal() || (!has(last.traits(), HoleTrait::slash) && !may_be_empty(last));
    if (one_name) return;
    if (may_be_empty(last) && !parts_.empty()) parts_.pop_back();
    if (parts_.empty() && !rooted_) parts_.push_back(Text::hole(kAnywhere));
    else parts_.push_back(Text::hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::empty));
  }

  [[nodiscard]] bool is(std::size_t i, std::string_view name) const { return parts_[i].view() == name; }
  [[nodiscard]] bool is_self(std::size_t i) const { return is(i, "self") || is(i, "thread-self"); }

  /// Names of the root and of working folders (proc(5); the data volume of macOS).
  void fold_aliases() {
    const std::size_t n = parts_.size();
    if (n == 3 && is(0, "System") && is(1, "Volumes") && is(2, "Data")) return parts_.clear();
    if (n < 3 || !is(0, "proc")) return;
    const bool process = n == 3 || (n == 5 && is(2, "task"));
    if (process && is(n - 1, "root")) return parts_.clear();
    if (!process || !is(n - 1, "cwd")) return;
    const bool own = is_self(1) && !std::exchange(left_, true);
    parts_.clear();
    if (own) {
      add(cwd_);
      left_ = false;
      return;
    }
    rooted_ = false;
    parts_.push_back(Text::hole(kAnywhere));
  }

  const Text& cwd_;
  std::vector<Text> parts_;
  bool rooted_ = true;
  bool left_ = false;  ///< for the working folder, which may itself be named by such a name
};

}  // namespace

Text lexical(const Text& written, const Text& cwd) {
  Folder folder(cwd);
  if (!stands_alone(written)) folder.add(cwd);
  folder.add(written);
  return folder.take();
}

}  // namespace belay::path
