#include <utility>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

bool at_list_end(Cursor& c) {
  const char next = c.peek();
  if (next == '\0' || next == '\n' || next == ')' || next == ';') return true;
  return next == '&' && !c.at_redirect_all();
}

/// `!` and `time`, in any number and order, as bash has it. A `time` that takes options is the program.
bool read_prefixes(Cursor& c, Pipeline& out) {
  bool any = false;
  for (;;) {
    c.skip_blanks();
    const KeywordHere here = keyword_at(c);
    if (here.keyword != Keyword::bang && here.keyword != Keyword::time) return any;
    const std::uint32_t begin = c.pos();
    c.seek(here.end);
    if (here.keyword == Keyword::bang) {
      out.negated = !out.negated;
    } else {
      c.skip_blanks();
      if (c.peek() == '-' && c.peek_second() == 'p') {
        c.bump(2);
        if (c.peek() != '\0' && !is_meta(c.peek())) return c.seek(begin), any;
      } else if (c.peek() == '-') {
        return c.seek(begin), any;
      }
      out.timed = true;
    }
    any = true;
  }
}

bool read_pipeline(Cursor& c, Pipeline& out) {
  c.skip_blanks();
  const std::uint32_t begin = c.pos();
  const bool prefixed = read_prefixes(c, out);
  c.skip_blanks();
  if (prefixed && at_list_end(c)) {  // `time` alone, `!` alone
    out.commands.emplace_back();
    out.stderr_too.push_back(false);
    out.span = c.span_from(begin);
    return true;
  }
  for (bool more = true; more;) {
    const bool ok = read_command(c, out.commands.emplace_back());
    out.stderr_too.push_back(false);
    out.span = c.span_from(begin);
    if (!ok) return false;
    c.skip_blanks();
    more = c.peek() == '|' && c.peek_second() != '|';
    if (!more) break;
    (void)c.take('|');
    out.stderr_too.back() = c.extended() && c.take('&');
    if (!skip_newlines(c)) return false;
  }
  return true;
}

bool read_and_or(Cursor& c, AndOr& out) {
  const std::uint32_t begin = c.pos();
  Join join = Join::first;
  for (;;) {
    out.links.push_back({join, {}});
    const bool ok = c.spend() && read_pipeline(c, out.links.back().pipeline);
    out.span = c.span_from(begin);
    if (!ok) return false;
    c.skip_blanks();
    const char next = c.peek();
    if ((next != '&' && next != '|') || c.peek_second() != next) return true;
    join = next == '&' ? Join::and_then : Join::or_else;
    (void)c.take(next);
    (void)c.take(next);
    if (!skip_newlines(c)) return false;
  }
}

/// What separates two commands; `more` is false when nothing does.
bool read_separator(Cursor& c, AndOr& item, bool& more) {
  c.skip_blanks();
  const char next = c.peek();
  const char after = c.peek_second();
  more = true;
  if (next == '\n') return true;  // skip_newlines takes it
  if (next == '&' && after != '&') {
    (void)c.take('&');
    item.end = Terminator::background;
    return true;
  }
  if (next == ';' && after != ';' && after != '&' && !(after == '|' && c.zsh())) {
    (void)c.take(';');
    return true;
  }
  more = false;
  return true;
}

bool at_command(Cursor& c) {
  const char next = c.peek();
  if (next == '(') return true;
  if (next == '<' || next == '>') return true;
  if (next == '&') return c.at_redirect_all();
  if (next == '\0' || is_meta(next)) return false;
  switch (keyword_at(c).keyword) {
    case Keyword::brace_close:
    case Keyword::do_:
    case Keyword::done:
    case Keyword::elif:
    case Keyword::else_:
    case Keyword::end:
    case Keyword::esac:
    case Keyword::fi:
    case Keyword::then: return false;
    case Keyword::none:
    case Keyword::bang:
    case Keyword::brace_open:
    case Keyword::conditional:
    case Keyword::case_:
    case Keyword::coproc:
    case Keyword::for_:
    case Keyword::foreach:
    case Keyword::function:
    case Keyword::if_:
    case Keyword::in:
    case Keyword::repeat:
    case Keyword::select:
    case Keyword::time:
    case Keyword::until:
    case Keyword::while_: return true;
  }
  return true;
}

}  // namespace

bool read_list(Cursor& c, Empty empty, List& out) {
  if (!skip_newlines(c)) return false;
  const std::uint32_t begin = c.pos();
  while (at_command(c)) {
    bool more = false;
    const bool ok = read_and_or(c, out.items.emplace_back());
    out.span = c.span_from(begin);
    if (!ok || !read_separator(c, out.items.back(), more)) return false;
    if (!more) return true;
    if (!skip_newlines(c)) return false;
  }
  return !out.items.empty() || empty == Empty::allowed || c.unexpected();
}

bool read_sublist(Cursor& c, List& out) {
  c.skip_blanks();
  if (!at_command(c)) return c.unexpected();
  const std::uint32_t begin = c.pos();
  const bool ok = read_and_or(c, out.items.emplace_back());
  out.span = c.span_from(begin);
  return ok;
}

}  // namespace belay::shell
