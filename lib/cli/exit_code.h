#pragma once

namespace belay::cli {

/// Exit codes of every command but `hook`, which has only 0 and the agent's blocking code.
enum class ExitCode : int {
  ok = 0,            ///< done; `check`: the call passes
  findings = 1,      ///< `lint` found something, `doctor` or `log` is not content
  usage = 2,         ///< the command line is wrong
  policy = 3,        ///< a policy or a file that cannot be loaded
  cases_failed = 4,  ///< `test`
  gate_failed = 5,   ///< `replay`
  ask = 10,          ///< `check`
  deny = 11,         ///< `check`
  internal = 70,     ///< a fault of belay itself
};

}  // namespace belay::cli
