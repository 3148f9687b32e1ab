#include <utility>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

bool read_section(Cursor& c, char end, Word& out) {
  const std::uint32_t begin = c.pos();
  const bool ok = c.spend() && read_region(c, Kind::section, Around::nothing, out.parts);
  out.span = c.span_from(begin);
  return ok && (c.take(end) || c.unexpected());
}

bool read_arithmetic_for(Cursor& c, ArithFor& out) {
  (void)c.take('(');
  (void)c.take('(');
  if (!read_section(c, ';', out.init) || !read_section(c, ';', out.condition) || !read_section(c, ')', out.step)) return false;
  return (c.take(')') || c.unexpected()) && skip_separator(c) && read_do(c, true, out.body);
}

bool read_words(Cursor& c, std::vector<Word>& out) {
  for (;;) {
    c.skip_blanks();
    if (!at_word(c)) break;
    if (!read_word(c, Kind::word, out.emplace_back())) return false;
  }
  return c.peek() == ';' || c.peek() == '\n' || c.unexpected();
}

/// zsh: `(words)` instead of `in words`, newlines among them.
bool read_words_in_parentheses(Cursor& c, std::vector<Word>& out) {
  (void)c.take('(');
  for (;;) {
    if (!skip_newlines(c)) return false;
    if (!at_word(c)) return c.take(')') || c.unexpected();
    if (!read_word(c, Kind::word, out.emplace_back())) return false;
  }
}

bool read_name(Cursor& c, std::string& out) {
  Word name;
  const std::uint32_t begin = c.pos();
  if (!read_word(c, Kind::word, name)) return false;
  out = std::string(c.since(begin));
  return true;
}

bool read_names(Cursor& c, For& out) {
  if (!read_name(c, out.name)) return false;
  for (c.skip_blanks(); c.zsh() && at_word(c) && keyword_at(c).keyword == Keyword::none; c.skip_blanks()) {
    if (!read_name(c, out.more_names.emplace_back())) return false;
  }
  return true;
}

/// zsh: `foreach … end`, unless its body is one of the others.
bool read_foreach_body(Cursor& c, std::unique_ptr<List>& out) {
  const Keyword next = keyword_at(c).keyword;
  if (next == Keyword::do_ || next == Keyword::brace_open) return read_do(c, true, out);
  out = std::make_unique<List>();
  return read_list(c, Empty::refused, *out) && expect_keyword(c, Keyword::end);
}

}  // namespace

bool skip_separator(Cursor& c) {
  c.skip_blanks();
  if (c.peek() == ';' && c.peek_second() != ';') (void)c.take(';');
  return skip_newlines(c);
}

bool read_do(Cursor& c, bool braces, std::unique_ptr<List>& out) {
  out = std::make_unique<List>();
  if ((braces || c.zsh()) && take_keyword(c, Keyword::brace_open))
    return read_list(c, Empty::refused, *out) && expect_keyword(c, Keyword::brace_close);
  if (take_keyword(c, Keyword::do_)) return read_list(c, Empty::refused, *out) && expect_keyword(c, Keyword::done);
  return c.zsh() ? read_sublist(c, *out) : c.unexpected();
}

bool read_for(Cursor& c, ForKind kind, Command& out) {
  c.skip_blanks();
  if (kind == ForKind::for_ && c.extended() && c.peek() == '(' && c.peek_second() == '(')
    return read_arithmetic_for(c, out.node.emplace<ArithFor>());
  auto& node = out.node.emplace<For>();
  node.select = kind == ForKind::select;
  if (!read_names(c, node)) return false;
  const bool parentheses = c.zsh() && c.peek() == '(';
  if (!parentheses && !skip_newlines(c)) return false;
  node.has_in = parentheses || take_keyword(c, Keyword::in);
  if (node.has_in && !(parentheses ? read_words_in_parentheses(c, node.words) : read_words(c, node.words))) return false;
  return skip_separator(c) && (kind == ForKind::foreach ? read_foreach_body(c, node.body) : read_do(c, true, node.body));
}

/// Its word is the count: how many rounds there are is not told apart, what happens in one is.
bool read_repeat(Cursor& c, Command& out) {
  auto& node = out.node.emplace<For>();
  node.name = "_";
  node.has_in = true;
  c.skip_blanks();
  return read_word(c, Kind::word, node.words.emplace_back()) && skip_separator(c) && read_do(c, true, node.body);
}

bool read_while(Cursor& c, bool until, Command& out) {
  auto& node = out.node.emplace<While>();
  node.until = until;
  node.condition = std::make_unique<List>();
  return read_list(c, Empty::refused, *node.condition) && read_do(c, false, node.body);
}

}  // namespace belay::shell
