#pragma once

#include <string>

#include "audit/record.h"
#include "model/decision.h"

/// Records for people.
namespace belay::cli {

/// `deny`, or `pass, would deny` when only the mode let it through.
[[nodiscard]] std::string verdict_text(const model::Decision& decision);

/// Time, verdict, agent, tool, subject and leading rule; no newline.
[[nodiscard]] std::string record_text(const audit::Record& record, bool colour);

}  // namespace belay::cli
