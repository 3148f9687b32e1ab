// Shell text of a whole call, with all that is known of programs, judged by the shipped packs: no text may make the analysis or the decision
// fail, run without end, or hold more than is promised.
#include "shipped.h"

using namespace belay;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16384) return 0;
  fuzz::decide_call(model::RunShell{fuzz::bytes_of(data, size), model::Dialect::bash});
  return 0;
}
