// Catch2's own main takes ten seconds to compile: it is compiled here once.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
