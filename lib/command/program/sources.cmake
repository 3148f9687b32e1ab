# What programs do with their arguments; paths are relative to lib/command.
set(PROGRAM_SOURCES
  program/describe.cc
  program/effects.cc
  program/fetch.cc
  program/files.cc
  program/find.cc
  program/grammars.cc
  program/interpret.cc
  program/knowledge_view.cc
  program/query.cc
  program/reader.cc
  program/roles.cc)
