#include <string_view>

#include "cli/hook.h"
#include "cli/run.h"

extern "C" {
extern const char belay_packs_begin[];
extern const char belay_packs_end[];
}

int main(int argc, char** argv) {
  const std::string_view packs(belay_packs_begin, static_cast<std::size_t>(belay_packs_end - belay_packs_begin));
  // A hook first, before anything that may fail: whatever goes wrong in one has to be a denial.
  if (belay::cli::is_hook(argc, argv)) return belay::cli::hook_main(argc, argv, packs);
  return belay::cli::run(argc, argv, packs, BELAY_VERSION);
}
