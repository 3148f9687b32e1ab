# cmd.exe; paths are relative to lib/command.
set(CMD_SOURCES
  cmd/builtins.cc
  cmd/code.cc
  cmd/rewrite.cc
  cmd/source.cc)
