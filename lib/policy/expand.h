#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/diag.h"
#include "policy/condition_table.h"
#include "policy/rule.h"

/// Lists of `[params]` in the places where rules name them: a whole value, `@production`, or in globs, options and variables the rest of
/// one after `=`, `:`, `/` or `+`: `--context=@production`, `*:@protected_branches`.
namespace belay::policy {

struct Reference {
  std::string prefix;  ///< `--context=`
  std::string name;
};
/// What `text`, a value of the key of `row` (null: a name or a command), refers to.
[[nodiscard]] std::optional<Reference> reference_in(const ConditionRow* row, const std::string& text);

using Lists = std::map<std::string, const Param*, std::less<>>;

/// The names of the lists that a rule refers to.
[[nodiscard]] std::set<std::string> lists_of(const Rule& rule);
/// Puts the values of lists where the rule refers to them. A name that is not in `lists`, and a value that is not right where it is used,
/// is reported.
void expand(const Lists& lists, Rule& rule, base::Diagnostics& out);
void expand(const Lists& lists, Override& change, base::Diagnostics& out);

}  // namespace belay::policy
