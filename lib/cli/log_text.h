#pragma once

#include <string>

#include "audit/record.h"
#include "model/decision.h"

/// Records for people.
namespace belay::cli {

/// `deny`, or `pass, would deny` when only the mode let it through.
[[nodiscard]] std::string verdict_text(const model::Decision& decision);

/// What the call does, as far as one line holds it: the command, the path, the URL …; nothing in it can harm a terminal.
[[nodiscard]] std::string subject_text(const model::Call& call, std::size_t most = 160);

/// Time, verdict, agent, tool, subject and leading rule; no newline.
[[nodiscard]] std::string record_text(const audit::Record& record, bool colour);

}  // namespace belay::cli
