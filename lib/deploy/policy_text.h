#pragma once

#include <string>
#include <string_view>

/// The one line of a policy file that installing may change.
namespace belay::deploy {

/// `text`, a TOML file, with `mode = "…"` in its table `[policy]`; everything else stays, comments included. A file without that table gets it
/// at the end. Knows only the usual spelling of tables and keys: the caller reads the result before it writes it.
[[nodiscard]] std::string with_mode(std::string_view text, std::string_view mode);

}  // namespace belay::deploy
