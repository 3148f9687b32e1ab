#include <utility>

#include "base/text.h"
#include "shell/grammar.h"

namespace belay::shell {
namespace {

/// Consumes `=` or `+=`.
bool take_equals(Cursor& c, bool& append) {
  append = c.peek() == '+' && c.peek_second() == '=';
  if (append) (void)c.take('+');
  return c.take('=');
}

/// What was taken for a subscript belongs to an ordinary word.
void word_from(std::uint32_t begin, const Cursor& c, Word index, Word& rest) {
  const Span span = c.span_from(begin);
  const std::string_view text = c.since(begin);
  rest.parts.push_back({span, Literal{std::string(text.substr(0, text.find('[') + 1))}});
  for (Part& part : index.parts) rest.parts.push_back(std::move(part));
  rest.parts.push_back({span, Literal{"]"}});
}

bool read_value(Cursor& c, Word& out) {
  const std::uint32_t begin = c.pos();
  out.span = c.span_from(begin);
  return !at_word(c) || read_word(c, Kind::word, out);
}

/// `[i]=`, `[i]+=`.
Assigned read_subscripted(Cursor& c, ArrayElement& out, Word& rest) {
  const std::uint32_t begin = c.pos();
  Word index;
  (void)c.take('[');
  if (!read_subscript(c, index)) return Assigned::failed;
  if (take_equals(c, out.append)) {
    out.index = std::make_unique<Word>(std::move(index));
    return Assigned::yes;
  }
  word_from(begin, c, std::move(index), rest);
  return read_rest_of_word(c, begin, rest) ? Assigned::word : Assigned::failed;
}

bool read_element(Cursor& c, ArrayElement& out) {
  if (!c.spend()) return false;
  if (c.peek() != '[') return read_word(c, Kind::word, out.value);
  Word rest;
  switch (read_subscripted(c, out, rest)) {
    case Assigned::yes: return read_value(c, out.value);
    case Assigned::word: out.value = std::move(rest); return true;
    case Assigned::no:
    case Assigned::failed: return false;
  }
  return false;
}

bool read_name(Cursor& c, std::string& name) {
  if (!base::is_name_start(c.peek())) return false;
  while (base::is_name_char(c.peek())) {
    name += c.raw();
    c.bump();
  }
  return true;
}

}  // namespace

bool read_array(Cursor& c, Assignment& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  out.array = true;
  (void)c.take('(');
  for (;;) {
    if (!skip_newlines(c)) return false;
    if (c.take(')')) return true;
    if (!at_word(c)) return c.unexpected();
    if (!read_element(c, out.elements.emplace_back())) return false;
  }
}

Assigned read_assignment(Cursor& c, Assignment& out, Word& rest) {
  const std::uint32_t begin = c.pos();
  if (!read_name(c, out.name)) return Assigned::no;
  if (c.peek() == '[') {
    Word index;
    (void)c.take('[');
    if (!read_subscript(c, index)) return Assigned::failed;
    if (!take_equals(c, out.append)) {
      word_from(begin, c, std::move(index), rest);
      return read_rest_of_word(c, begin, rest) ? Assigned::word : Assigned::failed;
    }
    out.index = std::make_unique<Word>(std::move(index));
  } else if (!take_equals(c, out.append)) {
    c.seek(begin);
    return Assigned::no;
  }
  const bool ok = c.spend() && (c.peek() == '(' && !out.index ? read_array(c, out) : read_value(c, out.value));
  out.span = c.span_from(begin);
  return ok ? Assigned::yes : Assigned::failed;
}

}  // namespace belay::shell
