#pragma once

#include <span>

#include "base/diag.h"
#include "policy/rule.h"

namespace belay::policy {

/// Replaces every `@name` by the values of its list, each with the span of the reference, since that lies in the rule's file. A list in a
/// file without a `[pack]` replaces one in a file with; two of the same standing are an error. `below`: the files of the layer below,
/// whose lists and rules take part too (adopt.h).
[[nodiscard]] Policy expand_lists(Policy policy, base::Diagnostics& out, std::span<const SourcePtr> below = {});

/// Applies the overrides in order of writing. They stay in `Policy::overrides`, so that whoever merges layers can apply those of rules
/// that are not in these files.
[[nodiscard]] Policy apply_overrides(Policy policy, base::Diagnostics& out);

/// Both, in this order.
[[nodiscard]] Policy resolve(Policy policy, base::Diagnostics& out, std::span<const SourcePtr> below = {});

}  // namespace belay::policy
