#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/call.h"

namespace belay::cli {

/// What `belay check` was asked about. One of command, argv, path, tool and payload is set.
struct CheckRequest {
  std::string command;
  std::vector<std::string> argv;
  std::string path, access = "read";
  std::string tool, input = "{}";
  bool payload = false;  ///< a hook payload on standard input
  std::string cwd, home, agent;
  bool unattended = false;
};

/// The call that an agent would announce for it. `payload_text`: what stood on standard input. Errc::invalid says what is wrong with it.
[[nodiscard]] base::Result<model::Call> call_of(const CheckRequest& request, const std::string& payload_text);

}  // namespace belay::cli
