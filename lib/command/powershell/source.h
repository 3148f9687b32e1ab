#pragma once

#include <cstddef>
#include <string_view>

#include "model/text.h"

namespace belay::command::powershell {

using model::Text;

/// What PowerShell takes for the same character, made the same: en and em dashes, typographic quotes, blanks of Unicode, line ends
/// (language specification, 2.2.4 and 2.3.5.2).
[[nodiscard]] Text normal_source(const Text& code);

/// A place in the text of a script.
class Cursor {
 public:
  explicit Cursor(const Text& code) : code_(code), v_(code.view()) {}

  [[nodiscard]] bool more() const { return at_ < v_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < v_.size() ? v_[at_ + ahead] : '\n'; }
  [[nodiscard]] bool starts(std::string_view s) const { return v_.substr(at_, s.size()) == s; }
  [[nodiscard]] std::size_t place() const { return at_; }
  void go(std::size_t place) { at_ = place < v_.size() ? place : v_.size(); }
  void advance(std::size_t n = 1) { go(at_ + n); }
  bool take(std::string_view s);
  [[nodiscard]] std::string_view rest() const { return v_.substr(at_); }
  [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const { return v_.substr(begin, end - begin); }
  /// With its holes.
  [[nodiscard]] Text slice(std::size_t begin, std::size_t end) const;

  /// Blanks, comments and continued lines; with `lines`, line ends too.
  void skip_blank(bool lines = false);
  /// Blanks, line ends and `;`.
  void skip_separators();
  /// Letters, digits and `_`.
  std::string_view word();
  /// The place of the bracket that closes the one here, strings and comments skipped; the end of the text if there is none.
  [[nodiscard]] std::size_t closing() const;

 private:
  [[nodiscard]] std::size_t skip_string(std::size_t at) const;

  const Text& code_;
  std::string_view v_;
  std::size_t at_ = 0;
};

/// Can this character be part of a variable's name?
[[nodiscard]] bool is_variable_char(char c);

}  // namespace belay::command::powershell
