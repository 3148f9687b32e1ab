#pragma once

#include <string>

/// JSON Schemas (draft 4, which TOML editors read) of what people write and tools read.
namespace belay::rulekit {

/// Rule files and policy.toml: one dialect. Ends with a newline.
[[nodiscard]] std::string rules_schema();
/// What `belay check --json` prints.
[[nodiscard]] std::string check_schema();

}  // namespace belay::rulekit
