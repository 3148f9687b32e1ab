# Every dependency comes from the distribution (see packaging/dependencies). Each is an imported target whose headers are
# system headers: our warnings are about our code.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(RapidJSON REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)

add_library(belay_rapidjson INTERFACE)
target_include_directories(belay_rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIRS})

# Header-only on purpose: the packaged CMake target would link the shared library.
find_path(TOMLPP_INCLUDE_DIR toml++/toml.h REQUIRED)
add_library(belay_tomlplusplus INTERFACE)
target_include_directories(belay_tomlplusplus SYSTEM INTERFACE ${TOMLPP_INCLUDE_DIR})
target_compile_definitions(belay_tomlplusplus INTERFACE TOML_EXCEPTIONS=0 TOML_HEADER_ONLY=1)

find_library(RE2_STATIC_LIBRARY libre2.a)
add_library(belay_re2 INTERFACE)
if(BELAY_STATIC AND RE2_STATIC_LIBRARY)
  target_link_libraries(belay_re2 INTERFACE ${RE2_STATIC_LIBRARY} Threads::Threads)
else()
  target_link_libraries(belay_re2 INTERFACE PkgConfig::RE2 Threads::Threads)
endif()

find_library(SODIUM_STATIC_LIBRARY libsodium.a)
add_library(belay_sodium INTERFACE)
if(BELAY_STATIC AND SODIUM_STATIC_LIBRARY)
  target_link_libraries(belay_sodium INTERFACE ${SODIUM_STATIC_LIBRARY})
else()
  target_link_libraries(belay_sodium INTERFACE sodium)
endif()

find_library(UTF8PROC_STATIC_LIBRARY libutf8proc.a)
add_library(belay_utf8proc INTERFACE)
if(BELAY_STATIC AND UTF8PROC_STATIC_LIBRARY)
  target_link_libraries(belay_utf8proc INTERFACE ${UTF8PROC_STATIC_LIBRARY})
else()
  target_link_libraries(belay_utf8proc INTERFACE utf8proc)
endif()

if(BELAY_TESTS)
  find_package(Catch2 2 REQUIRED)
endif()
if(BELAY_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
