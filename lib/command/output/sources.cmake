# What programs print; paths are relative to lib/command.
set(OUTPUT_SOURCES
  output/calculated.cc
  output/filters.cc
  output/line_filters.cc
  output/line_pattern.cc
  output/lines.cc
  output/options.cc
  output/places.cc
  output/printf.cc
  output/producers.cc
  output/searched_names.cc
  output/sed_script.cc
  output/translate.cc)
