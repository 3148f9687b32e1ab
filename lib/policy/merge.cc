#include "policy/merge.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "path/path.h"
#include "policy/condition_table.h"
#include "policy/diag_table.h"
#include "policy/load_parts.h"
#include "policy/load_pattern.h"

namespace belay::policy {

namespace {

using model::Verdict;

using Lists = std::map<std::string, const Param*, std::less<>>;

Lists collect_lists(const Policy& policy, base::Diagnostics& out) {
  std::set<const base::SourceText*> packs;
  for (const auto& pack : policy.packs) packs.insert(pack.source.get());
  const auto standing = [&](const Param& p) { return packs.count(p.source.get()) == 0; };
  Lists lists;
  for (const auto& param : policy.params) {
    const Param*& place = lists[param.name];
    if (place != nullptr && standing(*place) == standing(param)) {
      const auto line = place->source->position(place->span.begin).line;
      report(out, param.source, param.span,
             {Code::duplicate, "the list `" + param.name + "` exists already",
              "first at " + place->source->name() + ":" + std::to_string(line), ""});
    } else if (place == nullptr || standing(param)) {
      place = &param;
    }
  }
  return lists;
}

/// Puts the values of lists where a file refers to them.
class Expander {
 public:
  Expander(const Lists& lists, base::Diagnostics& out) : lists_(lists), out_(out) {}

  void rule(Rule& rule) const;
  /// `row` says what the values must look like; null: any text.
  void values(const SourcePtr& source, const ConditionRow* row, std::vector<Value>& values) const;

 private:
  void conjunction(const SourcePtr& source, Conjunction& conditions) const;
  void append(const SourcePtr& source, const ConditionRow* row, const Value& reference, std::vector<Value>& into) const;

  const Lists& lists_;
  base::Diagnostics& out_;
};

void Expander::append(const SourcePtr& source, const ConditionRow* row, const Value& reference, std::vector<Value>& into) const {
  const auto found = lists_.find(std::string_view(reference.text).substr(1));
  if (found == lists_.end()) {
    std::vector<std::string_view> names;
    for (const auto& [name, param] : lists_) names.push_back(name);
    const auto near = base::nearest_name(std::string_view(reference.text).substr(1), names);
    report(out_, source, reference.span,
           {Code::unknown_reference, "no list `" + reference.text + "`", "",
            near.empty() ? "" : "did you mean `@" + std::string(near) + "`?"});
    return;
  }
  for (const auto& value : found->second->values) {
    if (is_reference(value.text)) continue;  // reported where the list was read
    if (row != nullptr) {
      if (auto fault = check_value(*row, value.text)) {
        fault->finding.label = "used as `" + std::string(row->name) + "` at " + source->name() + ":" +
                               std::to_string(source->position(reference.span.begin).line);
        const auto& where = found->second->source;
        report(out_, where, inside_string(*where, value.span, fault->begin, fault->end), std::move(fault->finding));
      }
    }
    into.push_back({value.text, reference.span});
  }
}

void Expander::values(const SourcePtr& source, const ConditionRow* row, std::vector<Value>& values) const {
  if (std::none_of(values.begin(), values.end(), [](const Value& v) { return is_reference(v.text); })) return;
  std::vector<Value> expanded;
  for (auto& value : values) {
    if (is_reference(value.text)) append(source, row, value, expanded);
    else expanded.push_back(std::move(value));
  }
  values = std::move(expanded);
}

bool takes_lists(ValueKind kind) {
  switch (kind) {
    case ValueKind::glob:
    case ValueKind::option:
    case ValueKind::assignment:
    case ValueKind::path: return true;
    case ValueKind::exact:
    case ValueKind::word:
    case ValueKind::regex:
    case ValueKind::boolean: return false;
  }
  return false;
}

void Expander::conjunction(const SourcePtr& source, Conjunction& conditions) const {
  for (auto& condition : conditions) {
    const ConditionRow& row = row_of(condition.key);
    if (takes_lists(row.kind)) values(source, &row, condition.values);
  }
}

void Expander::rule(Rule& rule) const {
  values(rule.source, nullptr, rule.commands);
  conjunction(rule.source, rule.conditions);
  for (auto* groups : {&rule.any, &rule.all, &rule.none}) {
    for (auto& group : *groups) conjunction(rule.source, group);
  }
  for (auto* all : {&rule.reaches, &rule.also}) {
    for (auto& related : *all) {
      conjunction(rule.source, related.conditions);
      values(rule.source, &row_of(Key::host), related.not_host);
    }
  }
  When& when = rule.when;
  for (auto* names : {&when.agents, &when.users, &when.groups, &when.hosts, &when.repositories})
    values(rule.source, nullptr, *names);
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

void apply(const Override& change, Rule& rule) {
  if (change.action) {
    rule.action = *change.action;
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

Policy expand_lists(Policy policy, base::Diagnostics& out) {
  const Lists lists = collect_lists(policy, out);
  const Expander expander(lists, out);
  for (auto& pack : policy.packs) {
    for (auto& rule : pack.rules) expander.rule(rule);
  }
  for (auto& change : policy.overrides) expander.values(change.source, &row_of(Key::except), change.except);
  return policy;
}

Policy apply_overrides(Policy policy, base::Diagnostics& out) {
  for (const auto& change : policy.overrides) apply_one(change, policy, out);
  return policy;
}

Policy resolve(Policy policy, base::Diagnostics& out) { return apply_overrides(expand_lists(std::move(policy), out), out); }

}  // namespace belay::policy
