#pragma once

#include <string>

#include "model/call.h"
#include "model/decision.h"
#include "model/operation.h"

namespace belay::cli {

/// Everything that `belay check` found out about a call.
struct Checked {
  model::Call call;
  model::Analysis analysis;
  model::Decision decision;
  std::string origin;  ///< of the policy: embedded, cache, memory, given
};

struct CheckStyle {
  bool explain = false;  ///< every match, every detail, what the agent is told
  bool colour = false;
};
/// For people; last newline included.
[[nodiscard]] std::string check_text(const Checked& checked, const CheckStyle& style);
/// One JSON object with everything, on one line.
[[nodiscard]] std::string check_json(const Checked& checked);

}  // namespace belay::cli
