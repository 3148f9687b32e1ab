#include "command/sql/normal.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/sql/where.h"

namespace belay::command::sql {

namespace {

/// Statements that only read: whatever is filled in is a column, a table, a value.
constexpr std::array<std::string_view, 8> kReaders{"SELECT", "SHOW", "DESCRIBE", "DESC", "VALUES", "USE", "LIST", "PRAGMA"};

/// Words behind which a name or a value stands.
constexpr std::array<std::string_view, 37> kBeforeNames{
    "FROM",    "INTO",    "TABLE",     "UPDATE", "JOIN",   "LIMIT",    "OFFSET",   "LIKE",      "ILIKE", "IN",
    "BETWEEN", "VALUES",  "TO",        "BY",     "AS",     "EXISTS",   "DATABASE", "SCHEMA",    "USE",   "ON",
    "COLUMN",  "INDEX",   "USER",      "ROLE",   "VIEW",   "SEQUENCE", "FUNCTION", "EXTENSION", "KEY",   "PASSWORD",
    "OWNER",   "DEFAULT", "RETURNING", "NOTIFY", "LISTEN", "CALL",     "SET"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Writer {
 public:
  Writer(const Tokens& tokens, Slices& slices)
      : tokens_(tokens), slices_(slices), reads_(among(kReaders, keyword(tokens.spelling(0)))) {}

  Text run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (i > 0 && blank_between(i)) out_.append(" ");
      token(i);
    }
    return std::move(out_);
  }

 private:
  /// One spacing for all, but for a parenthesis: `count(*)` is a call, `IN (1)` is none, and both stay what they are.
  [[nodiscard]] bool blank_between(std::size_t i) const {
    const TokenKind before = tokens_.kind(i - 1);
    const TokenKind kind = tokens_.kind(i);
    if (before == TokenKind::dot || kind == TokenKind::dot || before == TokenKind::open) return false;
    if (kind == TokenKind::comma || kind == TokenKind::close || kind == TokenKind::end) return false;
    if (kind == TokenKind::open) return tokens_[i].blank_before || before != TokenKind::word;
    return tokens_.spelling(i) != "::" && tokens_.spelling(i - 1) != "::";
  }

  void token(std::size_t i) {
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::string) return out_.append(kData);
    if (t.kind == TokenKind::name) return name(t);
    if (t.kind == TokenKind::hole) return hole(i);
    if (t.kind == TokenKind::word) return word(i);
    if (t.kind == TokenKind::end) return out_.append(";");
    slices_.append(t.begin, t.size, out_);
  }

  void word(std::size_t i) {
    const std::string_view spelling = tokens_.spelling(i);
    const std::string_view upper = keyword(spelling);
    if (!upper.empty()) return out_.append(upper);
    if (spelling.find(model::kHole) == std::string_view::npos) return out_.append(spelling);
    if (i == 0) return slices_.append(tokens_[i].begin, tokens_[i].size, out_);
    for (const char c : spelling) out_.append(c == model::kHole ? kValue : std::string_view(&c, 1));
  }

  /// In one kind of quotes and without anything that could read as a statement: `"DROP TABLE x"` becomes `"DROP_TABLE_x"`.
  void name(const Token& t) {
    const std::string_view inside = tokens_.text().substr(t.begin + 1, t.size < 2 ? 0 : t.size - 2);
    out_.append("\"");
    for (const char c : inside) {
      const bool plain = base::is_name_char(c) || c == '.' || c == '-' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
      out_.append(c == model::kHole ? kValue : plain ? std::string_view(&c, 1) : std::string_view("_"));
    }
    out_.append("\"");
  }

  void hole(std::size_t i) {
    if (i > 0 && (reads_ || names_or_value(i - 1))) return out_.append(kValue);
    slices_.append(tokens_[i].begin, tokens_[i].size, out_);
  }

  [[nodiscard]] bool names_or_value(std::size_t before) const {
    const TokenKind kind = tokens_.kind(before);
    if (kind == TokenKind::word) return among(kBeforeNames, keyword(tokens_.spelling(before)));
    return kind == TokenKind::symbol || kind == TokenKind::comma || kind == TokenKind::dot || kind == TokenKind::open;
  }

  const Tokens& tokens_;
  Slices& slices_;
  bool reads_;
  Text out_;
};

}  // namespace

Text normal(const Tokens& tokens, Slices& slices) {
  Text out = Writer(tokens, slices).run();
  if (reaches_every_row(tokens)) {
    out.append(" ");
    out.append(kNoWhere);
  }
  return out;
}

}  // namespace belay::command::sql
