#include "command/sql/client.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "command/sql/lexer.h"

namespace belay::command::sql {

namespace {

constexpr std::uint32_t bit(Client c) { return static_cast<std::uint32_t>(c); }
constexpr std::uint32_t kPsql = bit(Client::psql);
constexpr std::uint32_t kMysql = bit(Client::mysql);
constexpr std::uint32_t kSqlite = bit(Client::sqlite);
constexpr std::uint32_t kSqlcmd = bit(Client::sqlcmd);
constexpr std::uint32_t kBang = bit(Client::bang);
constexpr std::uint32_t kSqlplus = bit(Client::sqlplus);
constexpr std::uint32_t kCql = bit(Client::cql);

using enum CommandKind;

// The manuals of psql, mysql, sqlite3, sqlcmd, snowsql and beeline, SQL*Plus, cqlsh.
constexpr std::array kCommands{
    ClientCommand{kPsql | kMysql, "\\", "!", shell},
    ClientCommand{kPsql, "\\", "|", shell},
    ClientCommand{kPsql, "\\", "copy", copies},
    ClientCommand{kPsql, "\\", "i", script},
    ClientCommand{kPsql, "\\", "ir", script},
    ClientCommand{kPsql, "\\", "include", script},
    ClientCommand{kPsql, "\\", "include_relative", script},
    ClientCommand{kPsql, "\\", "o", output},
    ClientCommand{kPsql, "\\", "out", output},
    ClientCommand{kPsql, "\\", "w", buffer},
    ClientCommand{kPsql, "\\", "write", buffer},
    ClientCommand{kPsql, "\\", "qecho", prints},
    ClientCommand{kPsql, "\\", "setenv", variable},
    ClientCommand{kPsql, "\\", "s", CommandKind::write},
    ClientCommand{kPsql, "\\", "lo_export", saves},
    ClientCommand{kPsql, "\\", "lo_import", CommandKind::read},
    ClientCommand{kPsql, "\\", "g", sends},
    ClientCommand{kPsql, "\\", "gx", sends},
    ClientCommand{kPsql, "\\", "gset", ends},
    ClientCommand{kPsql, "\\", "gdesc", nothing},
    ClientCommand{kPsql, "\\", "crosstabview", ends},
    ClientCommand{kPsql, "\\", "watch", ends},
    ClientCommand{kPsql, "\\", "gexec", executes},
    ClientCommand{kPsql, "\\", "c", connect},
    ClientCommand{kPsql, "\\", "connect", connect},
    ClientCommand{kPsql | kMysql, "\\", ";", ends},
    ClientCommand{kMysql, "\\", ".", script},
    ClientCommand{kMysql, "\\", "T", CommandKind::write},
    ClientCommand{kMysql, "\\", "P", pager},
    ClientCommand{kMysql, "\\", "u", database},
    ClientCommand{kMysql, "\\", "d", delimiter},
    ClientCommand{kMysql, "\\", "g", ends},
    ClientCommand{kMysql, "\\", "G", ends},
    ClientCommand{kMysql, "", "system", shell},
    ClientCommand{kMysql, "", "source", script},
    ClientCommand{kMysql, "", "tee", CommandKind::write},
    ClientCommand{kMysql, "", "pager", pager},
    ClientCommand{kMysql, "", "nopager", output},
    ClientCommand{kMysql, "", "delimiter", delimiter},
    ClientCommand{kSqlite, ".", "shell", shell},
    ClientCommand{kSqlite, ".", "system", shell},
    ClientCommand{kSqlite, ".", "read", script},
    ClientCommand{kSqlite, ".", "output", output},
    ClientCommand{kSqlite, ".", "once", once},
    ClientCommand{kSqlite, ".", "print", prints},
    ClientCommand{kSqlite, ".", "import", input},
    ClientCommand{kSqlite, ".", "load", CommandKind::read},
    ClientCommand{kSqlite, ".", "backup", saves},
    ClientCommand{kSqlite, ".", "save", saves},
    ClientCommand{kSqlite, ".", "clone", saves},
    ClientCommand{kSqlite, ".", "log", CommandKind::write},
    ClientCommand{kSqlite, ".", "trace", CommandKind::write},
    ClientCommand{kSqlite, ".", "restore", CommandKind::read},
    ClientCommand{kSqlite, ".", "open", database},
    ClientCommand{kSqlcmd, ":", "r", script},
    ClientCommand{kSqlcmd, ":", "source", script},
    ClientCommand{kSqlcmd, ":", "out", output},
    ClientCommand{kSqlcmd, ":", "error", output},
    ClientCommand{kSqlcmd, ":", "perftrace", output},
    ClientCommand{kSqlcmd, ":", "connect", host},
    ClientCommand{kSqlcmd, ":", "!!", shell},
    ClientCommand{kSqlcmd, "!", "!", shell},
    ClientCommand{kBang, "!", "system", shell},
    ClientCommand{kBang, "!", "sh", shell},
    ClientCommand{kBang, "!", "source", script},
    ClientCommand{kBang, "!", "load", script},
    ClientCommand{kBang, "!", "run", script},
    ClientCommand{kBang, "!", "spool", output},
    ClientCommand{kBang, "!", "record", output},
    ClientCommand{kBang, "!", "script", output},
    ClientCommand{kBang, "", "source", script},
    ClientCommand{kBang, "", "shell", shell},
    ClientCommand{kSqlplus, "", "host", shell},
    ClientCommand{kSqlplus, "", "ho", shell},
    ClientCommand{kSqlplus, "", "hos", shell},
    ClientCommand{kSqlplus, "!", "", shell},
    ClientCommand{kSqlplus, "@", "", script},
    ClientCommand{kSqlplus, "", "start", script},
    ClientCommand{kSqlplus, "", "spool", output},
    ClientCommand{kCql, "", "source", script},
    ClientCommand{kCql, "", "capture", output},
};

/// The words of a line: quotes taken off, `…` of psql run and unknown.
class Words {
 public:
  Words(const Text& line, Client client, Sink& sink) : line_(line), slices_(line), client_(client), sink_(sink) {}

  std::vector<Text> run() {
    const std::string_view v = line_.view();
    for (std::size_t i = 0; i < v.size();) {
      const char c = v[i];
      if (c == ' ' || c == '\t' || c == '\r') {
        finish();
        ++i;
      } else if (c == '\'' || c == '"' || (c == '`' && client_ == Client::psql)) {
        i = quoted(i, c);
      } else {
        const std::size_t end = std::min(v.find_first_of(" \t\r'\"`", i + 1), v.size());
        slices_.append(i, end - i, word_);
        started_ = true;
        i = end;
      }
    }
    finish();
    return std::move(words_);
  }

 private:
  std::size_t quoted(std::size_t open, char quote) {
    const std::size_t close = std::min(line_.view().find(quote, open + 1), line_.size());
    started_ = true;
    if (quote == '`') {
      Text code;
      slices_.append(open + 1, close - open - 1, code);
      sink_.effect({EffectKind::shell, std::move(code), false});
      word_.append_hole(model::HoleTrait::any);
    } else {
      slices_.append(open + 1, close - open - 1, word_);
    }
    return std::min(close + 1, line_.size());
  }

  void finish() {
    if (started_) words_.push_back(std::exchange(word_, Text()));
    started_ = false;
  }

  const Text& line_;
  Slices slices_;
  Client client_;
  Sink& sink_;
  Text word_;
  bool started_ = false;
  std::vector<Text> words_;
};

Text trimmed(const Text& line) {
  const std::string_view v = line.view();
  const std::size_t begin = std::min(v.find_first_not_of(" \t"), v.size());
  std::size_t end = v.size();
  while (end > begin && (v[end - 1] == ' ' || v[end - 1] == '\t' || v[end - 1] == '\r')) --end;
  return line.substr(begin, end - begin);
}

/// `|command …` to the end of the line; npos when there is none. A bar inside quotes is none.
std::size_t pipe_of(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      if (i + 1 < line.size() && line[i + 1] == '|') return i + 1;  // sqlite: .once '|cmd'
      quote = c;
    } else if (c == '|') {
      return i;
    }
  }
  return std::string_view::npos;
}

EffectKind file_effect(CommandKind kind) {
  if (kind == script) return EffectKind::script;
  const bool writes = kind == output || kind == once || kind == saves || kind == CommandKind::write;
  return writes ? EffectKind::write : EffectKind::read;
}

void apply_file(CommandKind kind, const Text& line, Client client, Sink& sink) {
  const bool results = kind == output || kind == once;
  const bool pipes = results || kind == input || kind == script;
  if (const std::size_t pipe = pipe_of(line.view()); pipe != std::string_view::npos && pipes) {
    Text code = trimmed(line.substr(pipe + 1));
    const char quote = pipe > 0 ? line.view()[pipe - 1] : '\0';
    if ((quote == '\'' || quote == '"') && code.view().rfind(quote) != std::string_view::npos)
      code = code.substr(0, code.view().rfind(quote));
    return sink.effect({results ? EffectKind::pipe : EffectKind::shell, std::move(code), false});
  }
  if (results) sink.effect({EffectKind::pipe, {}, false});
  std::vector<Text> words = Words(line, client, sink).run();
  std::erase_if(words, [](const Text& word) { return word.view().starts_with("-"); });
  if (words.empty()) return;
  const bool last = results || kind == saves;  // `.backup main FILE`, `\lo_export 1 FILE`
  Text& file = last ? words.back() : words.front();
  if (client != Client::psql && client != Client::sqlite && file.view().ends_with(";")) file = file.substr(0, file.size() - 1);
  if (file.view() != "stdout" && file.view() != "off") sink.effect({file_effect(kind), file, false});
}

void print(const Text& line, Client client, Sink& sink) {
  if (!sink.piped()) return;
  Text out;
  for (const Text& word : Words(line, client, sink).run()) {
    out.append(word);
    out.append(" ");
  }
  sink.effect({EffectKind::printed, std::move(out), false});
}

/// `\setenv PAGER command`: what psql starts by itself.
void set_variable(const std::vector<Text>& words, Sink& sink) {
  static constexpr std::array kStarted{"PAGER", "PSQL_PAGER", "PSQL_EDITOR", "VISUAL", "EDITOR", "PSQL_WATCH_PAGER"};
  if (words.size() < 2) return;
  const bool runs = std::any_of(kStarted.begin(), kStarted.end(), [&](const char* name) { return words[0].view() == name; });
  if (runs) sink.effect({EffectKind::shell, words[1], false});
}

}  // namespace

const ClientCommand* find_command(Client client, std::string_view mark, std::string_view name) {
  const bool folds = mark.empty();
  const bool abbreviates = client == Client::sqlite && name.size() >= 2;
  for (const ClientCommand& row : kCommands) {
    if ((row.clients & bit(client)) == 0 || row.mark != mark) continue;
    if (row.name == name || (folds && base::iequals(row.name, name)) || (abbreviates && row.name.starts_with(name))) return &row;
  }
  return nullptr;
}

void apply_line(CommandKind kind, const Text& line, Client client, Sink& sink) {
  const Text rest = trimmed(line);
  const auto is = [&](std::initializer_list<CommandKind> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  if (kind == shell) {
    if (!rest.empty()) sink.effect({EffectKind::shell, rest, false});
  } else if (kind == pager) {
    Text command = rest;
    if (command.view().ends_with(";")) command = command.substr(0, command.size() - 1);
    sink.effect({EffectKind::pipe, std::move(command), false});
  } else if (kind == prints) {
    print(rest, client, sink);
  } else if (kind == variable) {
    set_variable(Words(rest, client, sink).run(), sink);
  } else if (is({output, once, saves, input, script, CommandKind::write, CommandKind::read})) {
    apply_file(kind, rest, client, sink);
  } else {
    const std::vector<Text> words = Words(rest, client, sink).run();
    if (words.empty() || !is({database, connect, host})) return;
    sink.effect({kind == host ? EffectKind::host : EffectKind::database, words.front(), false});
    if (kind == connect && words.size() > 2) sink.effect({EffectKind::host, words[2], false});
  }
}

}  // namespace belay::command::sql
