#include <utility>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

/// `do … done`, or `{ … }`, which bash takes after `for` and `select`.
bool read_do(Cursor& c, bool braces, std::unique_ptr<List>& out) {
  out = std::make_unique<List>();
  const bool brace = braces && take_keyword(c, Keyword::brace_open);
  if (!brace && !expect_keyword(c, Keyword::do_)) return false;
  return read_list(c, Empty::refused, *out) && expect_keyword(c, brace ? Keyword::brace_close : Keyword::done);
}

/// A newline or `;`, then newlines; nothing is fine too.
bool skip_separator(Cursor& c) {
  c.skip_blanks();
  if (c.peek() == ';' && c.peek_second() != ';') (void)c.take(';');
  return skip_newlines(c);
}

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

}  // namespace

bool read_for(Cursor& c, bool select, Command& out) {
  c.skip_blanks();
  if (!select && c.extended() && c.peek() == '(' && c.peek_second() == '(') return read_arithmetic_for(c, out.node.emplace<ArithFor>());
  auto& node = out.node.emplace<For>();
  node.select = select;
  Word name;
  const std::uint32_t begin = c.pos();
  if (!read_word(c, Kind::word, name)) return false;
  node.name = std::string(c.since(begin));
  if (!skip_newlines(c)) return false;
  node.has_in = take_keyword(c, Keyword::in);
  if (node.has_in && !read_words(c, node.words)) return false;
  return skip_separator(c) && read_do(c, true, node.body);
}

bool read_while(Cursor& c, bool until, Command& out) {
  auto& node = out.node.emplace<While>();
  node.until = until;
  node.condition = std::make_unique<List>();
  return read_list(c, Empty::refused, *node.condition) && read_do(c, false, node.body);
}

}  // namespace belay::shell
