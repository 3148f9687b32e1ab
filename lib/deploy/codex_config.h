#pragma once

#include <string_view>
#include <vector>

#include "deploy/registration.h"

/// Codex keeps its switches in TOML (config.toml, requirements.toml). A line by line look is enough for a diagnosis, which says "look there"
/// and changes nothing.
namespace belay::deploy {

/// What `[features] hooks` (or the older `codex_hooks`) says.
enum class Feature : unsigned char { unsaid, on, off };
[[nodiscard]] Feature codex_hooks_feature(std::string_view toml);

/// Whether config.toml holds the trust that a person gave to hooks of `hooks_file`; without it Codex skips them in silence.
[[nodiscard]] bool codex_trusts(std::string_view config, std::string_view hooks_file);

/// Registrations of belay among the managed hooks of requirements.toml.
[[nodiscard]] std::vector<Registration> codex_managed_hooks(std::string_view requirements);

}  // namespace belay::deploy
