#include "command/sql/dialect.h"

#include <array>

namespace belay::command::sql {

namespace {

constexpr std::uint32_t kPostgres = Trait::nested | Trait::dollar | Trait::escape;
constexpr std::uint32_t kMysql = Trait::backslash | Trait::hash | Trait::dashes_blank | Trait::executable | Trait::double_string;

// PostgreSQL 4.1, MySQL 8 §9, sqlite.org/lang_comment.html, T-SQL "Syntax elements", the references of the others.
constexpr std::array kDialects{
    Dialect{"sql", Trait::executable | Trait::dollar, Client::none, Language::sql},
    Dialect{"postgres", kPostgres, Client::psql, Language::sql},
    Dialect{"redshift", kPostgres, Client::psql, Language::sql},
    Dialect{"cockroach", kPostgres, Client::psql, Language::sql},
    Dialect{"mysql", kMysql, Client::mysql, Language::sql},
    Dialect{"sqlite", static_cast<std::uint32_t>(Trait::brackets), Client::sqlite, Language::sql},
    Dialect{"duckdb", kPostgres, Client::sqlite, Language::sql},
    Dialect{"mssql", Trait::nested | Trait::brackets | Trait::batches, Client::sqlcmd, Language::sql},
    Dialect{"oracle", 0, Client::sqlplus, Language::sql},
    Dialect{"clickhouse", Trait::backslash | Trait::nested | Trait::hash, Client::none, Language::sql},
    Dialect{"cassandra", Trait::slashes | Trait::dollar, Client::cql, Language::sql},
    Dialect{"snowflake", Trait::backslash | Trait::slashes | Trait::dollar, Client::bang, Language::sql},
    Dialect{"bigquery", Trait::backslash | Trait::hash | Trait::double_string, Client::none, Language::sql},
    Dialect{"hive", Trait::backslash | Trait::double_string, Client::bang, Language::sql},
    Dialect{"trino", 0, Client::none, Language::sql},
    Dialect{"cypher", Trait::backslash | Trait::slashes | Trait::double_string, Client::sqlcmd, Language::sql},
    Dialect{"influx", Trait::backslash | Trait::slashes, Client::none, Language::sql},
    Dialect{"spanner", Trait::backslash | Trait::hash | Trait::double_string, Client::none, Language::sql},
    Dialect{"redis", 0, Client::none, Language::words},
    Dialect{"mongo", 0, Client::none, Language::script},
};

struct ClientRow {
  std::string_view program;
  std::string_view engine;
};
constexpr std::array kClients{
    ClientRow{"psql", "postgres"},
    ClientRow{"pgcli", "postgres"},
    ClientRow{"usql", "postgres"},
    ClientRow{"cockroach", "cockroach"},
    ClientRow{"mysql", "mysql"},
    ClientRow{"mariadb", "mysql"},
    ClientRow{"mycli", "mysql"},
    ClientRow{"mysqlsh", "mysql"},
    ClientRow{"sqlite3", "sqlite"},
    ClientRow{"sqlite", "sqlite"},
    ClientRow{"litecli", "sqlite"},
    ClientRow{"turso-sql", "sqlite"},
    ClientRow{"duckdb", "duckdb"},
    ClientRow{"sqlcmd", "mssql"},
    ClientRow{"mssql-cli", "mssql"},
    ClientRow{"tsql", "mssql"},
    ClientRow{"sqlplus", "oracle"},
    ClientRow{"sql", "oracle"},
    ClientRow{"clickhouse", "clickhouse"},
    ClientRow{"clickhouse-client", "clickhouse"},
    ClientRow{"clickhouse-local", "clickhouse"},
    ClientRow{"cqlsh", "cassandra"},
    ClientRow{"snowsql", "snowflake"},
    ClientRow{"snow", "snowflake"},
    ClientRow{"bq", "bigquery"},
    ClientRow{"beeline", "hive"},
    ClientRow{"hive", "hive"},
    ClientRow{"spark-sql", "hive"},
    ClientRow{"impala-shell", "hive"},
    ClientRow{"trino", "trino"},
    ClientRow{"presto", "trino"},
    ClientRow{"cypher-shell", "cypher"},
    ClientRow{"influx", "influx"},
    ClientRow{"spanner-cli", "spanner"},
    ClientRow{"questdb", "sql"},
};

}  // namespace

const Dialect& dialect_of(std::string_view engine) {
  for (const Dialect& dialect : kDialects) {
    if (dialect.engine == engine) return dialect;
  }
  return kDialects.front();
}

std::string_view engine_of_client(std::string_view program) {
  for (const ClientRow& row : kClients) {
    if (row.program == program) return row.engine;
  }
  return {};
}

}  // namespace belay::command::sql
