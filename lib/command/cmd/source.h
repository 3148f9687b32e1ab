#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

/// The text of a batch line while it is read: percent signs are replaced where they stand, before anything else is looked at, as cmd
/// does. A byte 0x00 is a part that is not known.
namespace belay::command::cmd {

using Variables = std::map<std::string, std::string, std::less<>>;  ///< by name in lower case

class Source {
 public:
  Source(std::string text, Variables& variables) : text_(std::move(text)), variables_(variables) {}

  [[nodiscard]] bool more() const { return at_ < text_.size(); }
  /// The character here, with `%x%` and `!x!` put in.
  [[nodiscard]] char peek();
  [[nodiscard]] char raw(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n'; }
  void advance(std::size_t n = 1) { at_ = at_ + n < text_.size() ? at_ + n : text_.size(); }
  void skip_blank();
  void skip_line();
  [[nodiscard]] std::size_t place() const { return at_; }
  void go(std::size_t place) { at_ = place; }
  [[nodiscard]] std::string_view rest() const { return std::string_view(text_).substr(at_); }
  [[nodiscard]] std::string between(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
  [[nodiscard]] Variables& variables() { return variables_; }
  /// The length of the stretch up to what ends a simple command.
  [[nodiscard]] std::size_t simple_length();

 private:
  bool expand();
  void put(std::size_t length, std::string value);

  std::string text_;
  Variables& variables_;
  std::size_t at_ = 0;
  std::size_t expanded_ = 0;  ///< what stands before it came out of a variable
  int replacements_ = 0;
};

/// Value of a variable with its modifiers: `x`, `x:~0,3`, `x:a=b`. Nothing is known of a variable that nobody set.
[[nodiscard]] std::string value_of(std::string_view reference, const Variables& variables);

}  // namespace belay::command::cmd
