#include <utility>

#include "shell/grammar.h"

namespace belay::shell {

/// The text between backticks loses the backslashes before $ ` \ (and " inside double quotes) and is then read by itself.
bool read_backtick(Cursor& c, Around around, CommandSubst& out) {
  const Nested nested(c);
  if (!nested.ok()) return false;
  const std::uint32_t begin = c.pos();
  c.bump();
  std::string text;
  std::vector<std::uint32_t> origin;
  for (;;) {
    if (c.pos() >= c.end()) return c.fail(ProblemCode::unterminated_expansion, begin);
    char next = c.raw();
    if (next == '`') break;
    const std::uint32_t at = c.original(c.pos());
    if (next == '\\') {
      const char after = c.raw(1);
      const bool removed = after == '$' || after == '`' || after == '\\' || (after == '"' && around == Around::double_quotes);
      if (removed) {
        c.bump();
        next = after;
      } else if (after != '\0') {
        origin.push_back(at);
        text += next;
        c.bump();
        next = after;
      }
    }
    origin.push_back(at);
    text += next;
    c.bump();
  }
  origin.push_back(c.original(c.pos()));
  c.bump();
  out.body = std::make_shared<List>();
  const OwnPending own(c.shared(), false);
  Cursor inside(text, c.shared(), &origin);
  return read_list(inside, Empty::allowed, *out.body) && (inside.at_end() || inside.unexpected());
}

}  // namespace belay::shell
