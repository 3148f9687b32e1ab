#include <algorithm>

#include "base/text.h"
#include "command/inline/lexer.h"
#include "command/inline/readers.h"
#include "command/output/lines.h"
#include "command/output/printf.h"

namespace belay::command::inline_code {

namespace {

using model::HoleTrait;
using model::OpKind;

constexpr Comment kComments[] = {{"#", "\n"}};
constexpr StringForm kStrings[] = {{"\"", "\""}};
constexpr Dialect kLexical{.language = "awk",
                           .traits = static_cast<std::uint32_t>(Trait::slash_regex),
                           .comments = kComments,
                           .strings = kStrings,
                           .words = "print printf return in getline if while for do else case"};

/// `name=value`, as behind `-v` and among the files.
std::size_t name_end(std::string_view word) {
  const std::size_t sign = word.find('=');
  if (sign == std::string_view::npos || sign == 0 || !base::is_name_start(word.front())) return std::string_view::npos;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(sign), base::is_name_char) ? sign
                                                                                                         : std::string_view::npos;
}

/// A sequence of tokens in which only four things act: system(), `print > file`, `print | command`, `command | getline`, `getline < file`.
/// Texts stand side by side to be joined; a variable is known when it was assigned literals.
class Awk {
 public:
  Awk(const Text& code, Session& session) : session_(session), t_(cut(kLexical, {code.view(), 0}, code, session.budget)) {}

  void run() {
    separator_ = separator_of(session_.effects.invocation().argv);
    take_assignments();
    const auto& words = session_.parameters;
    std::vector<Text> files;
    std::copy_if(words.begin(), words.end(), std::back_inserter(files),
                 [](const Text& w) { return name_end(w.view()) == std::string_view::npos; });
    const bool asks = std::any_of(t_.all.begin(), t_.all.end(), [](const Token& t) { return t.named("FILENAME"); });
    if (!asks || files.empty() || files.size() > kMostLines) return run_lines();
    for (const Text& file : files) {
      session_.variables.insert_or_assign("FILENAME", Value::of(file));
      run_lines();
    }
  }

 private:
  /// Once for each line that it reads, where those are known and looked at.
  void run_lines() {
    const std::vector<Text> lines = input_lines();
    if (t_.all.size() == 2 && t_.all.front().kind == TokenKind::number) return print_lines(lines);  // `awk 1`
    for (const Text& line : lines) {
      line_ = line;
      once();
      if (!looks_at_line_) return;
    }
  }

  static constexpr std::size_t kMostLines = 32;

  /// `-v name=value`, and among the files.
  void take_assignments() {
    const auto& argv = session_.effects.invocation().argv;
    for (std::size_t i = 1; i < argv.size(); ++i) {
      const std::string_view v = argv[i].view();
      if (v == "-v" && i + 1 < argv.size()) take_assignment(argv[++i]);
      else if (v.starts_with("-v") || v.starts_with("--assign="))
        take_assignment(argv[i].substr(v.starts_with("-v") ? 2 : v.find('=') + 1));
      else if (v == "--") return;
    }
    for (const Text& word : session_.parameters) take_assignment(word);
  }
  void take_assignment(const Text& word) {
    const std::size_t sign = name_end(word.view());
    if (sign != std::string_view::npos)
      session_.variables.insert_or_assign(word.bytes().substr(0, sign), Value::of(word.substr(sign + 1)));
  }

  /// One that is not known where that is so.
  [[nodiscard]] std::vector<Text> input_lines() const {
    const std::optional<Text>& input = session_.effects.input().text;
    const std::vector<Text> unknown{Text::hole(HoleTrait::any)};
    if (!input) return unknown;
    std::vector<Text> out = lines_of(*input);
    return out.empty() || out.size() > kMostLines ? unknown : out;
  }

  void print_lines(const std::vector<Text>& lines) {
    session_.prints = true;
    for (const Text& line : lines) {
      session_.printed.append(line);
      session_.printed.append("\n");
    }
  }

  void once() {
    for (at_ = 0; at_ + 1 < t_.all.size() && session_.budget.spend();) step();
  }

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const { return t_.all[std::min(at_ + ahead, t_.all.size() - 1)]; }

  void step() {
    const Token& t = peek();
    if (t.is(";") || t.is("{") || t.is("}") || t.line_start) printing_ = reading_ = false;
    if (t.named("print") || t.named("printf")) return begin_print();
    if (t.named("system") && peek(1).is("(")) return system_call();
    if (t.named("getline")) {
      reading_ = true;
      return line_read();
    }
    if (t.kind == TokenKind::name && peek(1).named("in")) return forget(t.text), void(at_ += 2);
    if (t.kind == TokenKind::name && peek(1).is("=")) return assignment();
    if (t.is("|") || t.is("|&")) return pipe();
    if ((t.is(">") || t.is(">>")) && printing_ && at_ >= print_end_) return file(OpKind::write);
    if (t.is("<") && reading_) return file(OpKind::read);
    if (t.is("@") && peek(1).kind == TokenKind::name && peek(2).is("(")) return indirect_call();
    if (t.is("@") && (peek(1).named("load") || peek(1).named("include"))) return load();
    const std::size_t begin = at_;
    if (t.kind == TokenKind::string || t.kind == TokenKind::name || t.kind == TokenKind::hole) before_ = operand();
    at_ = std::max(at_, begin + 1);
  }

  void begin_print() {
    const bool formats = peek().named("printf");
    printing_ = true;
    ++at_;
    print_end_ = peek().is("(") ? t_.partner[at_] : 0;  // `>` inside is a comparison
    const std::size_t begin = at_;
    if (print_end_ != 0) ++at_;
    std::vector<Text> items;
    for (bool more = true; more && !ends_print();) {
      const std::size_t before = at_;
      items.push_back(operand());
      if (at_ == before) break;
      more = peek().is(",");
      if (more) ++at_;
    }
    if (print_end_ != 0 && at_ == print_end_) ++at_;
    const bool understood = ends_print() || at_ + 1 >= t_.all.size();
    printed_ = understood ? text_of(items, formats) : Text::hole(HoleTrait::any);
    if (!understood) at_ = begin;  // what is called in it counts
    else if (!peek().is(">") && !peek().is(">>") && !peek().is("|") && !peek().is("|&")) put_out();
    print_end_ = understood ? 0 : print_end_;
  }

  [[nodiscard]] bool ends_print() const {
    const Token& t = peek();
    if (print_end_ != 0 && at_ < print_end_) return false;
    return t.kind == TokenKind::end || t.line_start || t.is(";") || t.is("}") || t.is(">") || t.is(">>") || t.is("|") || t.is("|&");
  }

  Text text_of(const std::vector<Text>& items, bool formats) {
    if (formats) return formatted(items).value_or(Text::hole(HoleTrait::any));
    Text out;
    for (const Text& item : items) {
      if (&item != &items.front()) out.append(" ");
      out.append(item);
    }
    if (items.empty()) {
      looks_at_line_ = true;
      out = line_;
    }
    out.append("\n");
    return out;
  }

  void put_out() {
    session_.prints = true;
    if (session_.printed.size() + printed_.size() <= kMostText) session_.printed.append(printed_);
    else session_.all_known = false;
    printing_ = false;
  }

  /// `$0`, `$3`; the dollar sign is at the current place.
  Text field() {
    looks_at_line_ = true;
    const Token& number = peek(1);
    ++at_;
    if (peek().is("(") && t_.partner[at_] > at_) at_ = t_.partner[at_];
    if (number.text == "0") return line_;
    const bool last = number.named("NF");
    if ((number.kind != TokenKind::number && !last) || !separator_) return Text::hole(HoleTrait::any);
    if (last && *separator_ == "/") return last_component(line_);
    if (!line_.literal()) return first_field(number.text);
    const std::vector<std::string_view> fields = separator_->empty() ? base::split_blank(line_.view()) : base::split(line_.view(), separator_->front());
    if (last) return fields.empty() ? line_ : Text(fields.back());
    std::size_t n = 0;
    for (const char c : number.text) n = base::is_digit(c) && n < 1000 ? n * 10 + static_cast<std::size_t>(c - '0') : 1000;
    return n <= fields.size() ? Text(fields[n - 1]) : Text();
  }

  /// Of a line with holes: a path has no blanks in it, as far as somebody who cuts paths at blanks believes.
  [[nodiscard]] Text first_field(std::string_view number) const {
    const bool whole = number == "1" && separator_->empty() && base::split_blank(line_.view()).size() == 1;
    return whole ? line_ : Text::hole(HoleTrait::any);
  }

  /// What `-F` says; empty for blanks, nothing for an expression.
  [[nodiscard]] static std::optional<std::string> separator_of(const std::vector<Text>& argv) {
    std::string given;
    for (std::size_t i = 1; i < argv.size() && argv[i].view().starts_with('-'); ++i) {
      const std::string_view word = argv[i].view();
      if (!word.starts_with("-F")) continue;
      given = word.size() > 2 ? word.substr(2) : i + 1 < argv.size() ? argv[i + 1].view() : std::string_view();
    }
    if (given == "\\t") given = "\t";
    if (given == " ") given.clear();
    return given.size() <= 1 ? std::optional(given) : std::nullopt;
  }

  void system_call() {
    const std::size_t close = t_.partner[at_ + 1];
    at_ += 2;
    const Text code = operand();
    run_text(code);
    at_ = std::max(at_, std::min(close + 1, t_.all.size() - 1));
  }

  /// `@f(x)`: the function that the variable names.
  void indirect_call() {
    const auto known = session_.variables.find(std::string(peek(1).text));
    ++at_;
    if (known == session_.variables.end() || !known->second.text.literal())
      return session_.opaque(model::OpaqueReason::unknown_code,
                             "`" + session_.effects.name() + "` calls a function that it computes");
    if (known->second.text.view() == "system") system_call();
  }

  /// Texts, numbers and variables side by side.
  Text operand() {
    Text out;
    for (bool first = true;; first = false) {
      const Token& t = peek();
      if (!first && t.line_start) return out;
      if (t.kind == TokenKind::string) {
        out.append(t.pieces.empty() ? Text() : t.pieces.front().literal);
      } else if (t.kind == TokenKind::number) {
        out.append(t.text);
      } else if (t.is("$")) {
        out.append(field());
      } else if (t.kind == TokenKind::name && !t.word) {
        append_name(out, t.text);
      } else if (t.kind == TokenKind::hole) {
        out.append_hole(HoleTrait::any);
      } else if (t.is("(") && t_.partner[at_] > at_ && first) {
        ++at_;
        out.append(operand());
        continue;
      } else if (t.is(")") && !first && peek(1).kind == TokenKind::string) {
        ++at_;
        continue;
      } else {
        return out;
      }
      if (out.size() > kMostText || !session_.budget.spend()) return Text::hole(HoleTrait::any);
      ++at_;
    }
  }

  void append_name(Text& out, std::string_view name) {
    const bool call = peek(1).is("(") && !peek(1).spaced;
    const bool element = peek(1).is("[");
    if (call && lists("sub gsub", name)) substituted(t_.partner[at_ + 1]);
    const auto known = session_.variables.find(std::string(name));
    const Token& key = peek(2);
    if (call && name == "readfile" && key.kind == TokenKind::string && !key.pieces.empty())  // of gawk's library of that name
      (void)session_.effects.file(OpKind::read, key.pieces.front().literal, {}, "code of `" + session_.effects.name() + "`");
    if ((call || element) && t_.partner[at_ + 1] > at_) at_ = t_.partner[at_ + 1];
    if (element && name == "ENVIRON" && key.kind == TokenKind::string && !key.pieces.empty())
      return out.append(environment_of(session_, key.pieces.front().literal.view()).as_text());
    if (element && name == "ARGV" && key.kind == TokenKind::number && key.text.size() == 1 && key.text != "0") {
      const auto n = static_cast<std::size_t>(key.text.front() - '1');
      return n < session_.parameters.size() ? out.append(session_.parameters[n]) : out.append_hole(HoleTrait::any);
    }
    if (!call && !element && known != session_.variables.end()) out.append(known->second.as_text());
    else out.append_hole(HoleTrait::any);
  }

  /// From now on it may be anything.
  void forget(std::string_view name) {
    if (const auto known = session_.variables.find(std::string(name)); known != session_.variables.end()) known->second = Value::of(Text::hole(HoleTrait::any));
  }

  /// `getline`, `getline name`
  void line_read() {
    ++at_;
    if (peek().kind == TokenKind::name && !peek().word && !peek().line_start) forget(peek().text);
    else line_ = Text::hole(HoleTrait::any);
  }

  /// `gsub(pattern, text, name)`; without a name the line is changed. `close` ends the call.
  void substituted(std::size_t close) {
    int commas = 0;
    for (std::size_t k = at_ + 2; k < close; ++k) {
      if (t_.partner[k] > k) k = t_.partner[k];
      else commas += t_.all[k].is(",") ? 1 : 0;
    }
    const Token& last = t_.all[close - 1];
    if (commas < 2) line_ = Text::hole(HoleTrait::any);
    else if (last.kind == TokenKind::name) forget(last.text);
  }

  void assignment() {
    std::string name(peek().text);
    at_ += 2;
    Value v = Value::of(operand());
    if (session_.variables.size() < kMostVariables || session_.variables.contains(name)) session_.variables.insert_or_assign(std::move(name), std::move(v));
  }

  void pipe() {
    ++at_;
    if (peek().is("&")) ++at_;
    if (peek().named("getline")) {
      run_text(before_);
      return line_read();
    }
    if (printing_ && at_ > print_end_) run_text(fed(printed_, operand()));
  }

  void file(OpKind kind) {
    const bool appends = peek().is(">>");
    ++at_;
    const Text path = operand();
    if (path.empty()) return;
    const std::string why = "redirection in code of `" + session_.effects.name() + "`";
    const bool again = std::find(files_.begin(), files_.end(), path) != files_.end();  // it is opened once
    files_.push_back(path);
    for (const Text& one : with_homes(path, session_.effects)) {
      if (kind == OpKind::write) (void)session_.effects.write(one, {false, false, true, false, again || appends}, printed_, why);
      else (void)session_.effects.file(kind, one, {}, why);
    }
    printing_ = reading_ = false;
  }

  void load() {
    const bool include = peek(1).named("include");
    at_ += 2;
    if (peek().kind != TokenKind::string || peek().pieces.empty()) return;
    const Text file = peek().pieces.front().literal;
    if (include && session_.effects.written_text(file)) session_.effects.run_file(file, "awk", {}, session_.change);
    else
      session_.effects.opaque(model::OpaqueReason::unknown_code, "`" + session_.effects.name() + "` loads an extension");
  }

  void run_text(const Text& code) {
    if (!code.empty()) run_code(Value::of(code), session_);
  }

  Session& session_;
  Tokens t_;
  std::size_t at_ = 0;
  std::size_t print_end_ = 0;
  bool printing_ = false;
  bool reading_ = false;
  Text before_;   ///< the last operand: a command before `| getline`
  std::optional<std::string> separator_;  ///< of fields: one byte, or empty for blanks
  Text line_;     ///< that is read
  bool looks_at_line_ = false;
  std::vector<Text> files_;
  Text printed_;  ///< what print gives to the command behind `|`
};

}  // namespace

void read_awk(const Text& code, Session& session) { Awk(code, session).run(); }

}  // namespace belay::command::inline_code
