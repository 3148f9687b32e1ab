#include "command/program/split_string.h"

#include <algorithm>
#include <string>

#include "command/program/roles.h"

namespace belay::command::program {

namespace {

Text variable(std::string_view name, const Effects& effects) {
  for (const model::Binding& one : effects.invocation().setting.env) {
    if (one.name == name) return one.value;
  }
  if (name == "HOME") return effects.homes().front();
  return Text::hole(model::HoleTrait::any);
}

/// The same string in the quoting that split_words() knows.
class Rewriter {
 public:
  Rewriter(const Text& text, const Effects& effects) : text_(text), v_(text.view()), effects_(effects) {}

  Text run() {
    for (at_ = 0; at_ < v_.size();) {
      const char c = v_[at_];
      const bool single = quote_ == '\'';
      if (c == '\\' && !single && at_ + 1 < v_.size()) {
        if (!escape(v_[at_ + 1])) break;
      } else if (v_.substr(at_, 2) == "${" && !single) {
        expansion();
      } else if (c == '#' && quote_ == 0 && (at_ == 0 || v_[at_ - 1] == ' ' || v_[at_ - 1] == '\t')) {
        break;
      } else {
        if ((c == '\'' || c == '"') && (quote_ == 0 || quote_ == c)) quote_ = quote_ == 0 ? c : '\0';
        out_.append(text_.substr(at_++, 1));
      }
    }
    return std::move(out_);
  }

 private:
  /// False at the end of the string.
  bool escape(char c) {
    if (c == 'c') return false;
    if (c == '_') out_.append(" ");
    else if (std::string_view("fnrtv").find(c) != std::string_view::npos) out_.append(quote_ == 0 ? " " : "\n");
    else out_.append(text_.substr(at_, 2));
    at_ += 2;
    return true;
  }

  void expansion() {
    const std::size_t end = std::min(v_.find('}', at_), v_.size());
    out_.append(variable(v_.substr(at_ + 2, end - at_ - 2), effects_));
    at_ = std::min(end + 1, v_.size());
  }

  const Text& text_;
  std::string_view v_;
  const Effects& effects_;
  std::size_t at_ = 0;
  char quote_ = 0;
  Text out_;
};

}  // namespace

std::vector<Text> split_string(const Text& text, const Effects& effects) { return split_words(Rewriter(text, effects).run()); }

}  // namespace belay::command::program
