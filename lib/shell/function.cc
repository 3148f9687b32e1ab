#include <utility>

#include "shell/grammar.h"

namespace belay::shell {

namespace {

bool at_name(Cursor& c) { return at_word(c) && keyword_at(c).keyword == Keyword::none; }

}  // namespace

bool read_function_body(Cursor& c, std::string name, Command& out) {
  auto& node = out.node.emplace<Function>();
  node.name = std::move(name);
  node.body = std::make_unique<Command>();
  return read_function_command(c, *node.body);
}

bool read_function_keyword(Cursor& c, Command& out) {
  std::vector<std::string> names;
  for (c.skip_blanks(); names.empty() ? !c.zsh() || at_name(c) : c.zsh() && at_name(c); c.skip_blanks()) {
    Word word;
    const std::uint32_t begin = c.pos();
    if (!read_word(c, Kind::command_word, word)) return false;
    names.emplace_back(c.since(begin));
  }
  if (c.peek() == '(' && c.peek_second() == ')') {
    (void)c.take('(');
    (void)c.take(')');
  }
  if (names.empty()) return read_anonymous(c, out);
  if (!read_function_body(c, names.front(), out)) return false;
  std::get<Function>(out.node).more_names.assign(names.begin() + 1, names.end());
  return true;
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
