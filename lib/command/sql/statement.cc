#include "command/sql/statement.h"

#include "base/text.h"
#include "command/sql/access.h"
#include "command/sql/normal.h"

namespace belay::command::sql {

namespace {

constexpr std::size_t kMostInside = 64;  ///< parentheses around one statement

bool is_change(const Tokens& t, std::size_t i) { return t.is_one_of(i, {"DELETE", "UPDATE", "INSERT", "MERGE"}); }

/// Transact-SQL needs no `;`: these words begin a statement, unless what stands before says that they are part of one.
bool follows_its_own(const Tokens& t, std::size_t i) {
  if (i == 0) return false;
  return t.kind(i - 1) == TokenKind::dot || t.kind(i - 1) == TokenKind::comma ||
         t.is_one_of(i - 1, {"ON", "FOR", "GRANT", "REVOKE", "DENY", "AFTER", "OF", "ADD", "AS", "ALTER", "THEN", "OR"});
}

/// Objects that a DROP of its own names; `ALTER TABLE t DROP COLUMN c` is none.
bool drops_object(const Tokens& t, std::size_t i) {
  return t.is_one_of(i, {"DATABASE", "SCHEMA", "TABLE", "USER", "LOGIN", "ROLE", "VIEW", "PROC", "PROCEDURE", "FUNCTION",
                         "TRIGGER", "TYPE", "SEQUENCE", "SYNONYM", "INDEX", "SERVER", "ENDPOINT", "ASSEMBLY", "EVENT"});
}

/// BEGIN, ROLLBACK and their like, without anything that could make them something else.
bool is_alone(const Tokens& t, std::initializer_list<std::string_view> words) {
  return t.is_one_of(0, words) && (t.size() == 1 || (t.size() == 2 && t.is_one_of(1, {"TRANSACTION", "WORK"})));
}

/// What the server carries out at once, whatever becomes of the transaction: files, sessions, other servers.
bool acts_at_once(const Tokens& t) {
  for (std::size_t i = 0; i < t.size(); ++i) {
    const std::string word = base::lower(t.spelling(i));
    for (const std::string_view head : {"pg_", "lo_", "dblink", "nextval", "setval"}) {
      if (word.starts_with(head) || word.starts_with("\"" + std::string(head))) return true;
    }
  }
  return false;
}

/// A ROLLBACK leaves nothing of it (PostgreSQL, SQLite: of tables too).
bool is_undone(const Tokens& t) {
  const bool table = t.is_one_of(0, {"DROP", "ALTER"}) && t.is(1, "TABLE");
  return (table || t.is_one_of(0, {"DELETE", "UPDATE", "INSERT", "TRUNCATE"})) && !acts_at_once(t);
}

/// Text that is put in when it runs may end a transaction: `:name` of psql, what nobody knows.
bool is_filled_in(const Tokens& t) {
  for (std::size_t i = 0; i < t.size(); ++i) {
    const std::string_view s = t.spelling(i);
    if (s.find(model::kHole) != std::string_view::npos || s == ":") return true;
  }
  return false;
}

}  // namespace

/// What is done between BEGIN and ROLLBACK is kept back until one of them ends the transaction; only statements of which it is known that they end none
/// leave it open.
void StatementReader::transaction(const Tokens& t) {
  if (dialect_.engine != "postgres" && dialect_.engine != "sqlite") return;
  if (is_alone(t, {"BEGIN"}) || (t.is(0, "START") && t.is(1, "TRANSACTION") && t.size() == 2)) {
    if (!telling_.held) telling_.held.emplace();
    return;
  }
  if (!telling_.held) return;
  if (is_alone(t, {"ROLLBACK", "ABORT"})) return telling_.held.reset();
  const bool stays = is_undone(t) || t.is_one_of(0, {"SELECT", "EXPLAIN", "SAVEPOINT", "VALUES", "CREATE", "LOCK", "SHOW"});
  if (!stays || is_filled_in(t)) telling_.release();
}

/// `CREATE TEMP TABLE t …; DROP TABLE t`: until it is dropped, the name means the table of the session (PostgreSQL, SQLite, MySQL).
bool StatementReader::drops_temporary(const Tokens& t) {
  const auto table = [&](std::size_t i) {
    const std::size_t name = t.is(i, "IF") ? i + (t.is(i + 1, "NOT") ? 3 : 2) : i;
    return t.kind(name) == TokenKind::word && t.kind(name + 1) != TokenKind::dot ? base::lower(t.spelling(name)) : std::string();
  };
  if (t.is(0, "CREATE") && t.is_one_of(1, {"TEMP", "TEMPORARY"}) && t.is(2, "TABLE")) {
    bool stays = true;
    for (std::size_t i = 3; i < t.size(); ++i) stays = stays && !t.is(i, "COMMIT");
    if (stays && !table(3).empty()) telling_.temporary.insert(table(3));
  }
  if (is_alone(t, {"ROLLBACK", "ABORT"}) || is_filled_in(t)) telling_.temporary.clear();
  const bool drops = t.is(0, "DROP") && t.is(1, "TABLE") && t.size() == (t.is(2, "IF") ? 5 : 3);
  return drops && telling_.temporary.erase(table(2)) != 0;
}

bool StatementReader::begins_statement(const Tokens& t, std::size_t i) const {
  if (!dialect_.has(Trait::batches) || t.kind(i) != TokenKind::word || follows_its_own(t, i)) return false;
  if (t.is(i, "DROP")) return drops_object(t, i + 1);
  if (t.is(i, "TRUNCATE")) return t.is(i + 1, "TABLE");
  if (t.is_one_of(i, {"ALTER", "CREATE", "RESTORE", "BACKUP", "EXEC", "EXECUTE", "SHUTDOWN", "MERGE"})) return true;
  return t.is_one_of(i, {"DELETE", "UPDATE"}) && t.kind(i + 1) != TokenKind::open && t.kind(i + 1) != TokenKind::symbol;
}

/// Where the statement that begins at `from` ends: behind BEGIN, THEN, ELSE, LOOP (a CASE has its own), or before the next one of a batch.
std::size_t StatementReader::next_cut(const Tokens& t, std::size_t from) const {
  std::size_t depth = 0;
  std::size_t cases = 0;
  const bool merges = t.is(from, "MERGE");
  for (std::size_t i = from; i < t.size(); ++i) {
    if (t.kind(i) == TokenKind::open) ++depth;
    if (t.kind(i) == TokenKind::close && depth > 0) --depth;
    if (depth != 0 || t.kind(i) != TokenKind::word) continue;
    if (i > from && begins_statement(t, i)) return i;
    if (t.is(i, "CASE")) ++cases;
    else if (t.is(i, "END") && cases > 0) --cases;
    if (cases != 0 || i + 1 >= t.size()) continue;
    if (!merges && t.is_one_of(i, {"THEN", "ELSE", "LOOP"})) return i + 1;
    const bool transaction = t.is_one_of(
        i + 1, {"TRANSACTION", "WORK", "TRAN", "ISOLATION", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "CONCURRENT", "READ", "NOT"});
    if (t.is(i, "BEGIN") && !transaction && t.kind(i + 1) != TokenKind::end) return i + 1;
  }
  return t.size();
}

void StatementReader::read(const Tokens& tokens) {
  const bool defines = tokens.is_one_of(0, {"CREATE", "ALTER"});  // a body is run when it is called
  for (std::size_t from = 0; from < tokens.size();) {
    const std::size_t to = defines && !dialect_.has(Trait::batches) ? tokens.size() : next_cut(tokens, from);
    one(tokens.part(from, to));
    from = to;
  }
}

void StatementReader::one(Tokens t) {
  for (std::size_t i = 0; i < kMostInside && t.kind(0) == TokenKind::open && t.behind(0) >= t.size(); ++i) {
    t = t.part(1, t.size() - (t.size() > 1 && t.kind(t.size() - 1) == TokenKind::close ? 1 : 0));
  }
  if (t.empty()) return;
  if (depth_ == 0) transaction(t);
  if (depth_ == 0 && drops_temporary(t)) return telling_.statement(Text("DROP TEMPORARY TABLE t"));
  telling_.statement(normal(t, slices_), depth_ == 0 && is_undone(t));
  inner(t);
  find_accesses(t, slices_, dialect_, Copier::server, telling_.sink);
}

void StatementReader::inner(const Tokens& t) {
  if (t.is(0, "DO")) return block(t);
  if (t.is_one_of(0, {"EXECUTE", "EXEC"})) return execute(t);
  if (t.is(0, "PREPARE") && t.is(2, "FROM")) return executed(t, 3, false);
  if (t.is(0, "WITH")) common_tables(t);
  if (t.is(0, "EXPLAIN") || t.is(0, "PREPARE")) {
    const bool runs = t.is(0, "PREPARE") || t.is_one_of(1, {"ANALYZE", "ANALYSE"}) || t.is_one_of(2, {"ANALYZE", "ANALYSE"});
    for (std::size_t i = 1; runs && i < t.size(); ++i) {
      if (is_change(t, i) || t.is_one_of(i, {"WITH", "CREATE", "EXECUTE"})) return one(t.part(i, t.size()));
    }
    return;
  }
  parenthesised(t);
}

/// EXECUTE IMMEDIATE 'code', EXEC('code'), EXECUTE format('code', …) in a block; EXECUTE name, EXEC procedure 'argument' run
/// what is known elsewhere.
void StatementReader::execute(const Tokens& t) {
  const bool immediate = t.is_one_of(1, {"IMMEDIATE", "sp_executesql"});
  const bool names = t.kind(1) == TokenKind::word && !t.is_one_of(1, {"format", "concat"}) && t.kind(2) != TokenKind::symbol;
  if (!immediate && names && (depth_ == 0 || dialect_.has(Trait::batches))) return;
  executed(t, immediate ? 2 : 1, false);
}

/// `WITH x AS (…) DELETE …`: the statement proper.
void StatementReader::common_tables(const Tokens& t) {
  std::size_t depth = 0;
  for (std::size_t i = 1; i < t.size(); ++i) {
    if (t.kind(i) == TokenKind::open) ++depth;
    if (t.kind(i) == TokenKind::close && depth > 0) --depth;
    if (depth == 0 && i > 1 && t.kind(i - 1) == TokenKind::close && is_change(t, i))
      return telling_.statement(normal(t.part(i, t.size()), slices_));
  }
}

/// `(DELETE … RETURNING …)` of a common table expression or a COPY; functions that run their argument.
void StatementReader::parenthesised(const Tokens& t) {
  std::size_t left = 4 * t.size() + kMostInside;  // tokens that statements inside each other may repeat
  for (std::size_t i = 1; i < t.size(); ++i) {
    if (t.kind(i - 1) != TokenKind::open) continue;
    const bool runs = i > 1 && t.is_one_of(i - 2, {"dblink_exec", "dblink", "query_to_xml"});
    const bool changes = is_change(t, i) && t.kind(i + 1) != TokenKind::open && t.kind(i + 1) != TokenKind::comma;
    if (!runs && !changes) continue;
    const std::size_t end = t.behind(i - 1);
    if (end - i > left) return telling_.unknown();
    left -= end - i;
    const Tokens inside = t.part(i, end > i && t.kind(end - 1) == TokenKind::close ? end - 1 : end);
    if (changes) telling_.statement(normal(inside, slices_));
    for (std::size_t k = 0; runs && k < inside.size(); ++k) {
      if (inside.kind(k) == TokenKind::string) nested(unquoted(slices_, inside[k], dialect_));
    }
  }
}

/// `DO $$ … $$`. Code of another language is not read.
void StatementReader::block(const Tokens& t) {
  for (std::size_t i = 1; i < t.size(); ++i) {
    if (t.is(i, "LANGUAGE") && !t.is_one_of(i + 1, {"plpgsql", "sql"})) return telling_.unknown();
  }
  for (std::size_t i = 1; i < t.size(); ++i) {
    if (t.kind(i) == TokenKind::string) return nested(unquoted(slices_, t[i], dialect_));
  }
}

/// The text that an expression puts together, everything that is no string unknown. False when it has no string.
bool StatementReader::assembled(const Tokens& t, std::size_t from, Text& out) {
  bool strings = false;
  for (std::size_t i = from; i < t.size() && !t.is_one_of(i, {"USING", "INTO"}); ++i) {
    if (t.kind(i) == TokenKind::string) {
      strings = true;
      const Text piece = unquoted(slices_, t[i], dialect_);
      std::string_view rest = piece.view();
      for (std::size_t at = 0; at < piece.size();) {  // %I, %s, %L of format()
        const std::size_t mark = std::min(rest.find('%', at), rest.size());
        const bool filled = mark + 1 < rest.size() && std::string_view("IsL").find(rest[mark + 1]) != std::string_view::npos;
        out.append(piece.substr(at, mark + (filled || mark == rest.size() ? 0 : 1) - at));
        if (filled) out.append_hole(model::HoleTrait::blank);
        at = mark + (filled ? 2 : 1);
      }
    } else if (t.kind(i) == TokenKind::name || t.kind(i) == TokenKind::hole ||
               (t.kind(i) == TokenKind::word && t.kind(i + 1) != TokenKind::open)) {
      out.append_hole(model::HoleTrait::blank);
    }
  }
  return strings;
}

void StatementReader::executed(const Tokens& t, std::size_t from, bool may_be_name) {
  Text code;
  if (assembled(t, from, code)) return nested(code);
  const bool computed = t.kind(from) == TokenKind::open || t.kind(from) == TokenKind::hole;
  if (!may_be_name || computed) telling_.unknown();
}

void StatementReader::read_result(const Tokens& tokens) {
  Text code;
  const bool from_strings = assembled(tokens, 1, code);
  if (from_strings) nested(code);
  else telling_.unknown();
}

void StatementReader::tell_result(const Tokens& t) {
  Text printed;
  if (!t.is_one_of(0, {"SELECT", "VALUES"}) || !literals(t, printed)) printed = Text::hole(model::HoleTrait::any);
  telling_.sink.effect({EffectKind::printed, std::move(printed), false});
}

/// `SELECT 'a', 'b' AS x`: each string as a line; false when there is anything but strings, names for them and numbers.
bool StatementReader::literals(const Tokens& t, Text& out) {
  for (std::size_t i = 1; i < t.size(); ++i) {
    const bool string = t.kind(i) == TokenKind::string || (t.kind(i) == TokenKind::name && t[i].quote == '"' && !t.is(i - 1, "AS"));
    if (string) {
      out.append(unquoted(slices_, t[i], dialect_));
      out.append("\n");
      continue;
    }
    const bool known = t.kind(i) == TokenKind::comma || t.kind(i) == TokenKind::open || t.kind(i) == TokenKind::close ||
                       t.is(i, "AS") || t.is(i - 1, "AS") || (t.kind(i) != TokenKind::hole && base::is_digit(t.spelling(i).front()));
    if (!known) return false;
  }
  return true;
}

void StatementReader::nested(const Text& script) {
  telling_.release();
  if (depth_ + 1 >= kDeepestScript) return telling_.unknown();
  read_nested(script, dialect_, telling_, depth_ + 1);
}

}  // namespace belay::command::sql
