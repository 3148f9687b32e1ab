#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule.h"

/// Documentation that is made from rule files, for people: patterns are shown. Markdown.
namespace belay::rulekit {

struct Page {
  std::string name;  ///< of the file
  std::string text;
};

/// One page a rule, `PACK.NAME.md`, and `README.md`, which names them all. Neither holds line numbers: a page changes when its rule does.
/// `policy` is loaded and not resolved: lists are shown by name.
[[nodiscard]] std::vector<Page> rule_pages(const policy::Policy& policy, std::span<const policy::Framework> frameworks);

/// The lists of `policy` with what they are for, what they hold and which rules use them: the generated part of docs/parameters.md.
[[nodiscard]] std::string lists_page(const policy::Policy& policy);

/// A commented file with one rule called `id` (`pack.name`) to be filled in. It passes lint and test as it is.
[[nodiscard]] std::string rule_template(std::string_view id);

/// In plain words, one line a condition, as an indented Markdown list.
[[nodiscard]] std::string conditions_in_words(const policy::Rule& rule);

}  // namespace belay::rulekit
