#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule.h"
#include "rulekit/check_files.h"

/// The catalogues that rules are filed under (`[[framework]]`): ids, titles, addresses.
namespace belay::rulekit {

/// Keys of `meta` that hold free text and belong to no catalogue.
inline constexpr std::array<std::string_view, 3> kFreeMeta{"refs", "owner", "note"};

/// Those of `policy`, then those of the files that `below` carries; those of the same key are one.
[[nodiscard]] std::vector<policy::Framework> frameworks_of(const policy::Policy& policy, Below below);

/// Null when none has this key.
[[nodiscard]] const policy::Framework* framework_named(std::span<const policy::Framework> frameworks, std::string_view key);
/// Empty when the framework has no such id.
[[nodiscard]] std::string_view title_of(const policy::Framework& framework, std::string_view id);
/// The address of an entry; empty when the framework has none.
[[nodiscard]] std::string url_of(const policy::Framework& framework, std::string_view id);

/// For a finding in the table of a rule of `policy`: the rule's id and what it is filed under, `rule:git.force-push`, `attack:T1485`.
[[nodiscard]] std::function<std::vector<std::string>(const base::Diagnostic&)> tags_of(policy::Policy policy);

}  // namespace belay::rulekit
