// PowerShell as a call may bring it: any bytes, 0x00 for a part that is not known. Looks for crashes, for work without end, and for
// encoded commands that decode to something else than they were.
#include <cstddef>
#include <cstdint>

#include "command/powershell/code.h"
#include "nothing_host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace belay;  // NOLINT(google-build-using-namespace)
  command::Invocation in;
  in.argv = {model::Text("pwsh")};
  in.setting.cwd = model::Text("/w");
  fuzz::Nothing host;
  command::program::Effects effects(in, host, "pwsh");
  const model::Text code = fuzz::text_of(data, size);
  command::powershell::read_code(code, {model::Text("x")}, {}, effects);
  (void)command::powershell::decode_command(code.view());
  return 0;
}
