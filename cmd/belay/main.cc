#include <unistd.h>

#include <cstddef>
#include <string_view>

#include "cli/hook.h"
#include "cli/run.h"

extern "C" {
extern const char belay_packs_begin[];
extern const char belay_packs_end[];
}

namespace {

std::string_view packs() { return {belay_packs_begin, static_cast<std::size_t>(belay_packs_end - belay_packs_begin)}; }

/// A hook needs no static object of this program, so it begins before the first of them is made: those of the commands' argument parser and of
/// the standard streams cost as much as the rest of a harmless call (93 000 of 281 000 instructions, 26 of 113 page faults). It never returns
/// to have them made. test/lint/objects holds that nothing on its way needs one. glibc passes the arguments of main to constructors.
[[gnu::constructor(101)]] void begin_hook(int argc, char** argv) {
  if (belay::cli::is_hook(argc, argv)) ::_exit(belay::cli::hook_main(argc, argv, packs()));
}

}  // namespace

int main(int argc, char** argv) {
  // Where constructors get no arguments, still before anything that may fail: whatever goes wrong in a hook has to be a denial.
  if (belay::cli::is_hook(argc, argv)) return belay::cli::hook_main(argc, argv, packs());
  return belay::cli::run(argc, argv, packs(), BELAY_VERSION);
}
