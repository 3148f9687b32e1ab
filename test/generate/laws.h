#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "change.h"
#include "policy/rule.h"
#include "run.h"

namespace belay::generate {

/// Changes that must change no decision: laws.txt and other blanks.
[[nodiscard]] std::vector<Change> read_laws(const std::string& path);
/// The cases of the rules in `folder` that are commands.
[[nodiscard]] std::vector<policy::Case> rule_cases(const std::string& folder);
/// Commands each ended by a zero byte.
[[nodiscard]] std::vector<policy::Case> commands_of(std::string_view bytes);

/// Every command under every law: `law COMMAND` for each decision that changes. `threads` share the work.
[[nodiscard]] Findings run_laws(const std::vector<policy::Case>& cases, const std::vector<Change>& laws, std::string_view image,
                                unsigned threads);

}  // namespace belay::generate
