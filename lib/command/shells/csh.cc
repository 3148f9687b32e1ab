#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/shells/script.h"

namespace belay::command::shells {

Text with_holes(std::string_view bytes) {
  Text out;
  std::size_t begin = 0;
  for (std::size_t i = bytes.find(model::kHole); i != std::string_view::npos; i = bytes.find(model::kHole, begin)) {
    out.append(bytes.substr(begin, i - begin));
    out.append_hole(model::HoleTrait::any);
    begin = i + 1;
  }
  out.append(bytes.substr(begin));
  return out;
}

void append_literal(std::string& out, char c) {
  const bool plain = base::is_name_char(c) || c == model::kHole || static_cast<unsigned char>(c) >= 0x80U || std::string_view("./-_,:=+@%").find(c) != std::string_view::npos;
  if (plain) out += c;
  else if (c == '\'') out += "\\'";
  else out += std::string("'") + c + "'";
}

namespace {

constexpr std::size_t kMostCode = 256U << 10U;
/// tcsh(1), "Special aliases": run without being called.
constexpr std::array<std::string_view, 8> kRunByItself{"beepcmd", "cwdcmd", "jobcmd", "helpcommand", "periodic", "precmd", "postcmd", "shell"};

/// Statements of csh; what is quoted stays as it is, the quotes of both shells being alike.
class Csh {
 public:
  explicit Csh(std::string_view code) : in_(code) {}

  std::string run() {
    while (in_.more() && out_.size() < kMostCode) {
      separators();
      if (!in_.more()) break;
      const std::size_t before = in_.place();
      statement();
      if (in_.place() == before) out_ += in_.next();
    }
    if (in_.more()) out_ += std::string("\n") + model::kHole + "\n";  // a command that nobody knows
    return std::move(out_);
  }

 private:
  /// What nobody can tell before it runs: a test of something unknown.
  [[nodiscard]] static std::string unknown_test() { return std::string("[ -e ") + model::kHole + " ]"; }

  void separators() {
    for (;; in_.skip_line()) {
      while (in_.more() && std::string_view(" \t\n;").find(in_.peek()) != std::string_view::npos) out_ += in_.next() == ' ' ? ' ' : '\n';
      if (in_.peek() != '#') return;
    }
  }

  bool keyword(std::string_view word) {
    if (!in_.starts(word)) return false;
    const char c = in_.peek(word.size());
    if (std::string_view(" \t\n;(").find(c) == std::string_view::npos) return false;
    in_.advance(word.size());
    in_.skip_blank();
    return true;
  }

  /// `( … )`, taken off.
  std::string parenthesised() {
    if (in_.peek() != '(') return {};
    in_.advance();
    const std::size_t begin = in_.place();
    int depth = 1;
    while (in_.more()) {
      const char c = in_.next();
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return std::string(in_.between(begin, in_.place() - 1));
    }
    return std::string(in_.between(begin, in_.place()));
  }

  /// Commands that a condition runs: `{ cmd }` and backticks.
  void condition() {
    const std::string inside = parenthesised();
    std::size_t at = 0;
    while ((at = inside.find('`', at)) != std::string::npos) {
      const std::size_t end = std::min(inside.find('`', at + 1), inside.size());
      out_ += inside.substr(at + 1, end - at - 1) + "\n";
      at = end + 1;
    }
    for (at = 0; (at = inside.find("{ ", at)) != std::string::npos;) {
      const std::size_t end = std::min(inside.find(" }", at), inside.size());
      out_ += inside.substr(at + 2, end - at - 2) + "\n";
      at = end;
    }
  }

  void statement() {
    if (keyword("setenv")) return set_environment();
    if (keyword("set")) return assignment();
    if (in_.peek() == '@' && (in_.peek(1) == ' ' || in_.peek(1) == '\t')) return in_.advance(), calculation();
    if (keyword("unsetenv")) return out_ += "unset ", rest();
    if (keyword("if")) {
      condition();
      in_.skip_blank();
      if (keyword("then")) return out_ += "if " + unknown_test() + "\nthen\n:\n", void();
      out_ += unknown_test() + " && ";
      return statement();
    }
    if (keyword("else")) {
      if (!keyword("if")) return out_ += "\n:\nelse\n:\n", void();
      const std::size_t before = out_.size();
      condition();
      out_.resize(before);
      in_.skip_blank();
      (void)keyword("then");
      return out_ += "\n:\nelif " + unknown_test() + "\nthen\n:\n", void();
    }
    if (keyword("endif")) return out_ += "\n:\nfi", void();
    if (keyword("while")) return condition(), out_ += "while " + unknown_test() + "\ndo\n:\n", void();
    if (keyword("foreach")) return loop();
    if (keyword("end")) return out_ += "\n:\ndone", void();
    if (keyword("switch")) return (void)parenthesised(), out_ += ":", void();
    if (keyword("endsw") || keyword("breaksw")) return out_ += ":", void();
    if (keyword("case")) return label();
    if (keyword("default:")) return;
    // Where a jump leads is not followed: what stands between is looked at. An `exit` may be one of another branch.
    if (keyword("onintr") || keyword("goto") || keyword("exit")) return skip_statement(), out_ += ":", void();
    if (keyword("nice")) {
      if (in_.peek() == '+' || in_.peek() == '-') (void)word();
      in_.skip_blank();
      return statement();
    }
    if (keyword("repeat")) return (void)word(), in_.skip_blank(), statement();
    if (keyword("alias")) return alias();
    rest();
  }

  void skip_statement() {
    while (in_.more() && in_.peek() != '\n' && in_.peek() != ';') in_.advance();
  }

  /// `@ x = 1 + 2`, `@ x += 2`, `@ x++`.
  void calculation() {
    in_.skip_blank();
    std::string name;
    while (base::is_name_char(in_.peek()) && in_.more()) name += in_.next();
    in_.skip_blank();
    const std::size_t begin = in_.place();
    skip_statement();
    const std::string_view what = base::trim(in_.between(begin, in_.place()));
    if (name.empty() || what.empty()) return out_ += ":", void();
    const std::size_t equals = what.find('=');
    const std::string value = equals == std::string_view::npos ? std::string(1, what.front()) + "1" : std::string(what.substr(equals + 1));
    const bool changes = equals == std::string_view::npos || equals > 0;
    out_ += name + "=$(( " + (changes ? "$" + name + " " + std::string(equals == std::string_view::npos ? "" : what.substr(0, equals)) + " " : "") + value + " ))";
  }

  void label() {
    while (in_.more() && in_.peek() != ':' && in_.peek() != '\n') in_.advance();
    in_.advance();
    out_ += ":\n";
  }

  void loop() {
    const std::string name = word();
    in_.skip_blank();
    out_ += "for " + name + " in " + parenthesised() + "\ndo\n:\n";
  }

  void set_environment() {
    const std::string name = word();
    in_.skip_blank();
    out_ += "export " + name + "=";
    const std::string value = word();
    out_ += value.empty() ? "''" : value;
    rest();
  }

  /// `set x = word`, `set x=(words)`, several in a row.
  void assignment() {
    bool any = false;
    while (base::is_name_start(in_.peek())) {
      std::string name;
      while (in_.more() && base::is_name_char(in_.peek())) name += in_.next();
      in_.skip_blank();
      if (!in_.take("=")) {
        out_ += name + "=\n";
        any = true;
        continue;
      }
      in_.skip_blank();
      out_ += name + "=";
      if (in_.peek() == '(') out_ += "(" + parenthesised() + ")";
      else out_ += word();
      out_ += "\n";
      any = true;
      in_.skip_blank();
    }
    if (!any) out_ += ":";
    rest();
  }

  void alias() {
    const std::string name = word();
    in_.skip_blank();
    std::string value;
    while (in_.more() && in_.peek() != '\n' && in_.peek() != ';') value += in_.peek() == '\'' || in_.peek() == '"' ? word() : std::string(1, in_.next());
    const std::size_t arguments = value.find("\\!*");
    if (arguments != std::string::npos) value.erase(arguments, 3);
    if (!value.empty() && value[0] != '\'' && value[0] != '"') value = "'" + value + "'";
    out_ += name.empty() ? ":" : "alias " + name + "=" + value;
    if (std::find(kRunByItself.begin(), kRunByItself.end(), name) != kRunByItself.end()) out_ += "\n" + unknown_test() + " && eval " + value;
  }

  std::string word() {
    std::string out;
    while (in_.more() && std::string_view(" \t\n;()&|<>").find(in_.peek()) == std::string_view::npos) part(out);
    return out;
  }

  /// A character, or all of a quoted stretch.
  void part(std::string& out) {
    const char c = in_.next();
    out += c;
    if (c == '\\' && in_.more()) out += in_.next();
    if (c != '\'' && c != '"' && c != '`') return;
    while (in_.more() && in_.peek() != c) {
      if (in_.peek() == '\\' && c != '\'') out += in_.next();
      out += in_.next();
    }
    if (in_.more()) out += in_.next();
  }

  /// The rest of a command: redirections are spelt otherwise.
  void rest() {
    while (in_.more() && in_.peek() != '\n' && in_.peek() != ';') {
      if (in_.take(">>&!") || in_.take(">>&")) out_ += "&>>";
      else if (in_.take(">&!") || in_.take(">&")) out_ += "&>";
      else if (in_.take(">>!")) out_ += ">>";
      else if (in_.take(">!")) out_ += ">|";
      else if (in_.starts("&&") || in_.starts("||") || in_.starts("|&")) out_ += in_.next(), out_ += in_.next(), after_operator();
      else if (in_.peek() == '|') out_ += in_.next(), after_operator();
      else if (in_.peek() == '&') in_.advance(), out_ += "\n";
      else part(out_);
    }
  }

  void after_operator() {
    in_.skip_blank();
    out_ += ' ';
  }

  Script in_;
  std::string out_;
};

/// Commands of Nushell that have another name or order elsewhere: `open FILE` prints, `save FILE` writes what comes in, `alias x = y z`.
bool own_command(Script& in, std::string& out) {
  struct Row {
    std::string_view name;
    std::string_view program;
  };
  constexpr std::array kCommands{Row{"open ", "cat"}, Row{"save ", "tee"}};
  for (const Row& row : kCommands) {
    if (!in.take(row.name)) continue;
    out += row.program;
    for (in.skip_blank(); in.peek() == '-'; in.skip_blank()) {
      const std::size_t begin = in.place();
      while (in.more() && std::string_view(" \t\n;|").find(in.peek()) == std::string_view::npos) in.advance();
      const std::string_view option = in.between(begin, in.place());
      if (row.program == "tee" && (option == "--append" || option == "-a")) out += " -a";
    }
    out += ' ';
    return true;
  }
  const std::size_t begin = in.place();
  if (!in.take("alias ")) return false;
  std::string name;
  for (in.skip_blank(); in.more() && (base::is_name_char(in.peek()) || in.peek() == '-'); ) name += in.next();
  in.skip_blank();
  if (name.empty() || !in.take("= ")) return in.go(begin), false;
  (void)in.take("^");
  out += "alias " + name + "='";
  while (in.more() && in.peek() != '\n' && in.peek() != ';') {
    const char c = in.next();
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  out += '\'';
  return true;
}

/// xonsh: `![cmd]` is run like `(cmd)`.
bool captured(Script& in, std::string& out) {
  if (!in.take("![")) return false;
  const std::size_t begin = in.place();
  while (in.more() && in.peek() != ']' && in.peek() != '\n') in.advance();
  out += "( " + std::string(in.between(begin, in.place())) + " )";
  (void)in.take("]");
  return true;
}

}  // namespace

Text from_csh(const Text& code) { return with_holes(Csh(code.view()).run()); }

Text from_other(const Text& code) {
  std::string out;
  Script in(code.view());
  bool start = true;  // of a command
  while (in.more()) {
    if (start && (in.take("^") || in.take("e:"))) continue;
    if (start && (own_command(in, out) || captured(in, out))) {
      start = false;
      continue;
    }
    if (in.take("...[")) {  // a list spread over arguments
      const std::size_t begin = in.place();
      while (in.more() && in.next() != ']') continue;
      out += in.between(begin, in.place() - 1);
      continue;
    }
    if (in.take("$\"")) {  // what stands in parentheses is run
      for (out += '"'; in.more() && in.peek() != '"';) out += in.peek() == '(' ? "$" : "", out += in.next();
      continue;
    }
    if (in.take("...$")) {
      while (in.more() && (base::is_name_char(in.peek()) || in.peek() == '.')) in.advance();
      out += model::kHole;
      continue;
    }
    const char c = in.next();
    out += c;
    if (std::string_view(";|\n({&").find(c) != std::string_view::npos) start = true;
    else if (c != ' ' && c != '\t') start = false;
  }
  return with_holes(out);
}

}  // namespace belay::command::shells
