#include "command/sql/script.h"

#include <vector>

#include "base/text.h"
#include "command/sql/access.h"
#include "command/sql/client.h"
#include "command/sql/document.h"
#include "command/sql/key_value.h"
#include "command/sql/normal.h"
#include "command/sql/statement.h"

namespace belay::command::sql {

namespace {

/// Cuts a script at the ends of statements and carries out the commands of its client.
class ScriptReader {
 public:
  ScriptReader(const Text& text, const Dialect& dialect, Telling& telling, int depth)
      : text_(text),
        dialect_(dialect),
        telling_(telling),
        slices_(text),
        lexer_(text, dialect),
        reader_(slices_, dialect, telling, depth),
        inside_(depth > 0) {}

  void run() {
    for (Token token = lexer_.next(); token.kind != TokenKind::finished; token = lexer_.next()) {
      if (token.kind == TokenKind::end && !goes_on(token)) finish();
      else if (token.kind == TokenKind::meta) meta(token);
      else if (!client_line(token)) push(token);
    }
    finish();
  }

 private:
  [[nodiscard]] Tokens tokens() const { return {text_.view(), tokens_}; }

  void push(const Token& token) {
    tokens_.push_back(token);
    if (token.kind == TokenKind::word && defines_) nest(token);
    if (tokens_.size() == 4 || tokens_.size() == 8) defines_ = defines_ || defines_routine();
  }

  void nest(const Token& token) {
    const std::string_view upper = keyword(text_.view().substr(token.begin, token.size));
    if (upper == "BEGIN" || upper == "CASE") ++blocks_;
    else if (upper == "END" && blocks_ > 0) --blocks_;
  }

  /// CREATE [OR REPLACE] [TEMP] … TRIGGER|FUNCTION|PROCEDURE: its body may hold `;`.
  [[nodiscard]] bool defines_routine() const {
    const Tokens t = tokens();
    if (!t.is_one_of(0, {"CREATE", "ALTER"})) return false;
    for (std::size_t i = 1; i < t.size(); ++i) {
      if (t.is_one_of(i, {"TRIGGER", "FUNCTION", "PROCEDURE", "PROC", "EVENT", "PACKAGE"})) return true;
      if (t.is_one_of(i, {"TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA"})) return false;
    }
    return false;
  }

  /// This `;` is one of the body of a routine.
  [[nodiscard]] bool goes_on(const Token& token) {
    defines_ = defines_ || defines_routine();
    if (!defines_) return false;
    if (dialect_.has(Trait::batches)) return true;
    if (lexer_.delimiter() != ";") return text_.view()[token.begin] == ';' && token.size == 1;
    const bool own_blocks = dialect_.client == Client::sqlite || dialect_.client == Client::psql;
    return own_blocks && blocks_ > 0;
  }

  void finish() {
    if (!tokens_.empty()) {
      reader_.read(tokens());
      if (telling_.sink.piped() && !inside_) reader_.tell_result(tokens());
      if (once_) results_go_back();
    }
    tokens_.clear();
    blocks_ = 0;
    defines_ = false;
  }

  /// The line behind the name of a command.
  Text rest_of_line() {
    const std::size_t begin = lexer_.position();
    const std::size_t size = lexer_.rest_of_line().size();
    Text out;
    slices_.append(begin, size, out);
    return out;
  }

  /// A backslash: `\g`, `\copy …`, `\! …`.
  void meta(const Token& token) {
    const std::string_view v = text_.view();
    std::size_t end = token.begin + 1;
    while (end < v.size() && base::is_name_char(v[end])) ++end;
    const bool letter = dialect_.client == Client::mysql;  // one letter each, so that `\Gselect` is two
    if (end == token.begin + 1 || letter) end = std::min(token.begin + 2, v.size());
    const ClientCommand* command =
        inside_ ? nullptr : find_command(dialect_.client, "\\", v.substr(token.begin + 1, end - token.begin - 1));
    if (dialect_.client == Client::none || inside_) return push(token);
    lexer_.jump(end);
    if (v.substr(token.begin, 2) == "\\\\") return;  // only separates commands
    apply(command == nullptr ? CommandKind::nothing : command->kind, command != nullptr || !letter);
  }

  void apply(CommandKind kind, bool takes_line) {
    if (kind != CommandKind::ends) telling_.release();  // \connect, \i, \if
    if (!takes_line) return;
    if (kind == CommandKind::copies) return copy(rest_of_line());
    if (kind == CommandKind::delimiter) return delimiter();
    if (kind == CommandKind::sends) return send();
    if (kind == CommandKind::buffer) return write_buffer();
    if (kind == CommandKind::executes && !tokens_.empty()) reader_.read_result(tokens());
    if (kind == CommandKind::executes || kind == CommandKind::ends) return finish();
    const bool whole = kind == CommandKind::shell || dialect_.client != Client::psql;
    apply_line(kind, whole ? rest_of_line() : arguments(), dialect_.client, telling_.sink);
    if (kind == CommandKind::once) once_ = telling_.sink.piped();
  }

  void results_go_back() {
    telling_.sink.effect({EffectKind::pipe, {}, false});
    once_ = false;
  }

  /// `SELECT … \g |command`
  void send() {
    apply_line(CommandKind::once, arguments(), dialect_.client, telling_.sink);
    once_ = telling_.sink.piped();
    finish();
  }

  /// `… \w |command`
  void write_buffer() {
    apply_line(CommandKind::once, arguments(), dialect_.client, telling_.sink);
    if (!telling_.sink.piped()) return;
    telling_.sink.effect({EffectKind::printed, Text::hole(model::HoleTrait::any), false});
    results_go_back();
  }

  /// psql goes on behind `\\` on the same line.
  Text arguments() {
    const std::size_t begin = lexer_.position();
    const std::string_view v = text_.view();
    std::size_t end = begin;
    char quote = 0;
    for (; end < v.size() && v[end] != '\n' && (quote != 0 || v[end] != '\\'); ++end) {
      if (v[end] == quote) quote = 0;
      else if (quote == 0 && (v[end] == '\'' || v[end] == '"' || v[end] == '`')) quote = v[end];
    }
    lexer_.jump(v.substr(end, 2) == "\\\\" ? end + 2 : end);
    Text out;
    slices_.append(begin, end - begin, out);
    return out;
  }

  void delimiter() {
    const Text line = rest_of_line();
    const auto words = base::split_blank(line.view());
    if (!words.empty()) lexer_.set_delimiter(std::string(words.front()));
  }

  /// `\copy t from program 'x'` is the COPY that the client makes of it.
  void copy(const Text& line) {
    Text statement("COPY");
    statement.append(line);
    Slices slices(statement);
    Lexer lexer(statement, dialect_);
    std::vector<Token> found;
    for (Token token = lexer.next(); token.kind != TokenKind::finished; token = lexer.next()) found.push_back(token);
    const Tokens t(statement.view(), found);
    telling_.statement(normal(t, slices));
    find_accesses(t, slices, dialect_, Copier::client, telling_.sink);
  }

  /// A line that is the client's: `.shell …`, `system …`, `:r file`, `GO`.
  bool client_line(const Token& token) {
    const std::string_view v = text_.view();
    const std::string_view spelling = v.substr(token.begin, token.size);
    const bool anywhere =
        dialect_.client == Client::mysql && base::iequals(spelling, "delimiter");  // not only at the start of a line
    if (inside_ || (!token.first_of_line && !anywhere) || dialect_.client == Client::none) return false;
    if (dialect_.has(Trait::batches) && token.kind == TokenKind::word && base::iequals(spelling, "go")) return batch();
    if (!tokens_.empty()) return false;
    std::size_t name = token.begin;
    const bool marked = token.kind == TokenKind::dot || token.kind == TokenKind::symbol || v[name] == '@';
    if (marked) ++name;
    std::size_t end = name;
    while (end < v.size() && (base::is_name_char(v[end]) || (end == name && marked && v[end] == '!'))) ++end;
    if (marked && v.substr(name, 2) == "!!") end = name + 2;
    const ClientCommand* command =
        find_command(dialect_.client, v.substr(token.begin, name - token.begin), v.substr(name, end - name));
    if (command == nullptr && marked) command = find_command(dialect_.client, v.substr(token.begin, 1), "");
    if (command == nullptr) return unknown_line(token);
    lexer_.jump(command->name.empty() ? name : end);
    apply(command->kind, true);
    return true;
  }

  /// `GO` alone on its line, or with a count.
  bool batch() {
    const std::size_t here = lexer_.position();
    for (const char c : lexer_.rest_of_line()) {
      if (base::is_digit(c) || c == ' ' || c == '\t' || c == '\r') continue;
      lexer_.jump(here);
      return false;
    }
    finish();
    return true;
  }

  /// Commands of sqlite3 that only show or set something; hive runs whatever stands behind a `!`.
  bool unknown_line(const Token& token) {
    const std::string_view mark = text_.view().substr(token.begin, 1);
    if (dialect_.client == Client::sqlite && mark == ".") {
      (void)lexer_.rest_of_line();
      return true;
    }
    if (dialect_.engine == "hive" && mark == "!") {
      lexer_.jump(token.begin + 1);
      apply_line(CommandKind::shell, rest_of_line(), dialect_.client, telling_.sink);
      return true;
    }
    return false;
  }

  const Text& text_;
  const Dialect& dialect_;
  Telling& telling_;
  Slices slices_;
  Lexer lexer_;
  StatementReader reader_;
  bool inside_;
  bool once_ = false;  ///< results go to a command, but only the next one
  std::vector<Token> tokens_;
  std::size_t blocks_ = 0;
  bool defines_ = false;
};

}  // namespace

void read_nested(const Text& text, const Dialect& dialect, Telling& telling, int depth) {
  ScriptReader(text, dialect, telling, depth).run();
}

void read_script(const Text& text, const Dialect& dialect, Sink& sink) {
  Telling telling{sink, {}};
  switch (dialect.language) {
    case Language::sql: read_nested(text, dialect, telling, 0); return telling.release();
    case Language::words: return read_commands(text, telling);
    case Language::script: return read_document_script(text, telling);
  }
}

}  // namespace belay::command::sql
