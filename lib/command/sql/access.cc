#include "command/sql/access.h"

#include <array>

#include "base/text.h"

namespace belay::command::sql {

namespace {

/// Functions whose argument is a file, or a command, where the database runs. For sqlite and duckdb that is here.
struct FunctionRow {
  std::string_view name;
  std::size_t argument;
  EffectKind kind;
};
constexpr std::array kFunctions{
    FunctionRow{"pg_read_file", 0, EffectKind::read},   FunctionRow{"pg_read_binary_file", 0, EffectKind::read},
    FunctionRow{"pg_ls_dir", 0, EffectKind::read},      FunctionRow{"lo_import", 0, EffectKind::read},
    FunctionRow{"lo_export", 1, EffectKind::write},     FunctionRow{"load_file", 0, EffectKind::read},
    FunctionRow{"readfile", 0, EffectKind::read},       FunctionRow{"writefile", 0, EffectKind::write},
    FunctionRow{"load_extension", 0, EffectKind::read}, FunctionRow{"read_csv", 0, EffectKind::read},
    FunctionRow{"read_csv_auto", 0, EffectKind::read},  FunctionRow{"read_text", 0, EffectKind::read},
    FunctionRow{"read_blob", 0, EffectKind::read},      FunctionRow{"read_json", 0, EffectKind::read},
    FunctionRow{"read_json_auto", 0, EffectKind::read}, FunctionRow{"read_parquet", 0, EffectKind::read},
    FunctionRow{"edit", 1, EffectKind::shell},          FunctionRow{"executable", 0, EffectKind::shell},
    FunctionRow{"parquet_scan", 0, EffectKind::read},   FunctionRow{"file", 0, EffectKind::read},
};

/// A string behind a word, in any statement.
struct WordRow {
  std::string_view word;
  EffectKind kind;
};
constexpr std::array kWords{
    WordRow{"OUTFILE", EffectKind::write},
    WordRow{"DUMPFILE", EffectKind::write},
    WordRow{"INFILE", EffectKind::read},
    WordRow{"xp_cmdshell", EffectKind::shell},
};

class Finder {
 public:
  Finder(const Tokens& t, Slices& slices, const Dialect& dialect, Copier copier, Sink& sink)
      : t_(t), slices_(slices), dialect_(dialect), copier_(copier), sink_(sink), embedded_(dialect.client == Client::sqlite) {}

  void run() {
    if (t_.is(0, "COPY")) copy();
    if (t_.is(0, "ATTACH") || (t_.is_one_of(0, {"EXPORT", "IMPORT"}) && t_.is(1, "DATABASE"))) database_file();
    if (t_.is(0, "VACUUM")) behind_word("INTO", EffectKind::write);
    for (std::size_t i = 0; i < t_.size(); ++i) {
      if (t_.kind(i) != TokenKind::word) continue;
      if (t_.kind(i + 1) == TokenKind::open) function(i);
      else if (t_.kind(i + 1) == TokenKind::string) word(i);
    }
  }

 private:
  void tell(EffectKind kind, std::size_t i, bool server) { sink_.effect({kind, unquoted(slices_, t_[i], dialect_), server}); }

  /// COPY … TO|FROM PROGRAM 'cmd' | 'file' | STDOUT. A client's \copy also takes a name without quotes.
  void copy() {
    std::size_t depth = 0;
    for (std::size_t i = 1; i < t_.size(); ++i) {
      if (t_.kind(i) == TokenKind::open) ++depth;
      if (t_.kind(i) == TokenKind::close && depth > 0) --depth;
      if (depth != 0 || !t_.is_one_of(i, {"TO", "FROM"})) continue;
      const bool server = copier_ == Copier::server && !embedded_ && dialect_.client != Client::cql;
      const EffectKind kind = t_.is(i, "TO") ? EffectKind::write : EffectKind::read;
      if (t_.is(i + 1, "PROGRAM") && t_.kind(i + 2) == TokenKind::string) return tell(EffectKind::shell, i + 2, server);
      if (t_.kind(i + 1) == TokenKind::string) return tell(kind, i + 1, server);
      if (copier_ == Copier::client && i + 1 < t_.size()) bare_file(kind, i + 1);
      return;
    }
  }

  void bare_file(EffectKind kind, std::size_t i) {
    if (t_.is_one_of(i, {"STDIN", "STDOUT", "PSTDIN", "PSTDOUT"})) return;
    std::size_t end = i + 1;
    while (end < t_.size() && !t_[end].blank_before) ++end;
    Text name;
    slices_.append(t_[i].begin, t_[end - 1].begin + t_[end - 1].size - t_[i].begin, name);
    sink_.effect({kind, std::move(name), false});
  }

  void database_file() {
    if (!embedded_) return;
    const std::size_t i = t_.is(1, "DATABASE") ? 2 : 1;
    if (t_.kind(i) == TokenKind::string) tell(t_.is(0, "EXPORT") ? EffectKind::write : EffectKind::read, i, false);
  }

  void behind_word(std::string_view word, EffectKind kind) {
    for (std::size_t i = 1; i + 1 < t_.size(); ++i) {
      if (t_.is(i, word) && t_.kind(i + 1) == TokenKind::string) return tell(kind, i + 1, !embedded_);
    }
  }

  void function(std::size_t i) {
    for (const FunctionRow& row : kFunctions) {
      if (!t_.is(i, row.name)) continue;
      std::size_t at = i + 2;
      for (std::size_t skipped = 0; skipped < row.argument && at < t_.size(); ++at) {
        if (t_.kind(at) == TokenKind::comma) ++skipped;
      }
      if (t_.kind(at) == TokenKind::string) tell(row.kind, at, !embedded_);
    }
  }

  void word(std::size_t i) {
    for (const WordRow& row : kWords) {
      if (t_.is(i, row.word)) tell(row.kind, i + 1, dialect_.engine != "clickhouse" && !t_.is(i - 1, "LOCAL"));
    }
  }

  const Tokens& t_;
  Slices& slices_;
  const Dialect& dialect_;
  Copier copier_;
  Sink& sink_;
  bool embedded_;  ///< the engine runs inside its client
};

}  // namespace

void find_accesses(const Tokens& statement, Slices& slices, const Dialect& dialect, Copier copier, Sink& sink) {
  Finder(statement, slices, dialect, copier, sink).run();
}

}  // namespace belay::command::sql
