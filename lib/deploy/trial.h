#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "deploy/registration.h"

/// Runs a registered hook as the agent would, with a call that every policy refuses.
namespace belay::deploy {

struct Trial {
  bool started = false;
  bool timed_out = false;
  int status = -1;  ///< exit code, or 128 and the signal
  std::string out;
  std::string err;
  std::string error;  ///< why it did not start
};

/// A call in the agent's dialect that writes to belay's own policy: refused by a rule that nothing relaxes, in observe mode too. It is
/// only judged, never carried out.
[[nodiscard]] std::string trial_payload(const AgentSettings& agent);

/// Starts it in an environment of PATH alone and waits at most `limit`; whatever is left of its process group then is killed. Not for
/// the hook path.
[[nodiscard]] Trial run_hook(const Registration& hook, const AgentSettings& agent, std::string_view payload,
                             std::chrono::milliseconds limit);

/// Empty when that is a refusal which the agent understands: the blocking code, a reason on stderr, and the agent's own JSON on stdout with a
/// reason in it. Else what is wrong.
[[nodiscard]] std::string fault_of(const Trial& trial, const AgentSettings& agent);

}  // namespace belay::deploy
