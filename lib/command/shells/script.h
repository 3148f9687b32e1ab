#pragma once

#include <string>
#include <string_view>

#include "command/shells/code.h"

namespace belay::command::shells {

/// A place in a script; a hole is the byte 0x00.
class Script {
 public:
  explicit Script(std::string_view text) : text_(text) {}

  [[nodiscard]] bool more() const { return at_ < text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n'; }
  [[nodiscard]] bool starts(std::string_view s) const { return text_.substr(at_, s.size()) == s; }
  bool take(std::string_view s) {
    if (!starts(s)) return false;
    at_ += s.size();
    return true;
  }
  char next() { return at_ < text_.size() ? text_[at_++] : '\n'; }
  void advance(std::size_t n = 1) { at_ = at_ + n < text_.size() ? at_ + n : text_.size(); }
  [[nodiscard]] std::size_t place() const { return at_; }
  void go(std::size_t place) { at_ = place < text_.size() ? place : text_.size(); }
  [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  void skip_blank() {
    while (more() && (peek() == ' ' || peek() == '\t' || (peek() == '\\' && peek(1) == '\n'))) advance(peek() == '\\' ? 2 : 1);
  }
  void skip_line() {
    while (more() && peek() != '\n') advance();
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Shell code in the making: bytes, 0x00 for a hole.
[[nodiscard]] Text with_holes(std::string_view bytes);

/// One character of a word, quoted where the shell would take it for something else.
void append_literal(std::string& out, char c);

}  // namespace belay::command::shells
