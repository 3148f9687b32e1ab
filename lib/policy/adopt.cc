#include "policy/adopt.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "policy/diag_table.h"
#include "policy/expand.h"
#include "policy/load.h"

namespace belay::policy {

namespace {

constexpr std::string_view kDefault = "@default";

bool in_pack(const Policy& policy, const Param& param) {
  return std::any_of(policy.packs.begin(), policy.packs.end(), [&](const Pack& pack) { return pack.source == param.source; });
}

bool has_default(const Param& param) {
  return std::any_of(param.values.begin(), param.values.end(), [](const Value& v) { return v.text == kDefault; });
}

/// Whether anything in these files may mean something of the layer below: reading that costs time.
bool looks_below(const Policy& policy) {
  std::set<std::string> own;
  for (const auto& param : policy.params) {
    if (!in_pack(policy, param) || has_default(param)) return true;
    own.insert(param.name);
  }
  const auto knows = [&](const std::string& name) { return own.count(name) != 0; };
  return std::any_of(policy.packs.begin(), policy.packs.end(), [&](const Pack& pack) {
    return std::any_of(pack.rules.begin(), pack.rules.end(), [&](const Rule& rule) {
      const auto names = lists_of(rule);
      return !std::all_of(names.begin(), names.end(), knows);
    });
  });
}

const Param* list_named(const std::vector<Param>& params, std::string_view name, const Param& but) {
  const auto found = std::find_if(params.begin(), params.end(), [&](const Param& p) { return &p != &but && p.name == name; });
  return found == params.end() ? nullptr : &*found;
}

void no_default(const Param& param, Span span, const Policy& lower, base::Diagnostics& out) {
  std::vector<std::string_view> names;
  for (const auto& one : lower.params) names.push_back(one.name);
  const auto near = base::nearest_name(param.name, names);
  report(out, param.source, span,
         {Code::unknown_reference, "no list `" + param.name + "` has a default", "",
          near.empty() ? "docs/parameters.md names those that have one" : "did you mean the list `" + std::string(near) + "`?"});
}

void fill_default(Param& param, const Param* standard, const Policy& lower, base::Diagnostics& out) {
  std::vector<Value> filled;
  for (auto& value : param.values) {
    if (value.text != kDefault) {
      filled.push_back(std::move(value));
    } else if (standard == nullptr) {
      no_default(param, value.span, lower, out);
    } else {
      for (const auto& one : standard->values) filled.push_back({one.text, value.span});
    }
  }
  param.values = std::move(filled);
}

void fill_defaults(Policy& policy, const Policy& lower, base::Diagnostics& out) {
  for (auto& param : policy.params) {
    if (!has_default(param)) continue;
    const Param* standard = in_pack(policy, param) ? nullptr : list_named(policy.params, param.name, param);
    if (standard == nullptr) standard = list_named(lower.params, param.name, param);
    fill_default(param, standard, lower, out);
  }
}

/// The lists of the layer below, with those that these files set for all in their place; and the names of these.
Lists lists_for_all(const Policy& policy, const Policy& lower, std::set<std::string>& changed) {
  Lists lists;
  for (const auto& param : lower.params) lists[param.name] = &param;
  for (const auto& param : policy.params) {
    const auto known = lists.find(param.name);
    if (known == lists.end() || in_pack(policy, param)) continue;
    known->second = &param;
    changed.insert(param.name);
  }
  return lists;
}

bool uses_any(const Rule& rule, const std::set<std::string>& names) {
  const auto used = lists_of(rule);
  return std::any_of(used.begin(), used.end(), [&](const std::string& name) { return names.count(name) != 0; });
}

void add_adopted(Policy& policy, Policy lower, base::Diagnostics& out) {
  std::set<std::string> changed;
  const Lists lists = lists_for_all(policy, lower, changed);
  std::set<std::string> own;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) own.insert(rule.id);
  }
  for (auto& pack : lower.packs) {
    Pack adopted{pack.id, pack.title, pack.id_span, pack.source, {}};
    for (auto& rule : pack.rules) {
      if (own.count(rule.id) != 0 || !uses_any(rule, changed)) continue;
      expand(lists, rule, out);
      rule.adopted = true;
      rule.cases.clear();
      adopted.rules.push_back(std::move(rule));
    }
    if (!adopted.rules.empty()) policy.packs.push_back(std::move(adopted));
  }
}

}  // namespace

Policy adopt(Policy policy, std::span<const SourcePtr> below, base::Diagnostics& out) {
  if (!looks_below(policy)) return policy;
  base::Diagnostics known;  // these files were compiled before: there is nothing new to say of them
  Policy lower = load(below, known);
  fill_defaults(policy, lower, out);
  std::vector<Param> standing = lower.params;
  add_adopted(policy, std::move(lower), out);
  for (auto& param : standing) {
    param.below = true;
    policy.params.push_back(std::move(param));
  }
  return policy;
}

Policy own_rules(Policy policy) {
  for (auto& pack : policy.packs) std::erase_if(pack.rules, [](const Rule& rule) { return rule.adopted; });
  return policy;
}

}  // namespace belay::policy
