#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "command/sql/lexer.h"

namespace belay::command::sql {

/// The upper-case spelling when `word` is a keyword of some engine; else empty.
[[nodiscard]] std::string_view keyword(std::string_view word);

/// The tokens of one statement and the text they were read from.
class Tokens {
 public:
  Tokens(std::string_view text, std::span<const Token> tokens) : text_(text), tokens_(tokens) {}

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] bool empty() const { return tokens_.empty(); }
  [[nodiscard]] const Token& operator[](std::size_t i) const { return tokens_[i]; }
  [[nodiscard]] TokenKind kind(std::size_t i) const { return i < tokens_.size() ? tokens_[i].kind : TokenKind::finished; }
  [[nodiscard]] std::string_view spelling(std::size_t i) const {
    return i < tokens_.size() ? text_.substr(tokens_[i].begin, tokens_[i].size) : std::string_view();
  }
  /// Token `i` is this word, in any case.
  [[nodiscard]] bool is(std::size_t i, std::string_view word) const;
  [[nodiscard]] bool is_one_of(std::size_t i, std::initializer_list<std::string_view> words) const;
  [[nodiscard]] Tokens part(std::size_t begin, std::size_t end) const { return {text_, tokens_.subspan(begin, end - begin)}; }
  /// Behind the parenthesis that closes the one at `open`; size() when none does.
  [[nodiscard]] std::size_t behind(std::size_t open) const;
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::span<const Token> tokens_;
};

}  // namespace belay::command::sql
