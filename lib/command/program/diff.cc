#include "command/program/diff.h"

#include <algorithm>
#include <charconv>

namespace belay::command::program {

namespace {

/// `+++ b/path<TAB>date`: without the prefix of git and the time of diff.
Text path_of(const Text& line) {
  const std::size_t begin = line.view().find_first_not_of(' ', 3);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = std::min(line.view().find('\t', begin), line.size());
  const std::string_view v = line.view().substr(begin, end - begin);
  const bool prefixed = v.starts_with("a/") || v.starts_with("b/");
  return line.substr(begin + (prefixed ? 2U : 0U), end - begin - (prefixed ? 2U : 0U));
}

/// How many lines a range of `@@ -1,4 +1,6 @@` has, from its sign on: one where no number is said.
std::size_t lines_of(std::string_view head, char sign) {
  const auto begin = head.find(sign);
  if (begin == std::string_view::npos) return 0;
  const std::string_view range = head.substr(begin, head.find(' ', begin) - begin);
  const auto comma = range.find(',');
  std::size_t out = 1;
  if (comma != std::string_view::npos) (void)std::from_chars(range.data() + comma + 1, range.data() + range.size(), out);
  return out;
}

class Patch {
 public:
  Patch(const Text& diff, Effects& effects) : diff_(diff), effects_(effects) {}

  void run() {
    for (std::size_t begin = 0; begin < diff_.size();) {
      const std::size_t end = std::min(diff_.view().find('\n', begin), diff_.size());
      line(diff_.substr(begin, end - begin));
      begin = end + 1;
    }
    finish();
  }

 private:
  void line(const Text& text) {
    const std::string_view v = text.view();
    if (v.starts_with("@@ -")) {
      new_left_ = lines_of(v, '+');
      old_left_ = lines_of(v, '-');
    } else if (inside(v)) {
      if (v.starts_with('+')) add(text);
    } else if (v.starts_with("--- ")) {
      finish();
      before_ = path_of(text);
    } else if (v.starts_with("+++ ")) {
      after_ = path_of(text);
    } else if (v.starts_with('+')) {
      add(text);
    }
  }

  /// Lines of a hunk are content, even those that look like a header (`++ x` added is `+++ x`); it has as many as it says.
  bool inside(std::string_view v) {
    if (old_left_ == 0 && new_left_ == 0) return false;
    if (v.starts_with('\\')) return true;
    const bool takes_old = !v.starts_with('+');
    const bool takes_new = !v.starts_with('-');
    if ((takes_old && old_left_ == 0) || (takes_new && new_left_ == 0)) {
      old_left_ = new_left_ = 0;  // it has more lines than it said: read on as if it ended here
      return false;
    }
    old_left_ -= takes_old ? 1U : 0U;
    new_left_ -= takes_new ? 1U : 0U;
    return true;
  }

  void add(const Text& text) {
    if (after_.empty()) return;
    added_.append(text.substr(1));
    added_.append("\n");
  }

  void finish() {
    const std::string why = "file that `" + effects_.name() + "` changes";
    const bool made = before_.view() == "/dev/null";
    if (!after_.empty() && after_.view() != "/dev/null") (void)effects_.write(after_, {}, made ? added_ : Text(), why);
    if (after_.view() == "/dev/null" && !before_.empty()) (void)effects_.file(model::OpKind::remove, before_, {}, why);
    before_ = after_ = added_ = Text();
  }

  const Text& diff_;
  Effects& effects_;
  Text before_, after_, added_;
  std::size_t old_left_ = 0, new_left_ = 0;  ///< lines that the hunk still has
};

}  // namespace

void apply_patch(const Text& diff, const Change& /*change*/, Effects& effects) { Patch(diff, effects).run(); }

}  // namespace belay::command::program
