#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "base/span.h"
#include "policy/rule.h"

/// Mutation testing of rules: the ways a rule could be wrong that some case of it has to notice.
namespace belay::rulekit {

/// One rule with one change. It need not compile.
struct Mutant {
  policy::Rule rule;
  std::string what;  ///< `option without "--mirror"`, `action = "ask"`
  base::Span span;   ///< what was changed
};

/// Pairs of options that are two spellings of one, both ways round: they are taken out together.
using Synonyms = std::set<std::pair<std::string, std::string>>;

/// Calls `use` for each: another action; without what it does in the strict profile, or its being in that profile alone; without one
/// kind of operation, one command, one value, one condition, one table, one relation; with one alternative or one anchor less in a
/// pattern; with the globs of a condition open at their begin or end. Values of a list of `[params]` are not the rule's to prove.
void each_mutant(const policy::Rule& rule, const Synonyms& synonyms, const std::function<void(const Mutant&)>& use);

}  // namespace belay::rulekit
