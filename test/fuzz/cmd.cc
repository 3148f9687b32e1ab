// Batch code: any bytes. What it is rewritten to is bounded, and is read by the shell's own parser without a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "command/cmd/code.h"
#include "nothing_host.h"
#include "shell/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace belay;  // NOLINT(google-build-using-namespace)
  const model::Text script =
      command::cmd::rewritten(fuzz::text_of(data, size), model::Text("/w"), command::program::KnowledgeView({}));
  if (script.size() > (16U << 20U)) std::abort();
  (void)shell::parse(script.view());
  return 0;
}
