#include "command/sql/words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace belay::command::sql {

namespace {

/// In byte order. Words that a rule may want to see in one spelling; a column of the same name is shown in capitals too, which harms
/// nobody.
constexpr std::array<std::string_view, 242> kKeywords{
    "ABORT",      "ADD",       "AFTER",       "ALL",          "ALTER",        "ALWAYS",      "ANALYZE",
    "AND",        "ANY",       "AS",          "ASC",          "ATOMIC",       "ATTACH",      "AUTHORIZATION",
    "BACKUP",     "BEFORE",    "BEGIN",       "BETWEEN",      "BINARY",       "BY",          "CACHE",
    "CALL",       "CASCADE",   "CASE",        "CAST",         "CATALOG",      "CHANGE",      "CHECK",
    "CLUSTER",    "COLUMN",    "COMMENT",     "COMMIT",       "CONCURRENTLY", "CONSTRAINT",  "COPY",
    "CREATE",     "CROSS",     "CURRENT",     "DATABASE",     "DATABASES",    "DECLARE",     "DEFAULT",
    "DEFINER",    "DELETE",    "DENY",        "DESC",         "DESCRIBE",     "DETACH",      "DICTIONARY",
    "DISABLE",    "DISCARD",   "DISTINCT",    "DO",           "DOMAIN",       "DROP",        "DUMPFILE",
    "EACH",       "ELSE",      "ELSEIF",      "ENABLE",       "END",          "ESCAPE",      "EVENT",
    "EXCEPT",     "EXEC",      "EXECUTE",     "EXISTS",       "EXPLAIN",      "EXPORT",      "EXTENSION",
    "EXTERNAL",   "FALSE",     "FETCH",       "FLUSH",        "FOLLOWING",    "FOR",         "FOREIGN",
    "FREEZE",     "FROM",      "FULL",        "FUNCTION",     "GENERATED",    "GLOBAL",      "GRANT",
    "GROUP",      "HAVING",    "IDENTIFIED",  "IF",           "ILIKE",        "IMMEDIATE",   "IMPORT",
    "IN",         "INDEX",     "INFILE",      "INNER",        "INSERT",       "INSTALL",     "INSTANCE",
    "INSTEAD",    "INTERSECT", "INTO",        "IS",           "ISOLATION",    "JOIN",        "KEY",
    "KEYSPACE",   "KILL",      "LANGUAGE",    "LEFT",         "LIKE",         "LIMIT",       "LIST",
    "LISTEN",     "LOAD",      "LOCAL",       "LOCK",         "LOGIN",        "LOGS",        "LOOP",
    "MASTER",     "MATCH",     "MATCHED",     "MATERIALIZED", "MEASUREMENT",  "MERGE",       "MODIFY",
    "NATURAL",    "NO",        "NODE",        "NOT",          "NOTIFY",       "NULL",        "OF",
    "OFF",        "OFFSET",    "ON",          "ONLY",         "OPTION",       "OR",          "ORDER",
    "OUTER",      "OUTFILE",   "OVER",        "OVERWRITE",    "OWNED",        "OWNER",       "PACKAGE",
    "PARTITION",  "PASSWORD",  "PERMANENTLY", "POLICY",       "PRAGMA",       "PREPARE",     "PRIMARY",
    "PRIVILEGES", "PROC",      "PROCEDURE",   "PROGRAM",      "PUBLICATION",  "PURGE",       "QUICK",
    "READ",       "REASSIGN",  "RECOVER",     "RECURSIVE",    "REFRESH",      "REINDEX",     "RELATIONSHIP",
    "RELEASE",    "REMOVE",    "RENAME",      "REPLACE",      "REPLICA",      "REPLICATION", "RESET",
    "RESTORE",    "RESTRICT",  "RETURNING",   "REVOKE",       "RIGHT",        "ROLE",        "ROLLBACK",
    "ROW",        "RULE",      "SAVEPOINT",   "SCHEMA",       "SELECT",       "SEQUENCE",    "SERIES",
    "SERVER",     "SESSION",   "SET",         "SHARD",        "SHOW",         "SHUTDOWN",    "SLOT",
    "SNAPSHOT",   "STAGE",     "START",       "STATISTICS",   "STOP",         "STREAM",      "SUBSCRIPTION",
    "SUSPEND",    "SYSTEM",    "TABLE",       "TABLES",       "TABLESPACE",   "TASK",        "TEMP",
    "TEMPORARY",  "THEN",      "TO",          "TOP",          "TRANSACTION",  "TRANSIENT",   "TRIGGER",
    "TRUE",       "TRUNCATE",  "TYPE",        "UNDROP",       "UNION",        "UNIQUE",      "UNLOCK",
    "UNLOGGED",   "UPDATE",    "USE",         "USER",         "USING",        "VACUUM",      "VALUES",
    "VIEW",       "VIRTUAL",   "WAREHOUSE",   "WHEN",         "WHERE",        "WHILE",       "WINDOW",
    "WITH",       "WITHOUT",   "WORK",        "WRITE",
};
static_assert(std::is_sorted(kKeywords.begin(), kKeywords.end()));

constexpr std::size_t kLongest = 16;

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string_view keyword(std::string_view word) {
  std::array<char, kLongest> buffer{};
  if (word.empty() || word.size() > buffer.size()) return {};
  std::transform(word.begin(), word.end(), buffer.begin(), to_upper);
  const std::string_view upper(buffer.data(), word.size());
  const auto found = std::lower_bound(kKeywords.begin(), kKeywords.end(), upper);
  return found != kKeywords.end() && *found == upper ? *found : std::string_view();
}

bool Tokens::is(std::size_t i, std::string_view word) const {
  return kind(i) == TokenKind::word && base::iequals(spelling(i), word);
}

bool Tokens::is_one_of(std::size_t i, std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is(i, word); });
}

std::size_t Tokens::behind(std::size_t open) const {
  std::size_t depth = 0;
  for (std::size_t i = open; i < size(); ++i) {
    if (kind(i) == TokenKind::open) ++depth;
    if (kind(i) == TokenKind::close && --depth == 0) return i + 1;
  }
  return size();
}

}  // namespace belay::command::sql
