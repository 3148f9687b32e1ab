#include <algorithm>

#include "policy/load_parts.h"

namespace belay::policy {

namespace {

using model::OpKind;
using model::Verdict;

std::vector<OpKind> kinds_of(const Rule& rule) {
  std::vector<OpKind> kinds = rule.also_on;
  kinds.insert(kinds.begin(), rule.on);
  return kinds;
}

std::string named(const std::vector<OpKind>& kinds) {
  std::string out;
  for (const auto kind : kinds) out += (out.empty() ? "`" : " or `") + std::string(model::name_of(kind)) + "`";
  return out;
}

/// Which kinds a condition would have been right for.
std::string homes_of(const ConditionRow& row) {
  std::vector<std::string_view> names;
  for (const auto& [name, kind] : kind_words()) {
    if (row.applies.has(kind)) names.push_back(name);
  }
  return "it is a condition of " + quoted_list(names);
}

enum class Demand : bool { some, every };

void check_applies(const Reader& in, const Conjunction& conditions, const std::vector<OpKind>& kinds, Demand demand) {
  for (const auto& condition : conditions) {
    const ConditionRow& row = row_of(condition.key);
    const auto applies = [&](OpKind kind) { return row.applies.has(kind); };
    const bool every = demand == Demand::every && !row.suppresses;
    const bool fine = every ? std::all_of(kinds.begin(), kinds.end(), applies) : std::any_of(kinds.begin(), kinds.end(), applies);
    if (fine) continue;
    in.report(condition.span, {Code::not_applicable, "`" + std::string(row.name) + "` says nothing about " + named(kinds),
                               homes_of(row), kinds.size() > 1 ? "split the rule by kind, or put it into `any`" : ""});
  }
}

void check_conditions(const Reader& in, const Rule& rule) {
  const auto kinds = kinds_of(rule);
  check_applies(in, rule.conditions, kinds, Demand::every);
  for (const auto& group : rule.all) check_applies(in, group, kinds, Demand::every);
  for (const auto& group : rule.any) check_applies(in, group, kinds, Demand::some);
  for (const auto& group : rule.none) check_applies(in, group, kinds, Demand::some);
  for (const auto& related : rule.reaches) check_applies(in, related.conditions, {related.on}, Demand::every);
  for (const auto& related : rule.also) check_applies(in, related.conditions, {related.on}, Demand::every);
  const bool program = std::all_of(kinds.begin(), kinds.end(), [](OpKind kind) { return kinds_with_program().has(kind); });
  if (!rule.commands.empty() && !program) {
    in.report(rule.commands.front().span, {Code::not_applicable, "`command` says nothing about " + named(kinds), "", ""});
  }
}

void check_not_host(const Reader& in, const std::vector<Related>& all) {
  for (const auto& related : all) {
    if (related.not_host.empty() || related.on == OpKind::fetch) continue;
    in.report(related.not_host.front().span,
              {Code::not_applicable, "`not_host` says nothing about " + named({related.on}), "it is a condition of `fetch`", ""});
  }
}

bool has_key(const Rule& rule, Key key) {
  return std::any_of(rule.conditions.begin(), rule.conditions.end(), [&](const Condition& c) { return c.key == key; });
}

/// Whether something selects the rule; suppressing conditions alone would leave it standing for every operation of its kind.
bool selective(const Rule& rule) {
  const bool conditions =
      std::any_of(rule.conditions.begin(), rule.conditions.end(), [](const Condition& c) { return !row_of(c.key).suppresses; });
  return conditions || !rule.commands.empty() || !rule.any.empty() || !rule.all.empty() || !rule.reaches.empty() ||
         !rule.also.empty() || rule.on == OpKind::opaque;
}

std::string_view name_of(Unsure unsure) {
  switch (unsure) {
    case Unsure::unset: return "";
    case Unsure::ask: return "ask";
    case Unsure::log: return "log";
    case Unsure::pass: return "pass";
  }
  return "";
}

void check_floor(const Reader& in, const Rule& rule) {
  if (!rule.floor) return;
  const auto report = [&](std::string message) {
    in.report(rule.span, {Code::contradiction, std::move(message), "", "a floor rule denies or asks, in every mode"});
  };
  if (rule.action != Verdict::deny && rule.action != Verdict::ask)
    report("a floor rule whose action is `" + std::string(model::name_of(rule.action)) + "`");
  if (rule.mode == RuleMode::observe || rule.mode == RuleMode::off) report("a floor rule with a mode that does not enforce");
}

void check_strict(const Reader& in, const Rule& rule) {
  if (!rule.strict) return;
  if (rule.profile == Profile::strict) {
    in.report(rule.span, {Code::contradiction, "`strict` in a rule of the strict profile", "", "its `action` says it all"});
  } else if (*rule.strict <= rule.action) {
    in.report(rule.span, {Code::contradiction,
                          "`strict = \"" + std::string(model::name_of(*rule.strict)) + "\"` is not stricter than the action `" +
                              std::string(model::name_of(rule.action)) + "`",
                          "", "the strict profile only tightens"});
  }
}

void check_cases(const Reader& in, const Rule& rule) {
  for (const auto& one : rule.cases) {
    const Verdict action = one.profile == Profile::strict ? rule.strict.value_or(rule.action) : rule.action;
    if (!one.expect || *one.expect == Verdict::pass || *one.expect == action) continue;
    const bool reachable = *one.expect < action && *one.expect != Verdict::allow;
    if (reachable) continue;
    in.report(one.span, {Code::contradiction,
                         "the case expects `" + std::string(model::name_of(*one.expect)) + "` of a rule whose action is `" +
                             std::string(model::name_of(action)) + "`",
                         "", "`decision` is about the whole policy, `expect` about this rule alone"});
  }
}

}  // namespace

Verdict strictness(Unsure unsure) {
  switch (unsure) {
    case Unsure::unset:
    case Unsure::pass: return Verdict::pass;
    case Unsure::log: return Verdict::log;
    case Unsure::ask: return Verdict::ask;
  }
  return Verdict::pass;
}

void check_rule(const Reader& in, const Rule& rule, Sound sound) {
  check_conditions(in, rule);
  check_not_host(in, rule.reaches);
  check_not_host(in, rule.also);
  check_floor(in, rule);
  check_strict(in, rule);
  check_cases(in, rule);
  if (sound == Sound::yes && !selective(rule)) {
    in.report(rule.span, {Code::missing_key, "the rule has no condition: it would hold for every " + named(kinds_of(rule)), "",
                          "say at least what it is about"});
  }
  if (sound == Sound::yes && has_key(rule, Key::except) && !has_key(rule, Key::path) && !has_key(rule, Key::covers) &&
      rule.any.empty() && rule.all.empty()) {
    in.report(rule.span, {Code::contradiction, "`except` without `path` or `covers`", "", "say which paths the rule is about"});
  }
  if (strictness(rule.unsure) > rule.action) {
    in.report(rule.span, {Code::too_strict_unsure,
                          "`unsure = \"" + std::string(name_of(rule.unsure)) + "\"` is stricter than the action `" +
                              std::string(model::name_of(rule.action)) + "`",
                          "", ""});
  }
  if (rule.action == Verdict::allow)
    in.report(rule.span, {Code::allow_in_pack, "the rule `" + rule.id + "` silences the agent's own prompt", "", ""});
}

}  // namespace belay::policy
