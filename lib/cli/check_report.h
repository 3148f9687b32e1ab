#pragma once

#include <functional>
#include <string>

#include "json/writer.h"
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
  bool strict = false;  ///< its profile
  std::function<void(json::Writer&, const std::string& rule)> write_meta = {};  ///< what a rule is filed under
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
