#pragma once

#include <string>

#include "base/diag.h"
#include "base/result.h"
#include "policy/knowledge.h"
#include "policy/rule.h"

namespace belay::policy {

/// Turns loaded rules and knowledge into the bytes of an image (image/image.h). Patterns that do not compile and references that do
/// not resolve are reported to `out`; with an error reported the result is Errc::invalid. Same input, same bytes.
[[nodiscard]] base::Result<std::string> compile(const Policy& policy, const Knowledge& knowledge, base::Diagnostics& out);

}  // namespace belay::policy
