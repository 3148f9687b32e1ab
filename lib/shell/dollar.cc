#include <utility>

#include "base/text.h"
#include "shell/ansi_c.h"
#include "shell/grammar.h"

namespace belay::shell {
namespace {

constexpr ByteSet kSpecial{"@*#?-$!"};
/// zshexpn(1), "Parameter Expansion": `$=x` splits, `$~x` is a pattern, `$^x` a list as braces make it.
constexpr ByteSet kFlags{"=~^"};

/// $'…'
bool read_ansi_c(Cursor& c, std::uint32_t begin, Ansi ansi, std::vector<Part>& out) {
  const std::uint32_t from = c.pos();
  for (;;) {
    const char next = c.raw();
    if (next == '\'') break;
    if (c.pos() >= c.end()) return c.fail(ProblemCode::unterminated_quote, begin);
    c.bump(next == '\\' ? 2 : 1);
  }
  std::string text = decode_ansi_c(c.since(from));
  c.bump();
  // Spliced text is read again by bash: what it would expand there is not read here.
  constexpr std::string_view kLive = "$`";
  if (ansi == Ansi::spliced && text.find_first_of(kLive) != std::string::npos)
    return c.fail(ProblemCode::bad_substitution, begin);
  out.push_back({c.span_from(begin), Quoted{std::move(text), QuoteStyle::ansi_c}});
  return true;
}

bool read_arithmetic(Cursor& c, std::uint32_t begin, Around around, std::vector<Part>& out) {
  Arithmetic node{std::make_unique<Word>()};
  const bool ok = read_double_parentheses(c, around, *node.expression);
  if (ok || c.shared().failed) out.push_back({c.span_from(begin), std::move(node)});
  return ok;
}

bool read_parentheses(Cursor& c, std::uint32_t begin, Around around, std::vector<Part>& out) {
  c.bump();
  if (c.peek() == '(' && !c.shared().not_arithmetic.contains(c.original(begin))) {
    const std::uint32_t inside = c.pos();
    c.bump();
    if (read_arithmetic(c, begin, around, out)) return true;
    if (c.shared().failed) return false;
    c.shared().not_arithmetic.insert(c.original(begin));
    c.seek(inside);
  }
  Part& part = out.emplace_back(Part{{}, CommandSubst{SubstStyle::dollar, std::make_shared<List>()}});
  const std::shared_ptr<List> body = std::get<CommandSubst>(part.node).body;
  const bool ok = read_substitution(c, *body);
  part.span = c.span_from(begin);
  return ok;
}

bool read_bracket(Cursor& c, std::uint32_t begin, Around around, std::vector<Part>& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  c.bump();
  Arithmetic node{std::make_unique<Word>()};
  const std::uint32_t from = c.pos();
  const bool ok = read_region(c, Kind::bracket, around, node.expression->parts);
  node.expression->span = c.span_from(from);
  if (ok) c.bump();
  out.push_back({c.span_from(begin), std::move(node)});
  return ok;
}

void read_name(Cursor& c, std::string& name) {
  if (!base::is_name_start(c.peek())) {
    name += c.raw();
    return c.bump();
  }
  while (base::is_name_char(c.peek())) {
    name += c.raw();
    c.bump();
  }
}

/// `:s/text/new/`, `:gs/text/new/`, csh: `:as/text/new/`; the last mark may be left out.
bool read_replacement(Cursor& c, Parameter& node) {
  const bool all = c.raw(1) == 'g' || c.raw(1) == 'a';
  const std::uint32_t letter = all ? 2 : 1;
  const char mark = c.raw(letter + 1);
  if (c.raw() != ':' || c.raw(letter) != 's' || base::is_name_char(mark) || is_blank(mark) || c.at_end()) return false;
  c.bump(letter + 2);
  const auto text = [&] {
    std::string out;
    while (c.pos() < c.end() && c.raw() != mark && !is_blank(c.raw()) && c.raw() != '\n' && c.raw() != '"') {
      out += c.raw();
      c.bump();
    }
    if (c.raw() == mark) c.bump();
    auto word = std::make_unique<Word>();
    word->parts.push_back({{}, Quoted{std::move(out), QuoteStyle::single}});
    return word;
  };
  node.op = all ? ParamOp::replace_all : ParamOp::replace_first;
  node.operand = text();
  node.operand2 = text();
  return true;
}

/// zsh and csh: a subscript and modifiers without braces, `$x[1]`, `$x:h`.
bool read_behind_name(Cursor& c, Parameter& node) {
  if (c.raw() == '[') {
    c.bump();
    node.index = std::make_unique<Word>();
    if (!read_subscript(c, *node.index)) return false;
  }
  (void)(read_modifier(c, node) || read_replacement(c, node));
  return true;
}

}  // namespace

bool read_modifier(Cursor& c, Parameter& node) {
  constexpr ByteSet kModifiers{"htrelu"};
  if (c.raw() != ':' || !kModifiers.has(c.raw(1)) || base::is_name_char(c.raw(2))) return false;
  node.op = ParamOp::transform;
  node.transform = c.raw(1);
  c.bump(2);
  return true;
}

bool read_flag(Cursor& c, Parameter& node) {
  if (c.shared().dialect != Dialect::zsh || !kFlags.has(c.peek()) || !base::is_name_start(c.peek_second())) return false;
  node.splits = c.peek() == '=';
  c.bump();
  return true;
}

bool read_dollar(Cursor& c, Ansi ansi, Around around, std::vector<Part>& out, bool& plain) {
  const std::uint32_t begin = c.pos();
  c.bump();
  const char next = c.peek();
  const bool quotes = ansi != Ansi::plain && c.extended();
  if (next == '\'' && quotes) return c.bump(), c.spend() && read_ansi_c(c, begin, ansi, out);
  if (next == '"' && quotes && ansi == Ansi::quotes) {
    Part& part = out.emplace_back(Part{{}, DoubleQuoted{{}, true}});
    const bool ok = c.spend() && read_double_quoted(c, Around::double_quotes, std::get<DoubleQuoted>(part.node));
    part.span = c.span_from(begin);
    return ok;
  }
  if (next == '(') return c.spend() && read_parentheses(c, begin, around, out);
  if (next == '[' && c.extended()) return c.spend() && read_bracket(c, begin, around, out);
  if (next == '{') {
    c.bump();
    return c.spend() && read_braced(c, begin, around, out);
  }
  const bool flag = c.shared().dialect == Dialect::zsh && kFlags.has(next) && base::is_name_start(c.peek_second());
  if (base::is_name_char(next) || kSpecial.has(next) || flag) {
    Parameter node;
    const bool zsh = c.shared().dialect == Dialect::zsh;
    (void)read_flag(c, node);
    node.length = zsh && next == '#' && base::is_name_start(c.peek_second()) && c.take('#');
    read_name(c, node.name);
    const bool ok = c.spend() && (!zsh || read_behind_name(c, node));
    out.push_back({c.span_from(begin), std::move(node)});
    return ok;
  }
  c.seek(begin + 1);
  plain = true;
  return true;
}

bool read_double_parentheses(Cursor& c, Around around, Word& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  const std::uint32_t begin = c.pos();
  Shared& shared = c.shared();
  const std::vector<PendingBody> pending = shared.pending;
  const bool read = read_region(c, Kind::arithmetic, around, out.parts);
  out.span = c.span_from(begin);
  if (read) {
    c.bump();
    if (c.peek() == ')') return c.bump(), true;
  }
  const bool spent = shared.failed && (shared.problems.back().code == ProblemCode::too_many_nodes ||
                                       shared.problems.back().code == ProblemCode::too_deep);
  if (spent) return false;
  shared.failed = false;
  shared.problems.clear();
  shared.pending = pending;
  out.parts.clear();
  c.seek(begin);
  return false;
}

bool read_substitution(Cursor& c, List& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  const OwnPending own(c.shared(), true);
  if (!read_list(c, Empty::allowed, out)) return false;
  c.skip_blanks();
  if (c.take(')')) return true;
  return c.fail(c.at_end() ? ProblemCode::unterminated_expansion : ProblemCode::unexpected_token);
}

}  // namespace belay::shell
