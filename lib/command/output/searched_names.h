#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/text.h"

/// What the patterns of a search (`find -name`, `-path`, `-regex`, fd) pick, as names of files.
namespace belay::command {

/// A pattern as text: what it leaves open is a hole, which may hold a slash where the pattern is one of whole paths.
[[nodiscard]] model::Text text_of_glob(const model::Text& glob, model::HoleTrait open = model::HoleTrait::none);

/// The names that a pattern of names picks: itself with holes, and those among the usual names of secrets which it meets. Who searches for
/// `id_*` is after `id_rsa`, which no hole says for certain.
[[nodiscard]] std::vector<model::Text> names_of_glob(const model::Text& glob);

/// A regular expression (of emacs, POSIX or Rust) as a pattern, where it says no more than one can; `whole` if it has to meet all of the name.
[[nodiscard]] std::optional<std::string> glob_of_regex(std::string_view regex, bool whole);

}  // namespace belay::command
