#pragma once

#include "decide/layers.h"

namespace belay::decide {

/// What a rule that cannot be sure of `op` does by itself, before its action limits it: `unsure` of the rule, or else ask for a recursive
/// deletion, for a statement, and for the URL or body of a changing request to a host that the rule names; log for everything else.
[[nodiscard]] model::Verdict doubt(const image::RuleRecord& rule, const model::Operation& op);

/// What a rule of `layer` that holds says; `pass`: nothing. Of a guessed operation none says more than ask, nor of a
/// stored one: the script may be the user's own, and which of its branches are taken is not known. Of that, no doubt says more than log.
[[nodiscard]] model::Verdict verdict(const image::RuleRecord& rule, const Standing& standing, const Layer& layer,
                                     model::Truth truth, const model::Operation& op);

}  // namespace belay::decide
