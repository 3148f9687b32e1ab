# PowerShell; paths are relative to lib/command.
set(POWERSHELL_SOURCES
  powershell/binding.cc
  powershell/changes.cc
  powershell/cmdlets.cc
  powershell/commands.cc
  powershell/expressions.cc
  powershell/files.cc
  powershell/host.cc
  powershell/operators.cc
  powershell/source.cc
  powershell/statements.cc
  powershell/strings.cc
  powershell/types.cc
  powershell/variables.cc
  powershell/words.cc
  windows/names.cc)
