#include "policy/merge.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "path/path.h"
#include "policy/adopt.h"
#include "policy/condition_table.h"
#include "policy/diag_table.h"
#include "policy/expand.h"
#include "policy/load_parts.h"
#include "policy/load_pattern.h"

namespace belay::policy {

namespace {

using model::Verdict;

Lists collect_lists(const Policy& policy, base::Diagnostics& out) {
  std::set<const base::SourceText*> packs;
  for (const auto& pack : policy.packs) packs.insert(pack.source.get());
  // From the lowest: lists of the layer below, of packs, of policy files.
  const auto standing = [&](const Param& p) { return p.below ? 0 : packs.count(p.source.get()) != 0 ? 1 : 2; };
  Lists lists;
  for (const auto& param : policy.params) {
    const Param*& place = lists[param.name];
    if (place != nullptr && standing(*place) == standing(param)) {
      const auto line = place->source->position(place->span.begin).line;
      report(out, param.source, param.span,
             {Code::duplicate, "the list `" + param.name + "` exists already",
              "first at " + place->source->name() + ":" + std::to_string(line), ""});
    } else if (place == nullptr || standing(param) > standing(*place)) {
      place = &param;
    }
  }
  return lists;
}

bool relaxes(const Override& change, const Rule& rule) {
  return (change.action && *change.action < rule.action) || change.mode == RuleMode::observe || change.mode == RuleMode::off ||
         !change.except.empty();
}

bool has_paths(const Rule& rule) {
  const Kinds kinds = row_of(Key::except).applies;
  return kinds.has(rule.on) ||
         std::any_of(rule.also_on.begin(), rule.also_on.end(), [&](model::OpKind k) { return kinds.has(k); });
}

Unsure milder(Unsure unsure, Verdict action) {
  if (strictness(unsure) <= action) return unsure;
  return action == Verdict::log ? Unsure::log : Unsure::pass;
}

/// Whoever names a rule of the strict profile and says what it is to do wants it.
bool switches_on(const Override& change, const Rule& rule) {
  return change.rule == rule.id && (change.action || change.mode == RuleMode::enforce || change.mode == RuleMode::observe);
}

void apply(const Override& change, Rule& rule) {
  if (switches_on(change, rule)) rule.profile = Profile::standard;
  if (change.action) {
    rule.action = *change.action;
    rule.strict.reset();
    rule.unsure = milder(rule.unsure, rule.action);
  }
  if (change.mode != RuleMode::inherit) rule.mode = change.mode;
  if (change.except.empty()) return;
  Condition except;
  except.key = Key::except;
  // The span of an override lies in another file: a message about the rule points at the rule.
  for (const auto& value : change.except) except.values.push_back({value.text, rule.id_span});
  except.span = rule.id_span;
  rule.conditions.push_back(std::move(except));
}

/// True when the rule is one that the override names, whether or not it may be changed.
bool consider(const Override& change, Rule& rule, base::Diagnostics& out) {
  const bool exact = change.rule == rule.id;
  if (!exact && path::match_plain(change.rule, rule.id) != model::Truth::yes) return false;
  if (rule.floor && relaxes(change, rule)) {
    // A pattern over many rules simply does not reach the floor; naming the rule itself is a mistake that somebody must hear of.
    if (exact)
      report(out, change.source, change.span,
             {Code::relaxes_floor, "the floor rule `" + rule.id + "` cannot be relaxed", "", ""});
    return true;
  }
  if (!change.except.empty() && !has_paths(rule)) {
    if (exact)
      report(out, change.source, change.span,
             {Code::not_applicable, "the rule `" + rule.id + "` is not about paths", "`except` is a path", ""});
    return true;
  }
  apply(change, rule);
  return true;
}

void apply_one(const Override& change, Policy& policy, base::Diagnostics& out) {
  if (change.rule.empty()) return;
  bool found = false;
  std::vector<std::string_view> ids;
  for (auto& pack : policy.packs) {
    for (auto& rule : pack.rules) {
      found = consider(change, rule, out) || found;
      ids.push_back(rule.id);
    }
  }
  if (found) return;
  const auto near = base::nearest_name(change.rule, ids);
  report(out, change.source, change.span,
         {Code::override_of_nothing, "no rule `" + change.rule + "` here", "",
          near.empty() ? "it has an effect where the rule is loaded beside it" : "did you mean `" + std::string(near) + "`?"});
}

}  // namespace

Policy expand_lists(Policy policy, base::Diagnostics& out, std::span<const SourcePtr> below) {
  policy = adopt(std::move(policy), below, out);
  const Lists lists = collect_lists(policy, out);
  for (auto& pack : policy.packs) {
    for (auto& rule : pack.rules) expand(lists, rule, out);
  }
  for (auto& change : policy.overrides) expand(lists, change, out);
  return policy;
}

Policy apply_overrides(Policy policy, base::Diagnostics& out) {
  for (const auto& change : policy.overrides) apply_one(change, policy, out);
  return policy;
}

Policy resolve(Policy policy, base::Diagnostics& out, std::span<const SourcePtr> below) {
  return apply_overrides(expand_lists(std::move(policy), out, below), out);
}

}  // namespace belay::policy
