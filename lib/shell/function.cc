#include <utility>

#include "shell/grammar.h"

namespace belay::shell {

bool read_function_body(Cursor& c, std::string name, Command& out) {
  auto& node = out.node.emplace<Function>();
  node.name = std::move(name);
  node.body = std::make_unique<Command>();
  return skip_newlines(c) && read_compound(c, *node.body);
}

bool read_function_keyword(Cursor& c, Command& out) {
  c.skip_blanks();
  Word word;
  const std::uint32_t begin = c.pos();
  if (!read_word(c, Kind::command_word, word)) return false;
  std::string name(c.since(begin));
  c.skip_blanks();
  if (c.peek() == '(' && c.peek_second() == ')') {
    (void)c.take('(');
    (void)c.take(')');
  }
  return read_function_body(c, std::move(name), out);
}

bool read_coproc(Cursor& c, Command& out) {
  auto& node = out.node.emplace<Coproc>();
  node.body = std::make_unique<Command>();
  c.skip_blanks();
  if (at_compound(c)) return read_compound(c, *node.body);
  // NAME is one only when a compound command follows; otherwise it is the first word of a simple command.
  const std::uint32_t begin = c.pos();
  Word name;
  if (at_word(c) && !at_redirect(c)) {
    if (!read_word(c, Kind::command_word, name)) return false;
    const std::uint32_t end = c.pos();
    c.skip_blanks();
    if (at_compound(c)) {
      node.name = std::string(c.text().substr(begin, end - begin));
      return read_compound(c, *node.body);
    }
  }
  c.seek(begin);
  return read_simple(c, *node.body);
}

}  // namespace belay::shell
