#include <string_view>
#include <utility>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

constexpr std::string_view kUnary = "abcdefghknoprstuvwxzGLNORS";
constexpr std::string_view kBinary[] = {"=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};

bool is_unary(std::string_view word) {
  return word.size() == 2 && word.front() == '-' && kUnary.find(word.back()) != std::string_view::npos;
}
bool is_binary(std::string_view word) {
  for (const std::string_view one : kBinary) {
    if (one == word) return true;
  }
  return false;
}

/// expression: or ( `||` or )* …; the words of the tree are in the order of writing.
class ConditionalReader {
 public:
  ConditionalReader(Cursor& c, std::vector<Word>& out) : c_(c), out_(out) {}

  bool run() {
    if (!expression() || !skip_newlines(c_)) return false;
    if (!at_close()) return c_.unexpected();
    (void)c_.take(']');
    (void)c_.take(']');
    return true;
  }

 private:
  bool at_close() {
    const std::uint32_t begin = c_.pos();
    const bool yes = c_.take(']') && c_.take(']') && (c_.peek() == '\0' || is_meta(c_.peek()));
    c_.seek(begin);
    return yes;
  }

  /// An operator of one or two equal characters.
  bool take_operator(char one, bool twice) {
    c_.skip_blanks();
    if (c_.peek() != one || (twice && c_.peek_second() != one)) return false;
    const std::uint32_t begin = c_.pos();
    (void)c_.take(one);
    if (twice) (void)c_.take(one);
    const std::string text(twice ? 2 : 1, one);
    Word& word = out_.emplace_back();
    word.span = c_.span_from(begin);
    word.parts.push_back({word.span, Literal{text}});
    return true;
  }

  bool expression() {
    const Nested nested(c_);
    if (!nested.ok()) return false;
    do {
      if (!term() || !skip_newlines(c_)) return false;
    } while (take_operator('&', true) || take_operator('|', true));
    return true;
  }

  bool term() {
    if (!skip_newlines(c_)) return false;
    if (take_operator('(', false)) return expression() && skip_newlines(c_) && (take_operator(')', false) || c_.unexpected());
    if (at_close() || !word(Kind::word)) return c_.unexpected();
    const std::string_view first = literal_of(out_.back());
    if (first == "!") return term();
    c_.skip_blanks();
    if (is_unary(first) && at_word(c_) && !at_close()) return unary();
    return binary();
  }

  /// `-n x`, unless it is the left side of an operator.
  bool unary() {
    if (!word(Kind::word)) return false;
    if (!is_binary(literal_of(out_.back()))) return true;
    c_.skip_blanks();
    const bool operand = at_word(c_) && !at_close();
    return !operand || word(Kind::word);
  }

  bool binary() {
    if (take_operator('<', false) || take_operator('>', false)) return right_side(Kind::word);
    if (!at_word(c_) || at_close()) return true;
    if (!word(Kind::word)) return false;
    const std::string_view name = literal_of(out_.back());
    if (!is_binary(name)) return c_.unexpected();
    return right_side(name == "=~" ? Kind::regex : Kind::word);
  }

  bool right_side(Kind kind) {
    c_.skip_blanks();
    return word(kind);
  }

  bool word(Kind kind) { return read_word(c_, kind, out_.emplace_back()); }

  Cursor& c_;
  std::vector<Word>& out_;
};

}  // namespace

bool read_conditional(Cursor& c, Conditional& out) { return ConditionalReader(c, out.words).run(); }

}  // namespace belay::shell
