// fish, csh and others: any bytes. The first one chooses the shell. What they are rewritten to is bounded, and is read by the shell's own
// parser without a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "command/shells/code.h"
#include "nothing_host.h"
#include "shell/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace belay;  // NOLINT(google-build-using-namespace)
  if (size == 0) return 0;
  const model::Text code = fuzz::text_of(data + 1, size - 1);
  const model::Text script = data[0] % 3 == 0   ? command::shells::from_fish(code)
                             : data[0] % 3 == 1 ? command::shells::from_csh(code)
                                                : command::shells::from_other(code);
  if (script.size() > 64 * size + (1U << 20U)) std::abort();
  (void)shell::parse(script.view());
  return 0;
}
