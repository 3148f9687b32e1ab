#include "cli/hook.h"

#include <unistd.h>

#include <span>

#include "cli/hook_call.h"
#include "cli/hook_guard.h"
#include "cli/hook_input.h"
#include "cli/hook_options.h"
#include "cli/hook_process.h"
#include "cli/hook_record.h"
#include "cli/hook_supervise.h"

namespace belay::cli {

namespace {

/// Far under every agent's own patience: none of them blocks a call because its hook is late.
constexpr std::chrono::milliseconds kPatience{1000};

base::Result<std::string_view> read_payload(HookInput& input) {
  BELAY_CHECK(input.read_all(STDIN_FILENO));
  return input.bytes();
}

}  // namespace

int hook_main(int argc, char** argv, std::string_view embedded_image) {
  raise_guard();
  Supervisor supervisor(kPatience);
  const Standard standard = settle_process();
  supervisor.settle(standard);
  HookLog log;
  log.open_shared();
  const auto options = read_hook_options(std::span<char* const>(argv, static_cast<std::size_t>(argc)).subspan(1));
  HookInput input;
  const auto payload = read_payload(input);
  HookCall call(embedded_image, options, supervisor, log);
  deliver(call.answer(payload), standard);
}

}  // namespace belay::cli
