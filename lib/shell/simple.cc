#include <array>
#include <string_view>
#include <utility>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

/// Built-ins whose arguments may be `name=(…)` (bash(1) "Arrays", and the code of its parser for the last three).
constexpr std::array<std::string_view, 8> kDeclaring{"declare", "typeset", "local", "export", "readonly", "alias", "eval", "let"};

/// `name=` or `name+=`, the whole word so far.
bool ends_like_assignment(const Word& word, std::string& name, bool& append) {
  std::string_view text = literal_of(word);
  if (text.size() < 2 || text.back() != '=') return false;
  text.remove_suffix(1);
  append = text.back() == '+';
  if (append) text.remove_suffix(1);
  name = std::string(text);
  if (text.empty() || is_meta(text.front())) return false;
  for (const char c : text) {
    const bool ok = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!ok) return false;
  }
  return text.front() < '0' || text.front() > '9';
}

class SimpleReader {
 public:
  SimpleReader(Cursor& c, Command& out) : c_(c), out_(out), begin_(c.pos()) {}

  bool run() {
    const bool ok = parts();
    if (std::holds_alternative<Function>(out_.node)) return ok;
    out_.span = end_ > begin_ ? Span{c_.original(begin_), c_.original(end_)} : c_.span_from(begin_);
    if (!ok) return false;
    const bool nothing = simple_.assignments.empty() && simple_.words.empty() && out_.redirects.empty();
    out_.node = std::move(simple_);
    return !nothing || c_.unexpected();
  }

 private:
  bool parts() {
    for (;;) {
      c_.skip_blanks();
      if (at_redirect(c_)) {
        if (!read_redirect(c_, out_.redirects.emplace_back())) return keep(false);
      } else if (at_word(c_)) {
        if (!word_or_assignment()) return keep(false);
        if (std::holds_alternative<Function>(out_.node)) return true;
      } else {
        return true;
      }
      end_ = c_.pos();
    }
  }

  /// What was read stays in the tree when the rest cannot be.
  bool keep(bool ok) {
    if (!ok && !std::holds_alternative<Function>(out_.node)) out_.node = std::move(simple_);
    return ok;
  }

  bool word_or_assignment() {
    if (!simple_.words.empty()) return argument();
    Assignment assignment;
    Word rest;
    const std::uint32_t begin = c_.pos();
    switch (read_assignment(c_, assignment, rest)) {
      case Assigned::yes: simple_.assignments.push_back(std::move(assignment)); return true;
      case Assigned::failed: return false;
      case Assigned::word: simple_.words.push_back(std::move(rest)); return true;
      case Assigned::no: break;
    }
    if (!read_word(c_, Kind::command_word, simple_.words.emplace_back())) return false;
    return function_definition(begin);
  }

  /// `name ()`: the word just read is the name.
  bool function_definition(std::uint32_t begin) {
    const std::uint32_t end = c_.pos();
    c_.skip_blanks();
    if (c_.peek() != '(' || !simple_.assignments.empty() || !out_.redirects.empty()) return true;
    std::string name(c_.text().substr(begin, end - begin));
    (void)c_.take('(');
    c_.skip_blanks();
    if (!c_.take(')')) return c_.unexpected();
    const bool ok = read_function_body(c_, std::move(name), out_);
    out_.span = c_.span_from(begin);
    return ok;
  }

  bool argument() {
    Word& word = simple_.words.emplace_back();
    const std::uint32_t begin = c_.pos();
    if (!read_word(c_, Kind::word, word)) return false;
    DeclaredArray array;
    if (c_.raw() != '(' || !declares() || !ends_like_assignment(word, array.assignment.name, array.assignment.append))
      return true;
    array.word = simple_.words.size() - 1;
    if (!read_array(c_, array.assignment)) return false;
    array.assignment.span = c_.span_from(begin);
    flatten(array.assignment, word);
    word.span = array.assignment.span;
    simple_.declared.push_back(std::move(array));
    return true;
  }

  bool declares() const {
    const std::string_view name = literal_of(simple_.words.front());
    for (const std::string_view one : kDeclaring) {
      if (name == one) return true;
    }
    return name == "builtin" || name == "command";
  }

  static void flatten(const Assignment& array, Word& word) {
    word.parts.push_back({array.span, Literal{"("}});
    for (const ArrayElement& element : array.elements) {
      Word value = copy(element.value);
      for (Part& part : value.parts) word.parts.push_back(std::move(part));
      word.parts.push_back({array.span, Quoted{" ", QuoteStyle::backslash}});
    }
    word.parts.push_back({array.span, Literal{")"}});
  }

  Cursor& c_;
  Command& out_;
  SimpleCommand simple_;
  std::uint32_t begin_;
  std::uint32_t end_ = 0;
};

}  // namespace

bool read_simple(Cursor& c, Command& out) { return SimpleReader(c, out).run(); }

}  // namespace belay::shell
