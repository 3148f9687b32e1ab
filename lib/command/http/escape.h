#pragma once

#include "model/text.h"

namespace belay::command::http {

using model::Text;

/// Which percent escapes are undone: those of letters, digits and `-._~`, all, or all and `+` for a blank (a form).
enum class Unescape : std::uint8_t { unreserved, all, form };
[[nodiscard]] Text unescaped(const Text& text, Unescape which);

/// The same with every hole said to stay inside what it stands in.
[[nodiscard]] Text kept_inside(const Text& text);

/// ASCII letters in lower case, holes where they were.
[[nodiscard]] Text lower(const Text& text);

/// Walks a text and its holes side by side.
class Walk {
 public:
  explicit Walk(const Text& text) : text_(text) {}
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_.view()[at_ + ahead] : '\n'; }
  [[nodiscard]] std::string_view rest() const { return text_.view().substr(std::min(at_, text_.size())); }
  [[nodiscard]] std::size_t position() const { return at_; }
  /// One byte, or hole, over to `out`.
  void copy(Text& out);
  void skip(std::size_t count = 1);

 private:
  const Text& text_;
  std::size_t at_ = 0;
  std::size_t hole_ = 0;
};

}  // namespace belay::command::http
