# What programs do with their arguments; paths are relative to lib/command.
set(PROGRAM_SOURCES
  program/ansible.cc
  program/code.cc
  program/compile.cc
  program/config_file.cc
  program/describe.cc
  program/diff.cc
  program/effects.cc
  program/embedded.cc program/emulator.cc
  program/existing.cc
  program/fetch.cc
  program/files.cc
  program/find.cc
  program/goals.cc
  program/grammars.cc
  program/guess.cc
  program/httpie.cc
  program/interpret.cc program/items.cc
  program/knowledge_view.cc
  program/makefile.cc
  program/manifests.cc
  program/notebooks.cc
  program/languages.cc program/listed.cc
  program/leads.cc
  program/modules.cc
  program/operands.cc
  program/package_scripts.cc program/parallel.cc
  program/patch_call.cc program/patched.cc
  program/published.cc
  program/query.cc
  program/reader.cc
  program/requests.cc
  program/recipes.cc program/references.cc
  program/roles.cc
  program/settings.cc
  program/split_string.cc
  program/tasks.cc
  program/transfer.cc program/typed.cc
  program/yaml.cc)
