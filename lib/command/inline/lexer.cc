#include "command/inline/lexer.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "command/inline/operators.h"
#include "command/inline/quotes.h"

namespace belay::command::inline_code {

namespace {

struct Heredoc {
  std::size_t token = 0;
  std::string_view label;
  Interpolation interpolation = Interpolation::none;
};

class Lexer {
 public:
  Lexer(const Dialect& dialect, const Stretch& code, const Text& whole, base::Budget& budget)
      : d_(dialect), s_(code.text), hole_(code.first_hole), whole_(whole), budget_(budget) {}

  Tokens run() {
    while (i_ < s_.size() && budget_.spend()) next();
    line_start_ = spaced_ = true;
    push(token(TokenKind::end, {}, {}));
    match();
    return std::move(out_);
  }

 private:
  void next() {
    const char c = s_[i_];
    if (c == '\n') return line_end();
    if (c == ' ' || c == '\t' || c == '\r' || (c == '\\' && s_.substr(i_ + 1, 1) == "\n")) {
      advance(c == '\\' ? 2 : 1);
      spaced_ = true;
      return;
    }
    if (c == model::kHole) {
      ++hole_;
      return take(TokenKind::hole, 1, {{Text::hole(whole_.trait(hole_ - 1)), {}, false}});
    }
    if (comment() || heredoc() || angles() || prefixed() || string() || operator_quote() || percent() || regex() || number() || name()) return;
    punct();
  }

  // --- places ------------------------------------------------------------------------------------------------------------------

  void advance(std::size_t count) { i_ = std::min(i_ + count, s_.size()); }

  std::size_t holes(std::size_t begin, std::size_t end) const {
    return static_cast<std::size_t>(std::count(s_.begin() + static_cast<std::ptrdiff_t>(begin), s_.begin() + static_cast<std::ptrdiff_t>(end), model::kHole));
  }

  [[nodiscard]] Token token(TokenKind kind, std::string_view text, std::vector<Piece> pieces) const {
    Token t;
    t.kind = kind;
    t.line_start = line_start_;
    t.spaced = spaced_;
    t.text = text;
    t.pieces = std::move(pieces);
    return t;
  }

  void push(Token t) {
    if (t.kind == TokenKind::name) {
      t.word = lists(d_.words, t.text);
    } else if (t.kind == TokenKind::punct) {
      t.accessor = lists(d_.accessors, t.text);
      t.joins = lists(d_.joins, t.text);
      t.assigns = lists(d_.assigns, t.text);
    }
    out_.all.push_back(std::move(t));
    line_start_ = spaced_ = false;
  }

  void take(TokenKind kind, std::size_t length, std::vector<Piece> pieces = {}) {
    push(token(kind, s_.substr(i_, length), std::move(pieces)));
    advance(length);
  }

  /// A token of [begin, end) inside quotes, which goes on after `next`.
  void quoted(TokenKind kind, std::size_t begin, std::size_t end, std::size_t next, const Inside& how) {
    const std::size_t before = hole_ + holes(i_, begin);
    std::vector<Piece> pieces;
    if (kind != TokenKind::regex) pieces = pieces_of({s_.substr(begin, end - begin), before}, how, whole_);
    if (kind == TokenKind::words) pieces = words(pieces);
    hole_ += holes(i_, next);
    push(token(kind, s_.substr(i_, begin - i_), std::move(pieces)));
    i_ = next;
  }

  static std::vector<Piece> words(const std::vector<Piece>& pieces) {
    std::vector<Piece> out;
    for (const Piece& p : pieces) {
      for (const std::string_view w : base::split_blank(p.literal.view())) out.push_back({Text(w), {}, false});
    }
    return out;
  }

  /// Where `close` stands from `from` on; a search that failed once is not made again, so that all together are linear.
  std::size_t find_close(std::string_view close, std::size_t from, bool escapes, bool lines, char sign = '\0') {
    if (!close.empty() && lines && std::find(missing_.begin(), missing_.end(), close) != missing_.end()) return std::string_view::npos;
    for (std::size_t k = from; k < s_.size(); ++k) {
      if (s_[k] == '\\' && escapes) ++k;
      else if (sign != '\0' && s_[k] == sign && s_.substr(k + 1, 1) == "{" && !unclosed_) {
        const std::size_t end = inline_code::closing(s_, k + 1);  // `"#{h["x"]}"`: quotes in an expression do not end the string
        unclosed_ = end == std::string_view::npos;
        if (!unclosed_) k = end;
      } else if (s_[k] == '\n' && !lines) return std::string_view::npos;
      else if (s_.compare(k, close.size(), close) == 0) return k;
    }
    if (lines) missing_.push_back(close);
    return std::string_view::npos;
  }

  // --- blank and comments --------------------------------------------------------------------------------------------------------

  void line_end() {
    advance(1);
    line_start_ = true;
    const auto pending = std::exchange(heredocs_, {});
    for (const Heredoc& h : pending) body(h);
  }

  /// `$#a` (Perl), `?#` (Ruby).
  bool is_no_comment() const { return i_ > 0 && ((s_[i_ - 1] == '$' && d_.has(Trait::sigils)) || (s_[i_ - 1] == '?' && d_.has(Trait::symbols))); }
  bool comment() {
    for (const Comment& c : d_.comments) {
      if (s_.compare(i_, c.open.size(), c.open) != 0 || (c.open == "#" && is_no_comment())) continue;
      if (c.open.front() == '=' && i_ != 0 && s_[i_ - 1] != '\n') continue;
      const std::size_t end = s_.find(c.close, i_ + c.open.size());
      const std::size_t next = end == std::string_view::npos ? s_.size() : end + (c.close == "\n" ? 0 : c.close.size());
      hole_ += holes(i_, next);
      i_ = next;
      spaced_ = true;
      return true;
    }
    return false;
  }

  // --- strings -------------------------------------------------------------------------------------------------------------------

  bool string() { return string(i_, {}); }

  /// The string that opens at `at`; letters from i_ up to there are its prefix.
  bool string(std::size_t at, std::string_view prefix) {
    for (const StringForm& form : d_.strings) {
      if (s_.compare(at, form.open.size(), form.open) != 0) continue;
      const bool raw = base::lower(prefix).find('r') != std::string::npos;
      const std::size_t begin = at + form.open.size();
      const bool escapes = form.escape == Escape::c_like || form.escape == Escape::decimal || form.escape == Escape::quote_only;
      const char sign = form.interpolation == Interpolation::hash_brace ? '#' : form.interpolation == Interpolation::dollar_brace ? '$' : '\0';
      std::size_t end = find_close(form.close, begin, escapes, form.lines, sign);
      while (form.escape == Escape::doubled && end != std::string_view::npos && s_.compare(end + 1, form.close.size(), form.close) == 0) {
        end = find_close(form.close, end + 2, false, form.lines);
      }
      if (end == std::string_view::npos) continue;
      Inside how{raw ? Escape::none : form.escape, form.interpolation, base::lower(prefix).find('f') != std::string::npos, form.close.front()};
      quoted(form.command ? TokenKind::command : TokenKind::string, begin, end, end + form.close.size(), how);
      return true;
    }
    return false;
  }

  bool prefixed() {
    if (!d_.has(Trait::python_prefixes)) return false;
    std::size_t end = i_;
    while (end < s_.size() && end < i_ + 3 && std::string_view("rbufRBUF").find(s_[end]) != std::string_view::npos) ++end;
    if (end == i_ || end >= s_.size() || (s_[end] != '\'' && s_[end] != '"')) return false;
    return string(end, s_.substr(i_, end - i_));
  }

  bool operator_quote() {
    if (!d_.has(Trait::quote_operators) || follows_arrow()) return false;
    for (const QuoteOperator& op : kQuoteOperators) {
      if (s_.compare(i_, op.name.size(), op.name) != 0 || tests_size(op)) continue;
      std::size_t open = i_ + op.name.size();
      if (open < s_.size() && base::is_name_char(s_[open])) continue;
      while (open < s_.size() && s_[open] == ' ') ++open;
      if (open >= s_.size() || std::string_view(",;)=\n#").find(s_[open]) != std::string_view::npos || s_[open] == model::kHole) continue;
      if (delimited(op, open)) return true;
    }
    return false;
  }

  /// `-s $file`
  bool tests_size(const QuoteOperator& op) const { return op.name == "s" && !spaced_ && !out_.all.empty() && out_.all.back().is("-") && s_.substr(i_ + 1, 1) != "/"; }

  /// `$h{s}`, `->y`, `%q => 1` are names.
  bool follows_arrow() const {
    if (out_.all.empty() || spaced_) return false;
    const Token& last = out_.all.back();
    return last.is("->") || last.is("{") || last.is("::");
  }

  bool percent() {
    if (!d_.has(Trait::percent_literals) || s_[i_] != '%' || (after_value() && !line_start_)) return false;
    const std::size_t letter = i_ + 1;
    for (const QuoteOperator& op : kPercentLetters) {
      if (s_.compare(letter, 1, op.name) == 0 && letter + 1 < s_.size() && !base::is_name_char(s_[letter + 1]) && s_[letter + 1] != ' ') return delimited(op, letter + 1);
    }
    constexpr QuoteOperator kPlain{"", TokenKind::string, true, 1};
    return letter < s_.size() && std::string_view("([{<|!").find(s_[letter]) != std::string_view::npos && delimited(kPlain, letter);
  }

  std::size_t delimiter_end(std::size_t open) const {
    const char first = s_[open];
    const char last = closer(first);
    int depth = 0;
    const std::size_t limit = std::min(s_.size(), open + kMostText);
    for (std::size_t k = open; k < limit; ++k) {
      if (s_[k] == '\\') ++k;
      else if (first != last && s_[k] == first) ++depth;
      else if (s_[k] == last && (first != last ? --depth == 0 : k > open)) return k;
    }
    return std::string_view::npos;
  }

  bool delimited(const QuoteOperator& op, std::size_t open) {
    if (failed_delimiters_ > kMostFailures) return false;
    std::size_t begin = open + 1;
    std::size_t end = delimiter_end(open);
    if (end == std::string_view::npos) return ++failed_delimiters_, false;
    std::size_t next = end + 1;
    if (op.parts == 2) {
      std::size_t second = closer(s_[open]) == s_[open] ? end : end + 1;
      while (second != end && second < s_.size() && (s_[second] == ' ' || s_[second] == '\n')) ++second;
      if (second >= s_.size()) return false;
      begin = second + 1;
      end = delimiter_end(second);
      if (end == std::string_view::npos) return ++failed_delimiters_, false;
      next = end + 1;
    }
    TokenKind kind = op.kind;
    const std::size_t flags = next;
    if (kind == TokenKind::regex || kind == TokenKind::code) {
      while (next < s_.size() && base::is_alpha(s_[next])) ++next;
    }
    const bool evaluates = s_.substr(flags, next - flags).find('e') != std::string_view::npos;
    if (kind == TokenKind::code && !evaluates) kind = TokenKind::regex;
    Inside how{op.interpolates ? Escape::c_like : Escape::quote_only, op.interpolates ? interpolation() : Interpolation::none, false, s_[end]};
    if (kind == TokenKind::code) how.escape = Escape::none;
    const std::size_t first = i_;
    quoted(kind, begin, end, next, how);
    if (kind == TokenKind::regex && op.parts == 2) two_parts(first, open, {begin, end}, s_.substr(flags, next - flags), how);
    return true;
  }

  /// Both halves of `tr/a/b/` and `s/a/b/`, where nothing is put into them, and the letters behind.
  void two_parts(std::size_t first, std::size_t open, std::pair<std::size_t, std::size_t> second, std::string_view flags, const Inside& how) {
    const auto [begin, end] = second;
    Token& t = out_.all.back();
    const std::string_view from = s_.substr(open + 1, begin - open - 1);
    const std::string_view pattern = from.substr(0, from.find(closer(s_[open])));
    const std::string_view all = s_.substr(first, end - first);
    if (all.find_first_of("$@\\") != std::string_view::npos || all.find(model::kHole) != std::string_view::npos || how.interpolation == Interpolation::hash_brace) return;
    t.pieces = {{Text(pattern), {}, false}, {Text(s_.substr(begin, end - begin)), {}, false}, {Text(flags), {}, false}};
  }

  Interpolation interpolation() const { return d_.has(Trait::percent_literals) ? Interpolation::hash_brace : Interpolation::sigils; }

  // --- here-documents ------------------------------------------------------------------------------------------------------------

  bool heredoc() {
    const bool angle = d_.has(Trait::angle_heredocs);
    if (!angle && !d_.has(Trait::heredocs)) return false;
    const std::string_view open = angle ? "<<<" : "<<";
    if (s_.compare(i_, open.size(), open) != 0) return false;
    std::size_t at = i_ + open.size();
    while (at < s_.size() && (s_[at] == '~' || s_[at] == '-' || (angle && s_[at] == ' '))) ++at;
    const char quote = at < s_.size() && (s_[at] == '\'' || s_[at] == '"') ? s_[at] : '\0';
    if (quote != 0) ++at;
    std::size_t end = at;
    while (end < s_.size() && base::is_name_char(s_[end])) ++end;
    if (end == at || base::is_digit(s_[at]) || (at == i_ + 2 && after_value() && !spaced_)) return false;
    if (quote != 0 && (end >= s_.size() || s_[end] != quote)) return false;
    const std::size_t next = quote != 0 ? end + 1 : end;
    heredocs_.push_back({out_.all.size(), s_.substr(at, end - at), quote == '\'' ? Interpolation::none : interpolation()});
    take(TokenKind::string, next - i_);
    return true;
  }

  std::size_t label_line(std::string_view label, std::size_t from) const {
    for (std::size_t at = from; at < s_.size();) {
      const std::size_t stop = std::min(s_.find('\n', at), s_.size());
      const std::string_view line = base::trim(s_.substr(at, stop - at));
      if (line.substr(0, label.size()) == label && (line.size() == label.size() || !base::is_name_char(line[label.size()]))) return at;
      at = stop + 1;
    }
    return s_.size();
  }

  void body(const Heredoc& h) {
    const std::size_t begin = i_;
    const std::size_t end = failed_delimiters_ > kMostFailures ? s_.size() : label_line(h.label, begin);
    if (end >= s_.size()) {  // not a here-document after all
      ++failed_delimiters_;
      return;
    }
    const Inside how{h.interpolation == Interpolation::none ? Escape::none : Escape::c_like, h.interpolation, false, '\0'};
    out_.all[h.token].pieces = pieces_of({s_.substr(begin, end - begin), hole_}, how, whole_);
    const std::size_t next = std::min(s_.find('\n', end), s_.size());
    hole_ += holes(begin, next);
    i_ = next;
  }

  /// Perl: `<~/*>` is glob("~/*"), `<F>` and `<>` read lines.
  bool angles() {
    if (!d_.has(Trait::angle_globs) || s_[i_] != '<' || (after_value() && !after_function())) return false;
    const std::size_t length = s_.substr(i_ + 1, kLongestGlob).find_first_of(">\n;");
    const std::size_t end = i_ + 1 + length;
    if (length == std::string_view::npos || s_[end] != '>') return false;
    const std::string_view inner = s_.substr(i_ + 1, end - i_ - 1);
    const bool lines = std::all_of(inner.begin(), inner.end(), [](char c) { return base::is_name_char(c) || c == '$'; });
    if (!lines && inner.find_first_of("=&|") != std::string_view::npos) return false;
    const bool given = inner.empty() || inner == "ARGV";
    push(token(TokenKind::name, given ? "read_given" : lines ? "readline" : "glob", {}));
    push(token(TokenKind::punct, "(", {}));
    if (!lines) {
      const std::size_t before = hole_ + holes(i_, i_ + 1);
      push(token(TokenKind::string, s_.substr(i_, 1), pieces_of({inner, before}, {Escape::c_like, Interpolation::sigils, false, '>'}, whole_)));
    }
    push(token(TokenKind::punct, ")", {}));
    hole_ += holes(i_, end + 1);
    i_ = end + 1;
    return true;
  }
  /// `unlink <*.o>`: behind a plain word with a blank, nothing is compared.
  [[nodiscard]] bool after_function() const {
    const Token& t = out_.all.back();
    return t.kind == TokenKind::name && spaced_ && d_.name_start.find(t.text.front()) == std::string_view::npos && i_ + 1 < s_.size() && s_[i_ + 1] != ' ' && s_[i_ + 1] != '=';
  }

  // --- the rest ------------------------------------------------------------------------------------------------------------------

  /// Whether the token before ends an operand: what tells a division from a regular expression.
  bool after_value() const {
    if (out_.all.empty()) return false;
    const Token& t = out_.all.back();
    if (t.kind == TokenKind::punct) return t.text == ")" || t.text == "]" || t.text == "}";
    if (t.kind != TokenKind::name) return true;
    if (t.word) return false;
    const bool starts_argument = spaced_ && i_ + 1 < s_.size() && s_[i_ + 1] != ' ';
    const bool plain = d_.name_start.find(t.text.front()) == std::string_view::npos;
    return !(d_.has(Trait::bare_calls) && plain && starts_argument);
  }

  bool regex() {
    if (!d_.has(Trait::slash_regex) || s_[i_] != '/' || after_value()) return false;
    bool in_class = false;
    for (std::size_t k = i_ + 1; k < s_.size() && s_[k] != '\n'; ++k) {
      if (s_[k] == '\\') ++k;
      else if (s_[k] == '[') in_class = true;
      else if (s_[k] == ']') in_class = false;
      else if (s_[k] == '/' && !in_class) {
        std::size_t next = k + 1;
        while (next < s_.size() && base::is_alpha(s_[next])) ++next;
        quoted_regex(k, next);
        return true;
      }
    }
    return false;
  }

  /// Perl: `(?{code})` is run while the pattern is matched.
  void quoted_regex(std::size_t end, std::size_t next) {
    const std::string_view pattern = s_.substr(i_, end - i_);
    const std::size_t code = pattern.find("?{");
    const std::size_t close = pattern.rfind("})");
    if (!d_.has(Trait::angle_globs) || code == std::string_view::npos || close == std::string_view::npos || close < code) return quoted(TokenKind::regex, i_ + 1, end, next, {});
    quoted(TokenKind::code, i_ + code + 2, i_ + close, next, {Escape::none, Interpolation::none, false, '/'});
  }

  bool number() {
    if (!base::is_digit(s_[i_])) return false;
    std::size_t end = i_;
    while (end < s_.size() && (base::is_name_char(s_[end]) || (s_[end] == '.' && end + 1 < s_.size() && base::is_digit(s_[end + 1])))) ++end;
    take(TokenKind::number, end - i_);
    return true;
  }

  bool is_name_part(char c) const { return base::is_name_char(c) || static_cast<unsigned char>(c) >= 0x80 || d_.name_part.find(c) != std::string_view::npos; }

  bool name() {
    const char c = s_[i_];
    const bool sigil = d_.name_start.find(c) != std::string_view::npos;
    std::size_t end = i_ + 1;
    if (c == ':' && (end >= s_.size() || !base::is_name_start(s_[end]) || (i_ > 0 && s_[i_ - 1] == ':'))) return false;
    if (sigil && d_.has(Trait::sigils)) {
      if (end >= s_.size() || (!base::is_name_start(s_[end]) && !(c != '%' && s_[end] == '_'))) return false;
      if (c == '%' && after_value()) return false;
    } else if (!sigil && !base::is_name_start(c) && static_cast<unsigned char>(c) < 0x80) {
      return false;
    }
    while (end < s_.size() && is_name_part(s_[end])) ++end;
    take(TokenKind::name, end - i_);
    return true;
  }

  void punct() {
    for (const std::string_view op : kOperators) {
      if (s_.compare(i_, op.size(), op) == 0) return take(TokenKind::punct, op.size());
    }
    take(TokenKind::punct, 1);
  }

  void match() {
    out_.partner.assign(out_.all.size(), 0);
    std::vector<std::size_t> open;
    for (std::size_t k = 0; k < out_.all.size(); ++k) {
      const Token& t = out_.all[k];
      if (t.kind != TokenKind::punct) continue;
      if (t.is("(") || t.is("[") || t.is("{")) open.push_back(k);
      if ((t.is(")") || t.is("]") || t.is("}")) && !open.empty()) {
        out_.partner[open.back()] = k;
        open.pop_back();
      }
    }
    for (const std::size_t k : open) out_.partner[k] = out_.all.size() - 1;
  }

  static constexpr int kMostFailures = 32;
  static constexpr std::size_t kLongestGlob = 200;

  const Dialect& d_;
  std::string_view s_;
  std::size_t hole_;
  const Text& whole_;
  base::Budget& budget_;
  std::size_t i_ = 0;
  bool line_start_ = true;
  bool spaced_ = false;
  int failed_delimiters_ = 0;
  bool unclosed_ = false;  ///< an expression in a string has no end: none is looked for again
  std::vector<std::string_view> missing_;
  std::vector<Heredoc> heredocs_;
  Tokens out_;
};

}  // namespace

Tokens cut(const Dialect& dialect, const Stretch& code, const Text& whole, base::Budget& budget) { return Lexer(dialect, code, whole, budget).run(); }

}  // namespace belay::command::inline_code
