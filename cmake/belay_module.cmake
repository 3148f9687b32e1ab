# belay_module(NAME SOURCES a.cc… USES base shell… LINKS external…)
#
# One folder of lib/ is one static library `belay_NAME`, alias `belay::NAME`. A module links what it may include and
# nothing else, so that an include against the direction of the layers fails to link; test/lint/layers fails it even when
# it is header-only.
function(belay_module name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS" ${ARGN})
  if(arg_SOURCES)
    add_library(belay_${name} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(belay_${name} PRIVATE belay_warnings)
  else()
    add_library(belay_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(belay::${name} ALIAS belay_${name})
  target_include_directories(belay_${name} ${scope} "${CMAKE_SOURCE_DIR}/lib")
  foreach(module IN LISTS arg_USES)
    target_link_libraries(belay_${name} ${scope} belay::${module})
  endforeach()
  target_link_libraries(belay_${name} ${scope} ${arg_LINKS})
endfunction()
