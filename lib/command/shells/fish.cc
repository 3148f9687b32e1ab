#include <algorithm>
#include <array>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "command/shells/fish_function.h"
#include "command/shells/fish_words.h"
#include "command/shells/script.h"

namespace belay::command::shells {

namespace {

constexpr int kMostDepth = 24;
constexpr std::size_t kMostCode = 256U << 10U;

/// Blocks that are closed by `end`.
enum class Block : std::uint8_t { plain, branch, loop, function, cases };

class Fish {
 public:
  explicit Fish(std::string_view code, int depth = 0) : in_(code), depth_(depth) {}

  std::string run(char close = '\0') {
    while (in_.more() && out_.size() < kMostCode) {
      separators();
      if (!in_.more()) break;
      if (close != '\0' && in_.peek() == close) {
        in_.advance();
        break;
      }
      const std::size_t before = in_.place();
      statement();
      if (in_.place() == before) append_literal(out_, in_.next());
    }
    if (in_.more() && out_.size() >= kMostCode) unread();
    while (!open_.empty()) end();
    for (const FunctionHead& handler : handlers_) {
      if (handler.handles) out_ += std::string("\n[ -e ") + model::kHole + " ] && " + handler.name + "\n";
    }
    return std::move(out_);
  }
  [[nodiscard]] std::size_t place() const { return in_.place(); }

 private:
  void separators() {
    while (in_.more()) {
      const char c = in_.peek();
      if (c == ' ' || c == '\t' || c == '\r') in_.advance();
      else if (c == '\n' || c == ';') in_.advance(), out_ += '\n';
      else if (c == '#') in_.skip_line();
      else return;
    }
  }

  std::string word_ahead() {
    Script look = in_;
    std::string word;
    while (look.more() && (base::is_alpha(look.peek()) || look.peek() == '!')) word += look.next();
    const char c = look.peek();
    return std::string_view(" \t\n;()&|").find(c) != std::string_view::npos ? word : std::string();
  }

  void statement() {
    const std::string word = word_ahead();
    if (word == "and" || word == "or") {
      in_.advance(word.size());
      while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
      out_ += out_.empty() ? "" : word == "and" ? " && " : " || ";
      in_.skip_blank();
      return statement();
    }
    if (word == "not" || word == "!") return in_.advance(word.size()), in_.skip_blank(), out_ += "! ", statement();
    if (word == "begin") return in_.advance(word.size()), open(Block::plain, "{\n:\n");
    if (word == "if") return in_.advance(word.size()), in_.skip_blank(), open(Block::branch, "if "), condition("then");
    if (word == "while") return in_.advance(word.size()), in_.skip_blank(), open(Block::loop, "while "), condition("do");
    if (word == "else") return otherwise();
    if (word == "for") return loop();
    if (word == "function") return function();
    if (word == "switch") return in_.advance(word.size()), open(Block::cases, "{\n: "), words();
    if (word == "case") return in_.advance(word.size()), out_ += "\n: ", words();
    if (word == "source" && reads_pipe(6)) return in_.advance(word.size()), out_ += "sh", tail();
    if (in_.starts(". ") || in_.starts(".\n") || in_.rest() == ".") {
      if (reads_pipe(1)) return in_.advance(), out_ += "sh", tail();
    }
    if (word == "end") return in_.advance(word.size()), end(), tail();
    if (word == "emit") return in_.advance(word.size()), emit();
    if (word == "functions" && copies_function()) return tail();
    if (word == "set") return in_.advance(word.size()), assignment();
    if (word == "string") return string_command();
    if (word == "alias") return alias();
    command();
  }

  /// `… | source`: without a file it runs what comes in.
  bool reads_pipe(std::size_t name) {
    Script look = in_;
    look.advance(name);
    look.skip_blank();
    return !look.more() || look.peek() == '-' || std::string_view("\n;)|&").find(look.peek()) != std::string_view::npos;
  }

  void open(Block kind, std::string_view text) {
    out_ += text;
    open_.push_back(kind);
  }

  void end() {
    constexpr std::array<std::string_view, 5> kEnds{"\n:\n}", "\n:\nfi", "\n:\ndone", "\n:\n}", "\n:\n}"};
    if (open_.empty()) return;
    out_ += kEnds[static_cast<std::size_t>(open_.back())];
    open_.pop_back();
  }

  /// The condition ends with its line; `and`, `or` lines behind it belong to it.
  void condition(std::string_view then) {
    statement();
    while (true) {
      const std::size_t here = in_.place();
      while (in_.more() && (in_.peek() == ' ' || in_.peek() == '\n' || in_.peek() == ';')) in_.advance();
      const std::string word = word_ahead();
      if (word != "and" && word != "or") {
        in_.go(here);
        break;
      }
      statement();
    }
    out_ += "\n" + std::string(then) + "\n:\n";
  }

  void otherwise() {
    in_.advance(4);
    in_.skip_blank();
    out_ += "\n:\n";
    if (word_ahead() != "if") return out_ += "else\n:\n", void();
    in_.advance(2);
    in_.skip_blank();
    out_ += "elif ";
    condition("then");
  }

  void loop() {
    in_.advance(3);
    in_.skip_blank();
    std::string name;
    while (base::is_name_char(in_.peek()) && in_.more()) name += in_.next();
    in_.skip_blank();
    (void)in_.take("in");
    out_ += "for " + (name.empty() ? std::string("_") : name) + " in";
    words();
    out_ += "\ndo\n:\n";
    open_.push_back(Block::loop);
  }

  /// `function name --argument-names a b`: names are arguments in order. What an event starts may be run when all else is done.
  void function() {
    in_.advance(8);
    const FunctionHead head = read_function_head(in_);
    out_ += head.name + "() {\n:\n";
    for (std::size_t i = 0; i < head.arguments.size(); ++i) out_ += head.arguments[i] + "=\"$" + std::to_string(i + 1) + "\"\n";
    if (head.handles) handlers_.push_back(head);
    open_.push_back(Block::function);
  }

  /// `emit event words…` calls whoever waits for the event.
  void emit() {
    in_.skip_blank();
    const std::size_t begin = out_.size();
    words();
    const std::string given = out_.substr(begin);
    out_.resize(begin);
    const std::string event = given.substr(0, given.find(' ', 1));
    for (FunctionHead& handler : handlers_) {
      if (" " + handler.event != event) continue;
      out_ += handler.name + given.substr(event.size()) + "\n";
      handler.handles = false;
    }
    out_ += ":";
    tail();
  }

  /// `functions -c old new`.
  bool copies_function() {
    const auto end = std::min(in_.rest().find_first_of("\n;|&"), in_.rest().size());
    const auto said = base::split_blank(in_.rest().substr(0, end));
    if (said.size() != 4 || (said[1] != "-c" && said[1] != "--copy")) return false;
    out_ += std::string(said[3]) + "() {\n" + std::string(said[2]) + " \"$@\"\n}";
    in_.advance(end);
    return true;
  }

  /// `set [-options] name values…`; `set -e name` takes it away.
  void assignment() {
    bool erase = false;
    bool exported = false;
    bool appends = false;
    bool prepends = false;
    while (true) {
      in_.skip_blank();
      if (in_.peek() != '-') break;
      std::string option;
      while (in_.more() && std::string_view(" \t\n;").find(in_.peek()) == std::string_view::npos) option += in_.next();
      const bool cluster = option.size() > 1 && option[1] != '-';
      erase = erase || option == "--erase" || (cluster && option.find('e') != std::string::npos);
      exported = exported || option == "--export" || (cluster && option.find('x') != std::string::npos);
      appends = appends || option == "--append" || (cluster && option.find('a') != std::string::npos);
      prepends = prepends || option == "--prepend" || (cluster && option.find('p') != std::string::npos);
    }
    std::string name;
    while (in_.more() && base::is_name_char(in_.peek())) name += in_.next();
    if (in_.peek() == '[') {
      while (in_.more() && in_.peek() != ']') in_.advance();
      in_.advance();
      appends = true;
    }
    if (name.empty()) return command();
    if (erase) {
      out_ += "unset " + name;
      return tail();
    }
    if (name == "argv") name = "belay_argv";
    out_ += name + (appends ? "+=(" : "=(");
    words();
    out_ += prepends ? " \"${" + name + "[@]}\")" : ")";
    if (exported) out_ += "\nexport " + name + "=\"${" + name + "[*]}\"";
    tail();
  }

  /// `alias NAME BODY`, `alias NAME=BODY`.
  void alias() {
    in_.advance(5);
    for (in_.skip_blank(); in_.peek() == '-'; in_.skip_blank()) {
      while (in_.more() && std::string_view(" \t\n;").find(in_.peek()) == std::string_view::npos) in_.advance();
    }
    std::string name;
    while (in_.more() && std::string_view(" \t\n;=").find(in_.peek()) == std::string_view::npos) name += in_.next();
    (void)in_.take("=");
    in_.skip_blank();
    out_ += "alias " + name + "=";
    word();
    tail();
  }

  /// `string join SEPARATOR words…` is printed by printf where the separator is empty; the others are not computed.
  void string_command() {
    const std::size_t begin = in_.place();
    in_.advance(6);
    in_.skip_blank();
    const bool joins = in_.take("join ");
    in_.skip_blank();
    if (joins && (in_.take("''") || in_.take("\"\""))) {
      out_ += "printf %s";
      words();
      return tail();
    }
    in_.go(begin);
    command();
  }

  void command() {
    words();
    tail();
  }

  /// What stands behind a command: a pipe or another operator.
  void tail() {
    in_.skip_blank();
    while (redirection()) in_.skip_blank();
    if (in_.take("&&") || in_.take("||")) {
      out_ += in_.between(in_.place() - 2, in_.place());
      return lines(), statement();
    }
    if (in_.take("2>|") || in_.take("&|")) return out_ += " |& ", lines(), statement();
    if (in_.take("|")) return out_ += " | ", lines(), statement();
    if (in_.take("&")) out_ += "\n";
  }

  void lines() {
    while (in_.more() && std::string_view(" \t\n").find(in_.peek()) != std::string_view::npos) in_.advance();
  }

  void words() {
    while (true) {
      in_.skip_blank();
      const char c = in_.peek();
      if (!in_.more() || c == '\n' || c == ';' || c == '|' || c == ')' || c == '#') return;
      if (c == '&' && !in_.starts("&>")) return;
      if (in_.starts("2>|")) return;
      if (redirection()) continue;
      out_ += ' ';
      word();
    }
  }

  bool redirection() {
    std::string mark;
    for (const std::string_view m : {"2>>", "2>", "1>>", "1>", "&>>", "&>", ">>", ">", "<"}) {
      if (!in_.starts(m)) continue;
      mark = m;
      break;
    }
    if (mark.empty() || in_.starts("2>|")) return false;
    in_.advance(mark.size());
    (void)in_.take("?");  // only if the file is not there
    out_ += " " + mark;
    if (in_.take("&")) {
      out_ += '&';
      while (base::is_digit(in_.peek()) || in_.peek() == '-') out_ += in_.next();
      return true;
    }
    in_.skip_blank();
    word();
    return true;
  }

  void word() {
    const std::size_t before = out_.size();
    std::vector<bool> vanishing;  // of the braces that are open
    while (in_.more()) {
      const char c = in_.peek();
      if (std::string_view(" \t\n;|&)<>").find(c) != std::string_view::npos) break;
      if (c == '{') vanishing.push_back(braces_vanish(in_.rest()));
      const bool brace = (c == '{' || c == '}') && !vanishing.empty();
      const bool vanishes = brace && vanishing.back();
      if (brace && c == '}') vanishing.pop_back();
      if (vanishes) {
        in_.advance();
        continue;
      }
      if (c == '\'') single_quoted();
      else if (c == '"') double_quoted();
      else if (c == '(') substitution(1);
      else if (c == '$' && in_.peek(1) == '(') substitution(2);
      else if (c == '$') variable(false);
      else if (c == '\\') escaped();
      else if (std::string_view("*?~{},[]=-:@%+./^").find(c) != std::string_view::npos) out_ += in_.next();
      else append_literal(out_, in_.next());
    }
    if (out_.size() == before && in_.more()) append_literal(out_, in_.next());
  }

  void single_quoted() {
    in_.advance();
    out_ += '\'';
    while (in_.more() && in_.peek() != '\'') {
      if (in_.peek() == '\\' && (in_.peek(1) == '\'' || in_.peek(1) == '\\')) in_.advance();
      const char c = in_.next();
      if (c == '\'') out_ += "'\\''";
      else out_ += c;
    }
    in_.advance();
    out_ += '\'';
  }

  void double_quoted() {
    in_.advance();
    out_ += '"';
    while (in_.more() && in_.peek() != '"') {
      const char c = in_.peek();
      if (c == '\\' && std::string_view("\\\"$\n").find(in_.peek(1)) != std::string_view::npos) {
        out_ += in_.next();
        out_ += in_.next();
      } else if (c == '$' && in_.peek(1) == '(') {
        substitution(2);
      } else if (c == '$') {
        variable(true);
      } else if (c == '`' || c == '\\') {
        out_ += '\\';
        out_ += in_.next();
      } else {
        out_ += in_.next();
      }
    }
    in_.advance();
    out_ += '"';
  }

  /// In place of what is not read: a command that nobody knows.
  void unread() { out_ += std::string("\n") + model::kHole + "\n"; }

  /// `(cmd)`, `$(cmd)`; `(cmd | psub)` names a file with what it prints.
  void substitution(std::size_t opening) {
    in_.advance(opening);
    if (depth_ >= kMostDepth) return in_.go(in_.place() + in_.rest().size()), out_ += std::string("$( ") + model::kHole + "\n)", void();
    Fish inner(in_.rest(), depth_ + 1);
    std::string code = inner.run(')');
    in_.advance(inner.place());
    const std::size_t last = code.rfind('|');
    const bool file = last != std::string::npos && base::trim(std::string_view(code).substr(last + 1)).starts_with("psub");
    if (file) code.resize(last);
    out_ += (file ? "<( " : "$( ") + code + "\n)";
    if (in_.peek() != '[') return;
    while (in_.more() && in_.next() != ']') continue;
  }

  /// `$x`, `$x[1]`, `$$x`. A list is as many words as it has; in quotes one.
  void variable(bool quoted) {
    in_.advance();
    const bool indirect = in_.take("$");
    std::string name;
    while (in_.more() && base::is_name_char(in_.peek())) name += in_.next();
    if (name.empty()) return out_ += "\\$", void();
    std::string index;
    if (in_.peek() == '[') {
      while (in_.more() && in_.peek() != ']') index += in_.next();
      in_.advance();
      index.erase(0, 1);
    }
    const std::size_t sign = index.starts_with('-') ? 1 : 0;
    const bool number = index.size() > sign && index.size() < 6 &&
                        std::all_of(index.begin() + static_cast<std::ptrdiff_t>(sign), index.end(), base::is_digit) &&
                        index != "0";
    if (name == "status") return out_ += "$?", void();
    const std::string quote = quoted ? "" : "\"";
    if (name == "argv") name = number ? (sign != 0 ? "@: " : "") + index + (sign != 0 ? ":1" : "") : "@";
    else if (number) name += "[" + std::to_string(std::stol(index) - (sign != 0 ? 0 : 1)) + "]";
    else if (const auto dots = index.find(".."); dots != std::string::npos) name += range(index, dots);
    else if (indirect) name = "!" + name;
    else name += quoted ? "[*]" : "[@]";
    out_ += quote + "${" + name + "}" + quote;
  }

  void escaped() {
    in_.advance();
    const char c = in_.next();
    if (c == '\n') return;
    const std::string bytes = numbered_escape(in_, c);
    if (bytes.empty()) return append_literal(out_, escape_of(c));
    for (const char byte : bytes) append_literal(out_, byte);
  }

  Script in_;
  int depth_;
  std::string out_;
  std::vector<Block> open_;
  std::vector<FunctionHead> handlers_;
};

}  // namespace

Text from_fish(const Text& code) { return with_holes(Fish(code.view()).run()); }

}  // namespace belay::command::shells
