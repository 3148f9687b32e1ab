#include "command/program/diff.h"

#include <algorithm>

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
    if (v.starts_with("--- ")) {
      finish();
      before_ = path_of(text);
    } else if (v.starts_with("+++ ")) {
      after_ = path_of(text);
    } else if (v.starts_with('+') && !after_.empty()) {
      added_.append(text.substr(1));
      added_.append("\n");
    }
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
};

}  // namespace

void apply_patch(const Text& diff, const Change& /*change*/, Effects& effects) { Patch(diff, effects).run(); }

}  // namespace belay::command::program
