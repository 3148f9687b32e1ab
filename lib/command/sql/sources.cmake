# What is sent to databases; paths are relative to lib/command.
set(SQL_SOURCES
  sql/access.cc
  sql/client.cc
  sql/dialect.cc
  sql/document.cc
  sql/key_value.cc
  sql/lexer.cc
  sql/normal.cc
  sql/script.cc
  sql/statement.cc
  sql/where.cc
  sql/words.cc)
