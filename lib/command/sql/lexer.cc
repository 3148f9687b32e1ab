#include "command/sql/lexer.h"

#include <algorithm>

#include "base/text.h"

namespace belay::command::sql {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// Bytes beyond ASCII are letters to every engine. `$`, `@` and `#` belong to names of some (variables, temporary tables).
bool is_word(char c) {
  return base::is_name_char(c) || c == '$' || c == '@' || c == '#' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_symbol(char c) { return std::string_view("+-*/<>=~!%^&|?:`'\"[]{}").find(c) != std::string_view::npos; }

}  // namespace

bool Lexer::line_comment_here() const {
  if (looking_at("--")) return !dialect_.has(Trait::dashes_blank) || static_cast<unsigned char>(at(at_ + 2)) <= ' ';
  return (dialect_.has(Trait::hash) && at(at_) == '#') || (dialect_.has(Trait::slashes) && looking_at("//"));
}

void Lexer::skip_block_comment() {
  at_ += 2;
  for (std::size_t depth = 1; depth > 0 && at_ < text_.size();) {
    const std::size_t mark = text_.find_first_of("*/", at_);
    if (mark == std::string_view::npos) {
      at_ = text_.size();
      return;
    }
    at_ = mark;
    if (looking_at("*/")) --depth, at_ += 2;
    else if (dialect_.has(Trait::nested) && looking_at("/*")) ++depth, at_ += 2;
    else ++at_;
  }
}

/// A comment counts as one blank. `/*!50100 … */` and MariaDB's `/*M! … */` are code between two blanks.
bool Lexer::skip_comment() {
  if (line_comment_here()) {
    at_ = std::min(text_.find('\n', at_), text_.size());
  } else if (dialect_.has(Trait::executable) && (looking_at("/*!") || looking_at("/*M!"))) {
    at_ = text_.find('!', at_) + 1;
    while (base::is_digit(at(at_))) ++at_;
  } else if (dialect_.has(Trait::executable) && looking_at("*/")) {
    at_ += 2;
  } else if (looking_at("/*")) {
    skip_block_comment();
  } else {
    return false;
  }
  return true;
}

void Lexer::skip_blank() {
  while (at_ < text_.size()) {
    if (is_blank(text_[at_])) {
      line_start_ = line_start_ || text_[at_] == '\n';
      ++at_;
    } else if (!skip_comment()) {
      return;
    }
    blank_ = true;
  }
}

Token Lexer::made(TokenKind kind, std::size_t size) {
  const Token out{kind, at_, size, blank_, line_start_, 0};
  at_ += size;
  blank_ = false;
  line_start_ = false;
  return out;
}

/// From the opening quote `open` bytes on; a doubled closing quote is one of the text. Without an end it goes to the end of the text.
Token Lexer::quoted(TokenKind kind, std::size_t open, char close, bool backslash) {
  std::size_t i = at_ + open + 1;
  for (; i < text_.size(); ++i) {
    if (backslash && text_[i] == '\\') ++i;
    else if (text_[i] == close && at(i + 1) == close) ++i;
    else if (text_[i] == close) break;
  }
  const std::size_t end = std::min(i + 1, text_.size());
  const char quote = text_[at_ + open];
  const bool escapes = backslash && !dialect_.has(Trait::backslash);
  Token out = made(kind, end - at_);
  out.quote = escapes ? 'e' : quote;
  return out;
}

/// `$tag$ … $tag$`; `$1` and `a$b` are none.
bool Lexer::dollar_string(Token& out) {
  if (!dialect_.has(Trait::dollar)) return false;
  std::size_t i = at_ + 1;
  if (base::is_digit(at(i))) return false;
  while (i < text_.size() && (base::is_name_char(text_[i]) || static_cast<unsigned char>(text_[i]) >= 0x80)) ++i;
  if (i >= text_.size() || text_[i] != '$') return false;
  const std::string_view tag = text_.substr(at_, i + 1 - at_);
  const std::size_t close = text_.find(tag, i + 1);
  out = made(TokenKind::string, (close == std::string_view::npos ? text_.size() : close + tag.size()) - at_);
  out.quote = '$';
  return true;
}

Token Lexer::word() {
  std::size_t i = at_;
  const bool number = base::is_digit(text_[i]);
  bool holes_only = true;
  while (i < text_.size() &&
         (is_word(text_[i]) || text_[i] == model::kHole || (number && text_[i] == '.' && base::is_digit(at(i + 1))))) {
    if (i > at_ && dialect_.has(Trait::hash) && text_[i] == '#') break;
    if (delimiter_ != ";" && text_.substr(i, delimiter_.size()) == delimiter_) break;
    holes_only = holes_only && text_[i] == model::kHole;
    ++i;
  }
  return made(holes_only ? TokenKind::hole : number ? TokenKind::number : TokenKind::word, i - at_);
}

Token Lexer::next() {
  skip_blank();
  if (at_ >= text_.size()) return made(TokenKind::finished, 0);
  const char c = text_[at_];
  if (looking_at(delimiter_)) return made(TokenKind::end, delimiter_.size());
  if (c == ';') return made(TokenKind::end, 1);
  const char after = at(at_ + 1);
  const bool prefix = after == '\'' && std::string_view("eEnNbBxX").find(c) != std::string_view::npos;
  if (c == '\'') return quoted(TokenKind::string, 0, c, dialect_.has(Trait::backslash));
  if (prefix) {
    const bool escape = dialect_.has(Trait::backslash) || (dialect_.has(Trait::escape) && (c == 'e' || c == 'E'));
    return quoted(TokenKind::string, 1, '\'', escape);
  }
  if (c == '"' && dialect_.has(Trait::double_string)) return quoted(TokenKind::string, 0, c, dialect_.has(Trait::backslash));
  if (c == '"' || c == '`') return quoted(TokenKind::name, 0, c, false);
  if (c == '[' && dialect_.has(Trait::brackets)) return quoted(TokenKind::name, 0, ']', false);
  if (Token out; c == '$' && dollar_string(out)) return out;
  if (is_word(c) || c == model::kHole) return word();
  switch (c) {
    case '(': return made(TokenKind::open, 1);
    case ')': return made(TokenKind::close, 1);
    case ',': return made(TokenKind::comma, 1);
    case '.': return made(TokenKind::dot, 1);
    case '\\': return made(TokenKind::meta, 1);
    default: break;
  }
  std::size_t size = 1;
  const auto ends = [&](std::size_t i) {  // a comment, a string or the delimiter may stand right behind an operator
    const std::string_view rest = text_.substr(i);
    return !is_symbol(rest[0]) || std::string_view("'\"`[").find(rest[0]) != std::string_view::npos ||
           rest.substr(0, 2) == "--" || rest.substr(0, 2) == "/*" || rest.substr(0, 2) == "*/" ||
           rest.substr(0, delimiter_.size()) == delimiter_;
  };
  while (is_symbol(c) && at_ + size < text_.size() && !ends(at_ + size)) ++size;
  return made(TokenKind::symbol, size);
}

std::string_view Lexer::rest_of_line() {
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  const std::string_view rest = text_.substr(at_, end - at_);
  at_ = end;
  return rest;
}

namespace {

/// What stands between the quotes.
std::pair<std::size_t, std::size_t> inside(std::string_view v, const Token& token) {
  const std::size_t end = token.begin + token.size;
  if (token.quote == '$') {
    const std::size_t open = v.find('$', token.begin + 1) + 1;
    const std::size_t tag = open - token.begin;
    return {open, end >= open + tag && v[end - 1] == '$' ? end - tag : end};
  }
  const char mark = token.quote == 'e' ? '\'' : token.quote;
  const std::size_t open = v.find(mark, token.begin) + 1;
  const char close = mark == '[' ? ']' : mark;
  return {open, end > open && v[end - 1] == close ? end - 1 : end};
}

char escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    default: return c;
  }
}

}  // namespace

Text unquoted(Slices& slices, const Token& token, const Dialect& dialect) {
  const std::string_view v = slices.view();
  const auto [begin, end] = inside(v, token);
  const bool backslash =
      token.quote == 'e' || (token.quote != '$' && token.quote != '`' && token.quote != '[' && dialect.has(Trait::backslash));
  const char close = token.quote == '[' ? ']' : token.quote == 'e' ? '\'' : token.quote;
  Text out;
  for (std::size_t i = begin; i < end;) {
    std::size_t stop = i;
    while (stop < end && v[stop] != close && !(backslash && v[stop] == '\\')) ++stop;
    slices.append(i, stop - i, out);
    if (stop >= end) break;
    if (token.quote == '$') {
      out.append("$");
      i = stop + 1;
      continue;
    }
    const bool two = stop + 1 < end && v[stop + 1] != model::kHole;
    const char c = two ? (v[stop] == '\\' ? escaped(v[stop + 1]) : v[stop + 1]) : v[stop];
    out.append(std::string_view(&c, 1));
    i = stop + (two ? 2 : 1);
  }
  return out;
}

void Slices::move_to(std::size_t begin) {
  const auto holes = [&](std::size_t from, std::size_t to) {
    const auto bytes = text_.view().substr(from, to - from);
    return static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), model::kHole));
  };
  if (text_.literal()) return;
  if (begin < position_) hole_ -= holes(begin, position_);
  else hole_ += holes(position_, begin);
  position_ = begin;
}

void Slices::append(std::size_t begin, std::size_t size, Text& out) {
  const std::string_view v = text_.view();
  move_to(begin);
  std::size_t run = begin;
  for (std::size_t i = begin; i < begin + size; ++i) {
    if (v[i] != model::kHole) continue;
    out.append(v.substr(run, i - run));
    out.append_hole(text_.trait(hole_++));
    run = i + 1;
  }
  out.append(v.substr(run, begin + size - run));
  position_ = begin + size;
}

}  // namespace belay::command::sql
