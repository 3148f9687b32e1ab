#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "command/sql/dialect.h"
#include "model/text.h"

namespace belay::command::sql {

using model::Text;

enum class TokenKind : std::uint8_t {
  word,  ///< keyword or plain name; may have holes inside
  number,
  name,  ///< a quoted name
  string,
  symbol,  ///< a run of operator characters
  open,
  close,
  comma,
  dot,
  end,   ///< of a statement: `;`, or what DELIMITER says
  hole,  ///< nothing but unknown
  meta,  ///< a backslash outside quotes: a command of the client, or the end of a statement
  finished,
};

struct Token {
  TokenKind kind = TokenKind::finished;
  std::size_t begin = 0;
  std::size_t size = 0;
  bool blank_before = false;
  bool first_of_line = false;
  char quote = 0;  ///< what opened a string or name; `e` for E'…'
};

/// Tokens of one text, comments left out. Linear: every byte is looked at a bounded number of times.
class Lexer {
 public:
  Lexer(const Text& text, const Dialect& dialect) : text_(text.view()), dialect_(dialect) {}

  [[nodiscard]] Token next();
  /// The rest of the line, which is skipped. Also what follows on it belongs to the client's command.
  [[nodiscard]] std::string_view rest_of_line();
  void jump(std::size_t position) { at_ = position; }
  [[nodiscard]] std::size_t position() const { return at_; }
  /// MySQL's DELIMITER: an end of statements besides `;`.
  void set_delimiter(std::string delimiter) { delimiter_ = std::move(delimiter); }
  [[nodiscard]] const std::string& delimiter() const { return delimiter_; }

 private:
  void skip_blank();
  [[nodiscard]] bool skip_comment();
  void skip_block_comment();
  [[nodiscard]] bool line_comment_here() const;
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\n'; }
  [[nodiscard]] bool looking_at(std::string_view s) const { return text_.substr(at_, s.size()) == s; }
  Token quoted(TokenKind kind, std::size_t open, char close, bool backslash);
  [[nodiscard]] bool dollar_string(Token& out);
  Token word();
  Token made(TokenKind kind, std::size_t size);

  std::string_view text_;
  const Dialect& dialect_;
  std::string delimiter_ = ";";
  std::size_t at_ = 0;
  bool blank_ = false;
  bool line_start_ = true;
};

/// Parts of one text with their holes. The cost of a part is its size and its distance from the one before.
class Slices {
 public:
  explicit Slices(const Text& text) : text_(text) {}
  /// Appends the bytes to `out`, holes included.
  void append(std::size_t begin, std::size_t size, Text& out);
  [[nodiscard]] std::string_view view() const { return text_.view(); }

 private:
  void move_to(std::size_t begin);

  const Text& text_;
  std::size_t position_ = 0;
  std::size_t hole_ = 0;
};

/// What a string or quoted name stands for: quotes taken off, doubled quotes and the engine's escapes undone. Holes stay.
[[nodiscard]] Text unquoted(Slices& slices, const Token& token, const Dialect& dialect);

}  // namespace belay::command::sql
