# What a builder may choose; the presets choose for you.
option(BELAY_WERROR "warnings are errors" OFF)
option(BELAY_STATIC "link the program fully static, as releases are" OFF)
option(BELAY_TESTS "build the tests" ON)
option(BELAY_FUZZERS "build the libFuzzer targets (clang only)" OFF)
option(BELAY_BENCHMARKS "build the Google Benchmark programs" OFF)
option(BELAY_COVERAGE "instrument for coverage" OFF)
set(BELAY_SANITIZE "" CACHE STRING "sanitizers, comma separated, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

# What is shipped. -O2: -O3 makes the program larger and not faster (most calls touch a page of code once). Hardening as Debian's own packages.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(BELAY_STATIC)
  # Functions and data by themselves, so that what nobody calls is left out and what every hook calls can lie together (cmake/hook_order.ld).
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections)
  add_compile_options(-fstack-protector-strong -fcf-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()
