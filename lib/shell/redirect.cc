#include <array>
#include <limits>
#include <utility>

#include "base/text.h"
#include "shell/grammar.h"

namespace belay::shell {
namespace {

struct Row {
  std::string_view text;
  RedirOp op;
};
/// Longest first.
constexpr std::array<Row, 13> kOperators{{
    {"<<<", RedirOp::herestring},
    {"<<-", RedirOp::heredoc_strip},
    {"&>>", RedirOp::append_all},
    {"<<", RedirOp::heredoc},
    {"<&", RedirOp::dup_in},
    {"<>", RedirOp::read_write},
    {">>", RedirOp::append},
    {">&", RedirOp::dup_out},
    {">|", RedirOp::clobber},
    {"&>", RedirOp::write_all},
    {"<", RedirOp::read},
    {">", RedirOp::write},
    {"", RedirOp::read},
}};

/// Where the operator begins when a descriptor stands before it; the position itself otherwise.
struct Prefix {
  int fd = -1;
  std::string variable;
};

bool read_number(Cursor& c, int& fd) {
  if (!base::is_digit(c.peek())) return false;
  std::int64_t value = 0;
  while (base::is_digit(c.peek())) {
    if (value < std::numeric_limits<int>::max()) value = value * 10 + (c.raw() - '0');
    c.bump();
  }
  fd = value < std::numeric_limits<int>::max() ? static_cast<int>(value) : std::numeric_limits<int>::max();
  return true;
}

bool read_variable(Cursor& c, std::string& name) {
  if (!c.take('{') || !base::is_name_start(c.peek())) return false;
  while (base::is_name_char(c.peek())) {
    name += c.raw();
    c.bump();
  }
  return c.take('}');
}

/// False and back at the beginning when no operator follows.
bool read_prefix(Cursor& c, Prefix& out) {
  const std::uint32_t begin = c.pos();
  const char first = c.peek();
  const bool prefixed = base::is_digit(first) ? read_number(c, out.fd) : first == '{' && c.extended() && read_variable(c, out.variable);
  const char next = c.peek();
  if (prefixed || c.pos() == begin) {
    if (next == '<' || next == '>') return prefixed || !c.extended() || c.peek_second() != '(';
    if (!prefixed && c.at_redirect_all()) return true;
  }
  c.seek(begin);
  return false;
}

RedirOp read_operator(Cursor& c) {
  std::string seen;
  const std::uint32_t begin = c.pos();
  while (seen.size() < 3 && (c.peek() == '<' || c.raw() == '>' || c.raw() == '&' || c.raw() == '|' || c.raw() == '-')) {
    seen += c.raw();
    c.bump();
  }
  for (const Row& row : kOperators) {
    if (!seen.starts_with(row.text) || (row.op == RedirOp::herestring && !c.extended())) continue;
    c.seek(begin);
    for (const char one : row.text) (void)c.take(one);
    return row.op;
  }
  return RedirOp::read;
}

/// Quoted or not decides how the body is read, so its slot is made here and filled at the next newline.
void await_body(Cursor& c, std::string_view written, Redirect& out) {
  PendingBody pending{nullptr, {}, out.op == RedirOp::heredoc_strip, false, c.shared().in_substitution};
  pending.delimiter = delimiter_text(written, pending.quoted);
  out.heredoc_quoted = pending.quoted;
  if (pending.quoted) out.body.parts.push_back({{}, Quoted{{}, QuoteStyle::single}});
  else out.body.parts.push_back({{}, DoubleQuoted{}});
  pending.slot = &out.body.parts.front();
  c.shared().pending.push_back(std::move(pending));
}

}  // namespace

bool at_redirect(Cursor& c) {
  const char first = c.peek();
  if (first != '<' && first != '>' && first != '&' && first != '{' && !base::is_digit(first)) return false;
  const std::uint32_t begin = c.pos();
  Prefix prefix;
  const bool yes = read_prefix(c, prefix);
  c.seek(begin);
  return yes;
}

bool read_redirect(Cursor& c, Redirect& out) {
  const std::uint32_t begin = c.pos();
  Prefix prefix;
  (void)read_prefix(c, prefix);
  out.fd = prefix.fd;
  out.fd_variable = std::move(prefix.variable);
  out.op = read_operator(c);
  c.skip_blanks();
  const std::uint32_t target = c.pos();
  const bool ok = read_word(c, Kind::word, out.target);
  out.span = c.span_from(begin);
  if (!ok) return false;
  if (out.op == RedirOp::heredoc || out.op == RedirOp::heredoc_strip) await_body(c, c.since(target), out);
  return true;
}

bool read_redirects(Cursor& c, std::vector<Redirect>& out) {
  for (;;) {
    c.skip_blanks();
    if (!at_redirect(c)) return true;
    if (!c.spend() || !read_redirect(c, out.emplace_back())) return false;
  }
}

}  // namespace belay::shell
