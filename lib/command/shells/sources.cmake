# Shells that are not sh; paths are relative to lib/command.
set(SHELLS_SOURCES
  shells/csh.cc
  shells/fish.cc
  shells/fish_function.cc
  shells/fish_words.cc)
