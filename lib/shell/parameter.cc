#include <utility>

#include "base/text.h"
#include "shell/grammar.h"
#include "shell/parameter_operator.h"

namespace belay::shell {
namespace {

constexpr ByteSet kSpecial{"@*#?-$!"};

/// Can a parameter begin here that ends the expansion or goes on sensibly? Tells `${#x}` from `${#-x}`.
bool names_follow(Cursor& c) {
  const char next = c.peek();
  if (base::is_name_char(next)) return true;
  return kSpecial.has(next) && c.peek_second() == '}';
}

bool read_name(Cursor& c, Parameter& out) {
  const char first = c.peek();
  if (base::is_digit(first)) {
    while (base::is_digit(c.peek())) out.name += c.raw(), c.bump();
    return true;
  }
  if (base::is_name_start(first)) {
    while (base::is_name_char(c.peek())) out.name += c.raw(), c.bump();
    return true;
  }
  if (!kSpecial.has(first)) return false;
  out.name = std::string(1, first);
  c.bump();
  return true;
}

/// `#` and `!` before the name.
void read_prefix(Cursor& c, Parameter& out) {
  const char first = c.peek();
  if (first != '#' && first != '!') return;
  const std::uint32_t begin = c.pos();
  c.bump();
  if (names_follow(c)) {
    (first == '#' ? out.length : out.indirect) = true;
    return;
  }
  c.seek(begin);
}

bool read_index(Cursor& c, Parameter& out) {
  if (c.peek() != '[') return true;
  c.bump();
  out.index = std::make_unique<Word>();
  return read_subscript(c, *out.index);
}

/// bash 5.3: `${ list; }` and `${| list; }`.
bool read_funsub(Cursor& c, std::uint32_t begin, std::vector<Part>& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  (void)c.take('|');
  const auto body = std::make_shared<List>();
  const OwnPending own(c.shared(), true);
  const bool ok = read_list(c, Empty::allowed, *body) && expect_keyword(c, Keyword::brace_close);
  out.push_back({c.span_from(begin), CommandSubst{SubstStyle::funsub, body}});
  return ok;
}

/// `${!name[@]}`, `${!prefix*}`: not an indirection after all.
void settle_indirection(Cursor& c, Parameter& out) {
  if (!out.indirect) return;
  const char next = c.peek();
  const std::string_view index = out.index ? literal_of(*out.index) : std::string_view();
  if (next == '}' && (index == "@" || index == "*")) {
    out.indirect = false;
    out.op = ParamOp::keys;
  } else if ((next == '*' || next == '@') && c.peek_second() == '}' && !out.index) {
    out.indirect = false;
    out.op = ParamOp::names_with_prefix;
    out.transform = next;
    c.bump();
  }
}

}  // namespace

bool read_braced(Cursor& c, std::uint32_t begin, Around around, std::vector<Part>& out) {
  const char first = c.peek();
  if (is_blank(first) || first == '\n' || first == '|') return read_funsub(c, begin, out);
  const Nested nested(c);
  if (!nested.ok()) return false;
  Part& part = out.emplace_back(Part{{}, Parameter{}});
  auto& node = std::get<Parameter>(part.node);
  node.braced = true;
  Parameter flags;
  bool ok = read_expansion_flags(c, flags);
  if (!read_flag(c, node)) read_prefix(c, node);
  if (at_nested(c)) {
    ok = ok && read_nested(c, around, node);
  } else {
    ok = ok && (read_name(c, node) || at_nameless(c) || c.fail(c.at_end() ? ProblemCode::unterminated_expansion : ProblemCode::bad_substitution, begin));
    ok = ok && read_index(c, node);
    if (ok) settle_indirection(c, node);
    const bool modified = ok && c.zsh() && read_modifier(c, node);
    ok = ok && (modified || read_operator(c, around, node));
  }
  add_expansion_flags(flags, node);
  if (ok && !c.take('}')) ok = c.fail(c.at_end() ? ProblemCode::unterminated_expansion : ProblemCode::bad_substitution, begin);
  part.span = c.span_from(begin);
  return ok;
}

}  // namespace belay::shell
