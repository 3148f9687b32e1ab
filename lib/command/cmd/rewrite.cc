#include "command/cmd/rewrite.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/inline/value.h"

/// The structure of batch code: operators, groups, `if`, `for`.
namespace belay::command::cmd {

namespace {

constexpr int kMostDepth = 20;

/// In place of what is not read: a command that nobody knows.
Text unread() {
  Text out = Text::hole(model::HoleTrait::any);
  out.append("\n");
  return out;
}

constexpr std::size_t kMostRounds = 16;
constexpr std::size_t kMostCode = 128U << 10U;

bool ends_word(char c) { return std::string_view(" \t\r\n&|<>(),;=").find(c) != std::string_view::npos; }

}  // namespace

Text Rewriter::list(int groups) {
  Text out;
  while (in_.more()) {
    while (in_.more() && std::string_view(" \t\r\n&|;").find(in_.peek()) != std::string_view::npos && in_.more()) in_.advance();
    if (!in_.more()) break;
    if (in_.peek() == ')') {
      in_.advance();
      if (groups > 0) break;
      continue;
    }
    Text one = statement(groups);
    out.append(one.empty() ? Text(":") : one);
    operator_between(out);
    if (out.size() <= kMostCode) continue;
    if (in_.more()) out.append(unread());
    break;
  }
  return out;
}

void Rewriter::operator_between(Text& out) {
  while (in_.more() && (in_.raw() == ' ' || in_.raw() == '\t' || in_.raw() == '\r')) in_.advance();
  const char c = in_.peek();
  const bool twice = in_.raw(1) == c;
  if (c == '&' && twice) out.append(" &&\n");
  else if (c == '|') out.append(twice ? " ||\n" : " |\n");
  else out.append("\n");
  if (c == '&' || c == '|') in_.advance(twice ? 2 : 1);
  if (c != '&' && c != '|') return;
  while (in_.more() && std::string_view(" \t\r\n").find(in_.peek()) != std::string_view::npos && in_.more()) in_.advance();
  if (!in_.more() || in_.peek() == ')') out.append(":\n");
}

/// Is this word, in any case, the next one? Takes it.
bool Rewriter::keyword(std::string_view wanted) {
  if (!base::iequals(in_.rest().substr(0, wanted.size()), wanted) || !(ends_word(in_.raw(wanted.size())) || in_.raw(wanted.size()) == '/')) return false;
  in_.advance(wanted.size());
  return true;
}

Text Rewriter::statement(int groups) {
  if (depth_ > kMostDepth) return in_.go(in_.place() + in_.rest().size()), unread();
  while (in_.more() && (in_.peek() == '@' || in_.raw() == ' ' || in_.raw() == '\t')) in_.advance();
  if (in_.peek() == ':') return in_.skip_line(), Text();
  if (in_.peek() == '(') {
    in_.advance();
    ++depth_;
    Text out("{\n:\n");
    out.append(list(groups + 1));
    out.append("}");
    --depth_;
    Text redirections;
    while (redirection(redirections)) in_.skip_blank();
    out.append(redirections);
    return out;
  }
  if (keyword("rem")) return in_.skip_line(), Text();
  if (keyword("if")) return conditional(groups);
  if (keyword("for")) return loop();
  return simple();
}

Text Rewriter::simple() {
  Text redirections;
  std::vector<Word> all = words(redirections);
  if (all.empty()) return redirections.empty() ? Text() : [&] {
    Text out(":");
    out.append(redirections);
    return out;
  }();
  Text out = command(std::move(all));
  if (out.empty()) out.append(":");
  out.append(redirections);
  return out;
}

/// Both branches are taken: which one it will be is rarely known, and each does what it does.
Text Rewriter::conditional(int groups) {
  ++depth_;
  in_.skip_blank();
  while (keyword("/i") || keyword("not")) in_.skip_blank();
  const bool unary = keyword("exist") || keyword("defined") || keyword("errorlevel") || keyword("cmdextversion");
  in_.skip_blank();
  const std::string left = word().text;
  const std::size_t equals = left.find("==");
  if (!unary && (equals == std::string::npos || equals + 2 == left.size())) {  // `a == b`, `a equ b`
    while (in_.more() && (in_.raw() == '=' || in_.raw() == ' ' || in_.raw() == '\t')) in_.advance();
    for (const std::string_view op : {"equ", "neq", "lss", "leq", "gtr", "geq"}) {
      if (keyword(op)) break;
    }
    in_.skip_blank();
    (void)word();
  }
  in_.skip_blank();
  Text out("{\n");
  out.append(statement(groups));
  out.append("\n:\n}");
  while (in_.more() && (in_.raw() == ' ' || in_.raw() == '\t')) in_.advance();
  if (keyword("else")) {
    in_.skip_blank();
    out.append("\n{\n");
    out.append(statement(groups));
    out.append("\n:\n}");
  }
  --depth_;
  return out;
}

/// What the loop's variable may be. Code in the set runs, and is written before the loop.
Text Rewriter::loop_set(const std::string& options, std::string& variable, std::vector<std::string>& items) {
  Text before;
  const std::string unknown(1, '\0');
  if (in_.peek() != '(') return before;
  in_.advance();
  in_.skip_blank();
  const bool file = base::lower(options).find("/f") != std::string::npos;
  const char quote = in_.peek();
  if (file && (quote == '\'' || quote == '`')) {
    in_.advance();
    const std::size_t begin = in_.place();
    while (in_.more() && in_.raw() != quote) in_.advance();
    Rewriter inner(Source(in_.between(begin, in_.place()), in_.variables()), cwd_, knowledge_, depth_ + 1);
    before = inner.run();
    in_.advance();
    items.push_back(unknown);
  }
  while (in_.more() && in_.peek() != ')') {
    const Word one = word();
    if (file && !one.quoted && !one.text.empty()) {
      before.append("cat ");
      before.append(path_word(one.text, false));
      before.append(" > /dev/null\n");
      items.push_back(unknown);
    } else if (!one.text.empty()) {
      items.push_back(one.text);
    } else if (in_.more()) {
      in_.advance();
    }
    in_.skip_blank();
    while (in_.more() && in_.raw() == '\n') in_.advance();
  }
  in_.advance();
  if (base::lower(options).find("/l") != std::string::npos) items.assign(1, unknown);
  if (items.size() > kMostRounds) items.assign(1, unknown);
  (void)variable;
  return before;
}

Text Rewriter::loop() {
  ++depth_;
  std::string options;
  std::string folder;
  // Not skip_blank(): `%i in (a) do x %` is no reference to a variable.
  const auto blanks = [&] {
    while (in_.raw() == ' ' || in_.raw() == '\t') in_.advance();
  };
  blanks();
  while (in_.raw() == '/') {
    const Word one = word();
    options += one.text + " ";
    blanks();
    if (in_.raw() != '/' && in_.raw() != '%') {  // `/r C:\x`, `/f "tokens=*"`
      const Word more = word();
      if (base::lower(one.text) == "/r") folder = more.text;
    }
    blanks();
  }
  while (in_.raw() == '%') in_.advance();
  std::string variable = "%" + base::lower(in_.rest().substr(0, 1));
  in_.advance();
  in_.skip_blank();
  (void)keyword("in");
  in_.skip_blank();
  std::vector<std::string> items;
  Text out = loop_set(options, variable, items);
  if (items.empty()) items.emplace_back(1, '\0');
  in_.skip_blank();
  (void)keyword("do");
  const std::size_t body = in_.place();
  const bool below = base::lower(options).find("/r") != std::string::npos;
  const auto outer = in_.variables().find(variable);
  const std::string old = outer == in_.variables().end() ? std::string() : outer->second;
  const std::string whole = std::string(in_.rest());
  std::size_t end = whole.size();
  for (std::string item : items) {
    if (below) item = (folder.empty() ? std::string(".") : folder) + "\\" + std::string(1, '\0') + "\\" + (item == "." ? std::string(1, '\0') : item);
    in_.variables()[variable] = item;
    Rewriter inner(Source(whole, in_.variables()), cwd_, knowledge_, depth_ + 1);
    out.append(inner.statement(1));
    out.append("\n");
    end = std::min(end, inner.in_.rest().size());
    if (out.size() <= kMostCode) continue;
    out.append(unread());
    break;
  }
  in_.variables().erase(variable);
  if (!old.empty()) in_.variables()[variable] = old;
  in_.go(body + whole.size() - std::min(end, whole.size()));
  --depth_;
  Text group("{\n:\n");
  group.append(out);
  group.append("}");
  return group;
}

std::vector<Word> Rewriter::words(Text& redirections) {
  std::vector<Word> out;
  while (true) {
    // Behind the name of a program, `,` `;` and `=` are part of its line; for cmd's own commands they are blanks.
    while (in_.more() && std::string_view(" \t\r").find(in_.peek()) != std::string_view::npos && in_.more()) in_.advance();
    if (out.empty()) in_.skip_blank();
    if (!in_.more()) break;
    const char c = in_.peek();
    if (c == '\n' || c == '&' || c == '|' || c == ')') break;
    if (redirection(redirections)) continue;
    const std::size_t before = in_.place();
    Word one = word();
    if (!one.text.empty() || one.quoted) out.push_back(std::move(one));
    else if (in_.place() == before) in_.advance();
    if (out.size() == 1) escapes_ = !is_builtin(out.front().text);
  }
  escapes_ = false;
  return out;
}

/// Up to a blank or an operator, quotes and `^` taken off. `del/s` is two words.
Word Rewriter::word() {
  Word out;
  bool quoted = false;
  while (in_.more()) {
    const char c = in_.peek();
    if (!in_.more()) break;
    if (c == '"') {
      quoted = !quoted;
      out.quoted = true;
      in_.advance();
      continue;
    }
    if (!quoted && (std::string_view(" \t\r\n&|<>)").find(c) != std::string_view::npos || (c == '(' && out.text.empty() && !out.quoted))) break;
    if (c == '\n') break;
    if (c == '^' && !quoted) {
      in_.advance();
      if (in_.raw() == '\r') in_.advance();
      if (in_.more() && in_.raw() != '\n') out.text += in_.raw();
      in_.advance();
      continue;
    }
    if (c == '\\' && in_.raw(1) == '"' && quoted && escapes_) {  // as programs take their lines apart
      out.text += '"';
      in_.advance(2);
      continue;
    }
    out.text += c;
    in_.advance();
  }
  return out;
}

/// `> f`, `2>> f`, `2>&1`, `< f`.
bool Rewriter::redirection(Text& out) {
  const bool numbered = base::is_digit(in_.raw()) && (in_.raw(1) == '>' || in_.raw(1) == '<');
  const char mark = numbered ? in_.raw(1) : in_.peek();
  if (mark != '>' && mark != '<') return false;
  out.append(" ");
  if (numbered) out.append(std::string(1, in_.raw())), in_.advance();
  in_.advance();
  out.append(std::string(1, mark));
  if (in_.raw() == '>') out.append(">"), in_.advance();
  if (in_.raw() == '&') {
    out.append("&");
    in_.advance();
    out.append(std::string(1, in_.raw()));
    in_.advance();
    return true;
  }
  in_.skip_blank();
  const Word target = word();
  if (base::iequals(target.text, "nul") || base::iequals(target.text, "con")) out.append("/dev/null");
  else out.append(path_word(target.text, false));
  return true;
}

}  // namespace belay::command::cmd
