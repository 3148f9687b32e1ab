#pragma once

#include <span>

#include "base/diag.h"
#include "policy/rule.h"

namespace belay::policy {

/// Lets the lists of `policy` reach the rules of the layer below, whose files are `below` (carried_files).
///
/// A list of a file without a `[pack]` counts for every rule, shipped ones included: each rule below that names it is added to `policy`
/// with its lists in place, `adopted` and without its cases. Deciding takes it instead of the rule below, or besides it where this
/// layer may only tighten (decide/layers.h). In any list `@default` stands for what the list of this name is without it: that of a
/// `[pack]` of the same files, or else the one below. Rules of these files may name lists of the layer below.
[[nodiscard]] Policy adopt(Policy policy, std::span<const SourcePtr> below, base::Diagnostics& out);

/// `policy` without what it adopted: what its own files say.
[[nodiscard]] Policy own_rules(Policy policy);

}  // namespace belay::policy
