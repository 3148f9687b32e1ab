#include <utility>

#include "base/text.h"
#include "shell/grammar.h"

/// What zsh has besides the grammar of bash (zshmisc(1), COMPLEX COMMANDS and ALTERNATE FORMS FOR COMPLEX COMMANDS).
namespace belay::shell {
namespace {

/// What zsh calls a function without a name ($0 is this); no word can be written that is it.
constexpr std::string_view kAnonymous = "(anon)";

bool read_braces(Cursor& c, std::unique_ptr<List>& out) {
  out = std::make_unique<List>();
  return read_list(c, Empty::allowed, *out) && expect_keyword(c, Keyword::brace_close);
}

/// Flags that leave the value what it is as far as it matters here: of a list, of a pattern's match.
constexpr ByteSet kKeeping{"@AMSvVp+-"};
constexpr ByteSet kQuoting{"qQ"};
constexpr ByteSet kSplitting{"fz0s"};
constexpr ByteSet kWithArgument{"sjlrgIZ_"};

void apply_flag(char flag, Parameter& out) {
  out.splits = out.splits || kSplitting.has(flag);
  if (flag == 'P') out.indirect = true;
  else if (flag == 'U' || flag == 'L') out.op = flag == 'U' ? ParamOp::upper_all : ParamOp::lower_all;
  else if (kQuoting.has(flag)) out.op = ParamOp::transform, out.transform = 'q';
  else if (flag == 'e') out.op = ParamOp::transform, out.transform = 'P';  // substitutions in the value are carried out
  else if (!kKeeping.has(flag) && !kSplitting.has(flag)) out.computed = true;
}

/// What stands between an expansion and the brace that closes around it: subscripts, operators, modifiers. What runs in them is kept in `out`.
bool skip_operators(Cursor& c, Word& out) {
  while (c.peek() != '}') {
    if (c.at_end() || !c.spend()) return c.fail(ProblemCode::unterminated_expansion);
    if (c.peek() == '/') c.bump();
    else if (!read_region(c, Kind::replaced, Around::nothing, out.parts)) return false;
  }
  return true;
}

AndOr one_command(Command command) {
  AndOr out;
  out.span = command.span;
  out.links.push_back({Join::first, {}});
  Pipeline& pipeline = out.links.back().pipeline;
  pipeline.span = command.span;
  pipeline.stderr_too.push_back(false);
  pipeline.commands.push_back(std::move(command));
  return out;
}

/// Its words, then redirections: `() { … } a b >file`.
bool read_arguments(Cursor& c, SimpleCommand& out) {
  for (c.skip_blanks(); at_word(c) && !at_redirect(c); c.skip_blanks()) {
    if (!read_word(c, Kind::word, out.words.emplace_back())) return false;
  }
  return true;
}

}  // namespace

bool read_expansion_flags(Cursor& c, Parameter& out) {
  if (!c.zsh() || c.peek() != '(') return true;
  const auto close = c.text().substr(0, c.end()).find(')', c.pos());
  if (close == std::string_view::npos) return c.fail(ProblemCode::unterminated_expansion);
  const std::string_view flags = c.text().substr(c.pos() + 1, close - c.pos() - 1);
  for (std::size_t i = 0; i < flags.size(); ++i) {
    apply_flag(flags[i], out);
    if (!kWithArgument.has(flags[i]) || i + 1 >= flags.size()) continue;
    const auto end = flags.find(flags[i + 1], i + 2);
    const std::string_view argument = flags.substr(i + 2, end == std::string_view::npos ? end : end - i - 2);
    if (flags[i] == 's' && argument.size() == 1) out.separator = argument.front();
    else out.computed = true;
    i = end == std::string_view::npos ? flags.size() : end;
  }
  c.seek(static_cast<std::uint32_t>(close) + 1);
  return true;
}

void add_expansion_flags(const Parameter& flags, Parameter& out) {
  out.splits = out.splits || flags.splits;
  out.separator = flags.separator;
  out.indirect = out.indirect || flags.indirect;
  out.computed = out.computed || flags.computed;
  if (flags.op == ParamOp::none) return;
  const bool runs = flags.op == ParamOp::transform && flags.transform == 'P';
  out.computed = out.computed || (out.op != ParamOp::none && !runs);
  if (out.op != ParamOp::none && !runs) return;
  out.op = flags.op;
  out.transform = flags.transform;
}

bool at_nested(Cursor& c) {
  if (!c.zsh()) return false;
  const char next = c.peek();
  const char after = c.peek_second();
  return next == '"' || next == '`' || (next == '$' && (after == '{' || after == '(' || base::is_name_start(after)));
}

/// It stands where `${:-word}` has its word. An operator behind it makes of it what is not told here.
bool read_nested(Cursor& c, Around around, Parameter& out) {
  out.op = ParamOp::use_default;
  out.colon = true;
  out.operand = std::make_unique<Word>();
  const std::uint32_t begin = c.pos();
  bool plain = false;
  bool ok = false;
  if (c.peek() == '"') {
    DoubleQuoted& quoted = std::get<DoubleQuoted>(out.operand->parts.emplace_back(Part{{}, DoubleQuoted{}}).node);
    ok = c.spend() && read_double_quoted(c, Around::double_quotes, quoted);
  } else if (c.peek() == '`') {
    CommandSubst& substitution =
        std::get<CommandSubst>(out.operand->parts.emplace_back(Part{{}, CommandSubst{SubstStyle::backtick, nullptr}}).node);
    ok = c.spend() && read_backtick(c, around, substitution);
  } else {
    ok = read_dollar(c, Ansi::plain, around, out.operand->parts, plain);
  }
  out.operand->span = c.span_from(begin);
  if (!ok || c.peek() == '}') return ok;
  out.computed = true;
  out.index = std::make_unique<Word>();
  return skip_operators(c, *out.index);
}

bool at_nameless(Cursor& c) { return c.zsh() && c.peek() == ':' && c.peek_second() == '-'; }

bool read_short_if(Cursor& c, If& out) {
  for (;;) {
    If::Branch& branch = out.branches.back();
    if (!take_keyword(c, Keyword::brace_open)) return read_sublist(c, *branch.body);
    if (!read_braces(c, branch.body)) return false;
    if (take_keyword(c, Keyword::else_)) {
      if (take_keyword(c, Keyword::brace_open)) return read_braces(c, out.otherwise);
      out.otherwise = std::make_unique<List>();
      return read_sublist(c, *out.otherwise);
    }
    if (!take_keyword(c, Keyword::elif)) return true;
    If::Branch& next = out.branches.emplace_back();
    next.condition = std::make_unique<List>();
    next.body = std::make_unique<List>();
    if (!c.spend() || !read_list(c, Empty::refused, *next.condition)) return false;
  }
}

bool read_always(Cursor& c, Group& out) {
  constexpr std::string_view kAlways = "always";
  if (!c.zsh()) return true;
  c.skip_blanks();
  const std::uint32_t begin = c.pos();
  if (c.text().substr(begin, kAlways.size()) != kAlways) return true;
  c.bump(kAlways.size());
  if (take_keyword(c, Keyword::brace_open)) return read_braces(c, out.always);
  c.seek(begin);
  return true;
}

bool read_function_command(Cursor& c, Command& out) {
  if (!(c.zsh() ? skip_separator(c) : skip_newlines(c))) return false;
  if (!c.zsh() || at_compound(c)) return read_compound(c, out);
  const Nested nested(c);
  const std::uint32_t begin = c.pos();
  auto& group = out.node.emplace<Group>();
  group.body = std::make_unique<List>();
  const bool ok = nested.ok() && read_sublist(c, *group.body);
  out.span = c.span_from(begin);
  return ok;
}

bool read_anonymous(Cursor& c, Command& out) {
  const std::uint32_t begin = c.pos();
  auto& group = out.node.emplace<Group>();
  group.body = std::make_unique<List>();
  Command definition;
  if (!read_function_body(c, std::string(kAnonymous), definition)) return false;
  definition.span = c.span_from(begin);
  Command call;
  auto& words = call.node.emplace<SimpleCommand>();
  Word& name = words.words.emplace_back();
  name.span = definition.span;
  name.parts.push_back({definition.span, Quoted{std::string(kAnonymous), QuoteStyle::single}});
  if (!read_arguments(c, words)) return false;
  call.span = c.span_from(begin);
  group.body->span = call.span;
  group.body->items.push_back(one_command(std::move(definition)));
  group.body->items.push_back(one_command(std::move(call)));
  return true;
}

}  // namespace belay::shell
