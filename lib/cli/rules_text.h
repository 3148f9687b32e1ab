#pragma once

#include <set>
#include <string>
#include <string_view>

#include "image/image.h"
#include "json/writer.h"

/// The rules of a compiled policy for people and for tools.
namespace belay::cli {

/// How the rules of one layer are shown.
struct RulesShown {
  bool strict = false;                  ///< the profile
  std::set<std::string> elsewhere = {};  ///< ids that a layer above has in their place
};
/// One line a rule: action in the profile (`off`: the profile has no such rule), severity, id, summary.
[[nodiscard]] std::string rules_list(const image::View& policy, const RulesShown& how);
/// The same as lines of JSON, with file, line, kinds of operations, both profiles and what the rule is filed under.
[[nodiscard]] std::string rules_json(const image::View& policy, const RulesShown& how);
/// What a rule is filed under, as a JSON object: key, list of ids.
void write_meta(json::Writer& w, const image::View& policy, image::Range meta);
/// Everything that a person should know of one rule; empty when there is none of that id. Patterns are not shown.
[[nodiscard]] std::string rule_page(const image::View& policy, std::string_view id);

}  // namespace belay::cli
