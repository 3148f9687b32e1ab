#include "shell/word.h"

#include <cstring>
#include <utility>

#include "shell/ansi_c.h"

namespace belay::shell {
namespace {

constexpr ByteSet kPatternPrefix{"?*+@!"};

enum class Step : std::uint8_t { more, done, failed };
Step step(bool ok) { return ok ? Step::more : Step::failed; }

/// Reads one region. Text gathers in `text_` until something else than text comes.
class RegionReader {
 public:
  RegionReader(Cursor& c, Kind kind, Around around, std::vector<Part>& out)
      : c_(c), kind_(kind), around_(around), rules_(rules_of(kind)), stops_(stops_of(kind, c.shared().dialect)), out_(out) {}

  bool run() {
    for (;;) {
      take_plain();
      if (c_.pos() >= c_.end()) return finish();
      switch (special(c_.raw())) {
        case Step::more: break;
        case Step::done: return flush();
        case Step::failed: (void)flush(); return false;
      }
    }
  }

 private:
  void take_plain() {
    const std::string_view text = c_.text();
    std::uint32_t at = c_.pos();
    while (at < c_.end() && !stops_.has(text[at])) ++at;
    if (at == c_.pos()) return;
    if (text_.empty()) begin_ = c_.pos();
    text_.append(text.substr(c_.pos(), at - c_.pos()));
    c_.seek(at);
  }

  /// `count` bytes from here as they are.
  Step keep(std::uint32_t count = 1) {
    if (text_.empty()) begin_ = c_.pos();
    text_.append(c_.text().substr(c_.pos(), count));
    c_.bump(count);
    return Step::more;
  }

  bool flush() {
    if (text_.empty()) return true;
    if (!c_.spend()) return false;
    if (rules_.live) out_.push_back({c_.span_from(begin_), Literal{std::move(text_)}});
    else out_.push_back({c_.span_from(begin_), Quoted{std::move(text_), QuoteStyle::backslash}});
    text_.clear();
    return true;
  }

  Step special(char c) {
    if (c_.pos() > guarded_ && guarded_ != 0) return step(c_.fail(ProblemCode::bad_substitution));
    switch (c) {
      case '\\': return escape();
      case '\'': return single();
      case '"': return double_quote();
      case '`': return backtick();
      case '$': return dollar();
      default: return boundary(c);
    }
  }

  bool guarded() const { return guarded_ != 0; }

  Step escape() {
    const char next = c_.raw(1);
    if (next == '\n') return c_.bump(2), Step::more;
    if (rules_.escape == Escape::any) return quoted_character(next == '\0' ? 1 : 2);
    if (next == '\0') return keep();
    constexpr ByteSet kQuotable{"$`\"\\"};
    const bool removed =
        next == '"' ? rules_.escape != Escape::body : kQuotable.has(next) || (kind_ == Kind::operand_quoted && next == '}');
    if (!removed) return keep(2);
    if (rules_.live) return quoted_character(2);
    if (text_.empty()) begin_ = c_.pos();
    text_ += next;
    c_.bump(2);
    return Step::more;
  }

  /// The last of `count` bytes, quoted.
  Step quoted_character(std::uint32_t count) {
    if (!flush() || !c_.spend()) return Step::failed;
    const std::uint32_t begin = c_.pos();
    c_.bump(count);
    out_.push_back({c_.span_from(begin), Quoted{std::string(1, c_.text()[c_.pos() - 1]), QuoteStyle::backslash}});
    return Step::more;
  }

  Step single() {
    if (rules_.single == Single::plain) return keep();
    if (guarded()) {  // the one that closes
      guarded_ = 0;
      return keep();
    }
    const std::uint32_t begin = c_.pos();
    const void* close = std::memchr(c_.text().data() + begin + 1, '\'', c_.end() - begin - 1);
    if (close == nullptr) return c_.seek(c_.end()), step(c_.fail(ProblemCode::unterminated_quote, begin));
    const auto end = static_cast<std::uint32_t>(static_cast<const char*>(close) - c_.text().data());
    if (rules_.single == Single::protects) {
      guarded_ = end;
      return keep();
    }
    if (!flush() || !c_.spend()) return Step::failed;
    c_.seek(end + 1);
    out_.push_back({c_.span_from(begin), Quoted{std::string(c_.text().substr(begin + 1, end - begin - 1)), QuoteStyle::single}});
    return Step::more;
  }

  Step double_quote() {
    if (kind_ == Kind::double_quoted) return Step::done;
    if (guarded()) return keep();
    if (!flush() || !c_.spend()) return Step::failed;
    const std::uint32_t begin = c_.pos();
    Part& part = out_.emplace_back(Part{{}, DoubleQuoted{}});
    const bool ok = read_double_quoted(c_, Around::double_quotes, std::get<DoubleQuoted>(part.node));
    part.span = c_.span_from(begin);
    return step(ok);
  }

  Step backtick() {
    if (!flush() || !c_.spend()) return Step::failed;
    const std::uint32_t begin = c_.pos();
    Part& part = out_.emplace_back(Part{{}, CommandSubst{SubstStyle::backtick, nullptr}});
    const bool ok = read_backtick(c_, around_, std::get<CommandSubst>(part.node));
    part.span = c_.span_from(begin);
    return step(ok);
  }

  Step dollar() {
    const std::uint32_t begin = c_.pos();
    const std::size_t parts = out_.size();
    if (!flush()) return Step::failed;
    bool plain = false;
    if (!read_dollar(c_, guarded() ? Ansi::plain : rules_.ansi, around_, out_, plain)) return Step::failed;
    if (!plain) return Step::more;
    // A lone dollar sign is text: take back what flush() gave away.
    if (out_.size() > parts) reopen();
    if (text_.empty()) begin_ = begin;
    text_ += '$';
    return Step::more;
  }

  void reopen() {
    Part& last = out_.back();
    if (auto* literal = std::get_if<Literal>(&last.node)) text_ = std::move(literal->text);
    else if (auto* quoted = std::get_if<Quoted>(&last.node)) text_ = std::move(quoted->text);
    out_.pop_back();
  }

  Step boundary(char c) {
    if (guarded()) return keep();
    switch (kind_) {
      case Kind::word:
      case Kind::command_word: return word_boundary(c);
      case Kind::regex: return regex_boundary(c);
      case Kind::extglob: return extglob_boundary(c);
      case Kind::operand:
      case Kind::operand_quoted:
      case Kind::pattern:
      case Kind::replaced: return operand_boundary(c);
      case Kind::arithmetic:
      case Kind::section: return expression_boundary(c, '(', ')');
      case Kind::bracket:
      case Kind::subscript: return expression_boundary(c, '[', ']');
      case Kind::offset: return offset_boundary(c);
      case Kind::double_quoted:
      case Kind::body: return Step::done;
    }
    return Step::done;
  }

  bool pattern_prefix() const { return !text_.empty() && kPatternPrefix.has(text_.back()); }

  /// zsh: `(…)` behind a name picks among the files that it matches.
  [[nodiscard]] bool qualifies() const {
    return kind_ == Kind::word && c_.shared().dialect == Dialect::zsh && !text_.ends_with('=') && (!text_.empty() || !out_.empty());
  }

  /// zsh: `=(list)` is `<(list)` in a file of its own.
  [[nodiscard]] bool at_file_of_output() const {
    return kind_ == Kind::word && c_.shared().dialect == Dialect::zsh && out_.empty() && text_ == "=";
  }

  Step word_boundary(char c) {
    if (c == '{') return ++braces_, keep();
    if (c == '}') return braces_ == 0 ? Step::done : (--braces_, keep());
    if (c == '(' && c_.extended() && pattern_prefix()) {
      if (kind_ == Kind::command_word && c_.peek_second() == ')') return Step::done;
      return extglob();
    }
    if (c == '(' && qualifies()) return group('@');
    if (c == '(' && at_file_of_output()) return text_.clear(), c_.seek(c_.pos() - 1), process('<');
    if ((c == '<' || c == '>') && c_.extended() && c_.peek_second() == '(') return process(c);
    return Step::done;
  }

  Step regex_boundary(char c) {
    if (c == '(') return ++open_, keep();
    if (c == ')' && open_ > 0) return --open_, keep();
    if (c == '|' || open_ > 0) return keep();
    return word_boundary(c);
  }

  Step extglob_boundary(char c) {
    if (c == '(' && pattern_prefix()) return extglob();
    if (c == '(') return ++open_, keep();
    if ((c == '<' || c == '>') && c_.peek_second() == '(') return process(c);
    if (c == ')' && open_ > 0) return --open_, keep();
    if (c == ')' || (c == '|' && open_ == 0)) return Step::done;
    return keep();
  }

  Step operand_boundary(char c) {
    if (c == '}' || c == '/') return Step::done;
    const bool live = rules_.process && around_ == Around::nothing && c_.peek_second() == '(';
    return live ? process(c) : keep();
  }

  Step expression_boundary(char c, char open, char close) {
    if (c == open) return ++open_, keep();
    if (c == close && open_ > 0) return --open_, keep();
    if (c == close || (c == ';' && open_ == 0)) return Step::done;
    return keep();
  }

  /// `?:` inside an offset is the operator of an expression.
  Step offset_boundary(char c) {
    if (c == '}') return Step::done;
    if (c == '?') ++ternary_;
    if (c == ':' && open_ == 0) {
      if (ternary_ == 0) return Step::done;
      --ternary_;
    }
    if (c == '(') ++open_;
    if (c == ')' && open_ > 0) --open_;
    return keep();
  }

  Step process(char c) {
    if (!flush() || !c_.spend()) return Step::failed;
    const std::uint32_t begin = c_.pos();
    c_.bump();
    (void)c_.take('(');
    const ProcessDirection direction = c == '<' ? ProcessDirection::in : ProcessDirection::out;
    Part& part = out_.emplace_back(Part{{}, ProcessSubst{direction, std::make_unique<List>()}});
    const bool ok = read_substitution(c_, *std::get<ProcessSubst>(part.node).body);
    part.span = c_.span_from(begin);
    return step(ok);
  }

  Step extglob() {
    const char prefix = text_.back();
    text_.pop_back();
    return group(prefix);
  }

  Step group(char prefix) {
    const Nested nested(c_);
    if (!nested.ok()) return Step::failed;
    const std::uint32_t begin = c_.pos() - 1;
    if (!flush() || !c_.spend()) return Step::failed;
    Part& part = out_.emplace_back(Part{{}, ExtGlob{prefix, {}}});
    std::vector<Word>& alternatives = std::get<ExtGlob>(part.node).alternatives;
    do {
      c_.bump();  // `(` or `|`
      Word& word = alternatives.emplace_back();
      const std::uint32_t from = c_.pos();
      const bool ok = c_.spend() && read_region(c_, Kind::extglob, around_, word.parts);
      word.span = c_.span_from(from);
      if (!ok) return Step::failed;
    } while (c_.raw() == '|');
    c_.bump();  // `)`
    part.span = c_.span_from(begin);
    return Step::more;
  }

  /// The text ended. Some regions end there, all others are cut off.
  bool finish() {
    if (!flush()) return false;
    switch (kind_) {
      case Kind::word:
      case Kind::command_word:
      case Kind::body: return true;
      case Kind::regex: return open_ == 0 || c_.fail(ProblemCode::unterminated_construct);
      case Kind::double_quoted: return c_.fail(ProblemCode::unterminated_quote);
      case Kind::extglob:
      case Kind::operand:
      case Kind::operand_quoted:
      case Kind::pattern:
      case Kind::replaced:
      case Kind::arithmetic:
      case Kind::bracket:
      case Kind::section:
      case Kind::offset:
      case Kind::subscript: return c_.fail(ProblemCode::unterminated_expansion);
    }
    return true;
  }

  Cursor& c_;
  Kind kind_;
  Around around_;
  const Rules& rules_;
  const ByteSet& stops_;
  std::vector<Part>& out_;
  std::string text_;
  std::uint32_t begin_ = 0;
  std::uint32_t guarded_ = 0;  ///< offset of the `'` up to which nothing ends the region; 0: none
  std::uint32_t open_ = 0;
  std::uint32_t ternary_ = 0;
  std::uint32_t braces_ = 0;  ///< zsh: `}` without one ends a word
};

}  // namespace

bool read_region(Cursor& c, Kind kind, Around around, std::vector<Part>& out) { return RegionReader(c, kind, around, out).run(); }

bool at_word(Cursor& c) {
  const char next = c.peek();
  if (next == '<' || next == '>') return c.extended() && c.peek_second() == '(';
  return next != '\0' && !is_meta(next) && !(next == '}' && c.zsh());
}

bool read_word(Cursor& c, Kind kind, Word& out) {
  const bool open = kind == Kind::regex && (c.peek() == '(' || c.peek() == '|');
  if (!open && !at_word(c)) return c.unexpected();
  const std::uint32_t begin = c.pos();
  const bool ok = c.spend() && read_region(c, kind, Around::nothing, out.parts);
  out.span = c.span_from(begin);
  return ok;
}

bool read_rest_of_word(Cursor& c, std::uint32_t begin, Word& out) {
  const bool ok = c.spend() && read_region(c, Kind::word, Around::nothing, out.parts);
  out.span = c.span_from(begin);
  return ok;
}

bool read_double_quoted(Cursor& c, Around around, DoubleQuoted& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  const std::uint32_t begin = c.pos();
  c.bump();
  if (!read_region(c, Kind::double_quoted, around, out.parts)) return false;
  if (c.raw() != '"') return c.fail(ProblemCode::unterminated_quote, begin);
  c.bump();
  return true;
}

bool read_subscript(Cursor& c, Word& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  const std::uint32_t begin = c.pos();
  const bool ok = read_region(c, Kind::subscript, Around::nothing, out.parts);
  out.span = c.span_from(begin);
  if (ok) c.bump();
  return ok;
}

std::string_view literal_of(const Word& word) {
  if (word.parts.size() != 1) return {};
  const auto* literal = std::get_if<Literal>(&word.parts.front().node);
  return literal != nullptr ? std::string_view(literal->text) : std::string_view{};
}

}  // namespace belay::shell
