#include <utility>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

/// A list between words that were and will be read by the caller.
bool read_body(Cursor& c, std::unique_ptr<List>& out, Empty empty = Empty::refused) {
  out = std::make_unique<List>();
  return read_list(c, empty, *out);
}

bool read_subshell(Cursor& c, Command& out) {
  auto& node = out.node.emplace<Subshell>();
  (void)c.take('(');
  if (!read_body(c, node.body)) return false;
  c.skip_blanks();
  return c.take(')') || c.unexpected();
}

bool read_group(Cursor& c, Command& out) {
  auto& node = out.node.emplace<Group>();
  return read_body(c, node.body, c.zsh() ? Empty::allowed : Empty::refused) && expect_keyword(c, Keyword::brace_close) && read_always(c, node);
}

bool read_if(Cursor& c, Command& out) {
  auto& node = out.node.emplace<If>();
  do {
    If::Branch& branch = node.branches.emplace_back();
    branch.condition = std::make_unique<List>();
    branch.body = std::make_unique<List>();
    if (!read_list(c, Empty::refused, *branch.condition)) return false;
    if (c.zsh() && node.branches.size() == 1 && !at_keyword(c, Keyword::then)) return read_short_if(c, node);
    if (!expect_keyword(c, Keyword::then) || !read_list(c, Empty::refused, *branch.body)) return false;
  } while (take_keyword(c, Keyword::elif));
  if (take_keyword(c, Keyword::else_) && !read_body(c, node.otherwise)) return false;
  return expect_keyword(c, Keyword::fi);
}

/// `;;`, `;&`, `;;&`, zsh's `;|`; false when the item has no end of its own.
bool take_case_end(Cursor& c, CaseEnd& end) {
  c.skip_blanks();
  if (c.peek() != ';') return false;
  const char after = c.peek_second();
  if (after != ';' && (after != '&' || !c.extended()) && (after != '|' || !c.zsh())) return false;
  (void)c.take(';');
  (void)c.take(after);
  end = after == '&' ? CaseEnd::fall_through : after == '|' || (c.extended() && c.take('&')) ? CaseEnd::test_next : CaseEnd::stop;
  return true;
}

bool read_case_item(Cursor& c, Case::Item& item) {
  c.skip_blanks();
  (void)c.take('(');
  do {
    c.skip_blanks();
    if (!read_word(c, Kind::word, item.patterns.emplace_back())) return false;
    c.skip_blanks();
  } while (c.take('|'));
  return (c.take(')') || c.unexpected()) && read_body(c, item.body, Empty::allowed);
}

bool read_case(Cursor& c, Command& out) {
  auto& node = out.node.emplace<Case>();
  c.skip_blanks();
  if (!read_word(c, Kind::word, node.subject) || !skip_newlines(c)) return false;
  const bool braces = c.zsh() && take_keyword(c, Keyword::brace_open);
  if (!braces && !expect_keyword(c, Keyword::in)) return false;
  const Keyword end = braces ? Keyword::brace_close : Keyword::esac;
  for (;;) {
    if (!skip_newlines(c)) return false;
    if (take_keyword(c, end)) return true;
    Case::Item& item = node.items.emplace_back();
    if (!c.spend() || !read_case_item(c, item)) return false;
    if (!take_case_end(c, item.end)) return skip_newlines(c) && expect_keyword(c, end);
  }
}

/// `((`: an expression, or if it is none two subshells.
bool read_parenthesis(Cursor& c, Command& out) {
  const std::uint32_t begin = c.pos();
  if (c.extended() && c.peek_second() == '(' && !c.shared().not_arithmetic.contains(c.original(begin))) {
    (void)c.take('(');
    (void)c.take('(');
    Word expression;
    if (read_double_parentheses(c, Around::nothing, expression)) {
      out.node = ArithCommand{std::move(expression)};
      return true;
    }
    if (c.shared().failed) return false;
    c.shared().not_arithmetic.insert(c.original(begin));
    c.seek(begin);
  }
  return read_subshell(c, out);
}

bool read_node(Cursor& c, Command& out) {
  if (c.zsh() && c.peek() == '(' && c.peek_second() == ')') return c.bump(2), read_anonymous(c, out);
  if (c.peek() == '(') return read_parenthesis(c, out);
  const KeywordHere here = keyword_at(c);
  c.seek(here.end);
  switch (here.keyword) {
    case Keyword::brace_open: return read_group(c, out);
    case Keyword::conditional: return read_conditional(c, out.node.emplace<Conditional>());
    case Keyword::case_: return read_case(c, out);
    case Keyword::for_: return read_for(c, ForKind::for_, out);
    case Keyword::foreach: return read_for(c, ForKind::foreach, out);
    case Keyword::select: return read_for(c, ForKind::select, out);
    case Keyword::repeat: return read_repeat(c, out);
    case Keyword::if_: return read_if(c, out);
    case Keyword::until: return read_while(c, true, out);
    case Keyword::while_: return read_while(c, false, out);
    case Keyword::none:
    case Keyword::bang:
    case Keyword::brace_close:
    case Keyword::coproc:
    case Keyword::do_:
    case Keyword::done:
    case Keyword::elif:
    case Keyword::else_:
    case Keyword::end:
    case Keyword::esac:
    case Keyword::fi:
    case Keyword::function:
    case Keyword::in:
    case Keyword::then:
    case Keyword::time: break;
  }
  return c.unexpected();
}

}  // namespace

bool at_compound(Cursor& c) {
  if (c.peek() == '(') return true;
  switch (keyword_at(c).keyword) {
    case Keyword::brace_open:
    case Keyword::conditional:
    case Keyword::case_:
    case Keyword::for_:
    case Keyword::foreach:
    case Keyword::repeat:
    case Keyword::select:
    case Keyword::if_:
    case Keyword::until:
    case Keyword::while_: return true;
    case Keyword::none:
    case Keyword::bang:
    case Keyword::brace_close:
    case Keyword::coproc:
    case Keyword::do_:
    case Keyword::done:
    case Keyword::elif:
    case Keyword::else_:
    case Keyword::end:
    case Keyword::esac:
    case Keyword::fi:
    case Keyword::function:
    case Keyword::in:
    case Keyword::then:
    case Keyword::time: return false;
  }
  return false;
}

bool read_compound(Cursor& c, Command& out) {
  c.skip_blanks();
  if (!at_compound(c)) return c.unexpected();
  const Nested nested(c);
  if (!nested.ok()) return false;
  const std::uint32_t begin = c.pos();
  const bool ok = read_node(c, out) && read_redirects(c, out.redirects);
  out.span = c.span_from(begin);
  return ok;
}

bool read_command(Cursor& c, Command& out) {
  if (!c.spend()) return false;
  c.skip_blanks();
  if (at_compound(c)) return read_compound(c, out);
  const std::uint32_t begin = c.pos();
  const bool function = take_keyword(c, Keyword::function);
  if (!function && !take_keyword(c, Keyword::coproc)) return read_simple(c, out);
  const Nested nested(c);
  const bool ok = nested.ok() && (function ? read_function_keyword(c, out) : read_coproc(c, out));
  out.span = c.span_from(begin);
  return ok;
}

}  // namespace belay::shell
