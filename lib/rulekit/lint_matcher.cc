#include <algorithm>
#include <map>

#include "policy/condition_table.h"
#include "rulekit/findings.h"
#include "rulekit/lint.h"

namespace belay::rulekit {

namespace {

using policy::Condition;
using policy::Conjunction;
using policy::Rule;

/// One text for everything that says when a rule holds; equal texts mean equal rules. Lists have no order.
class Matcher {
 public:
  explicit Matcher(const Rule& rule) {
    std::vector<std::string> kinds{std::string(model::name_of(rule.on))};
    for (const auto kind : rule.also_on) kinds.emplace_back(model::name_of(kind));
    add("on", std::move(kinds));
    values("command", rule.commands);
    add("conditions", {conjunction(rule.conditions)});
    groups("any", rule.any);
    groups("all", rule.all);
    groups("not", rule.none);
    related("reaches", rule.reaches);
    related("also", rule.also);
    const auto& when = rule.when;
    values("agents", when.agents);
    values("users", when.users);
    values("groups", when.groups);
    values("hosts", when.hosts);
    values("repositories", when.repositories);
    add("profile", {std::to_string(static_cast<int>(rule.profile))});
    add("unattended", {when.unattended ? std::to_string(static_cast<int>(*when.unattended)) : ""});
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static std::string joined(std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    std::string out;
    for (const auto& part : parts) out += std::to_string(part.size()) + ":" + part + ",";
    return out;
  }
  static std::string listed(const std::vector<policy::Value>& values) {
    std::vector<std::string> texts;
    for (const auto& value : values) texts.push_back(value.text);
    return joined(std::move(texts));
  }
  static std::string conjunction(const Conjunction& conditions) {
    std::vector<std::string> parts;
    for (const auto& c : conditions)
      parts.push_back(std::string(policy::row_of(c.key).name) + "=" + listed(c.values) + (c.flag ? "" : "false"));
    return joined(std::move(parts));
  }

  void add(std::string_view name, std::vector<std::string> parts) {
    text_ += std::string(name) + "{" + joined(std::move(parts)) + "}";
  }
  void values(std::string_view name, const std::vector<policy::Value>& list) {
    text_ += std::string(name) + "{" + listed(list) + "}";
  }
  void groups(std::string_view name, const std::vector<Conjunction>& all) {
    std::vector<std::string> parts;
    for (const auto& group : all) parts.push_back(conjunction(group));
    add(name, std::move(parts));
  }
  void related(std::string_view name, const std::vector<policy::Related>& all) {
    std::vector<std::string> parts;
    for (const auto& one : all)
      parts.push_back(std::string(model::name_of(one.on)) + conjunction(one.conditions) + "!" + listed(one.not_host));
    add(name, std::move(parts));
  }

  std::string text_;
};

}  // namespace

void lint_matchers(const policy::Policy& policy, base::Diagnostics& out) {
  std::map<std::string, const Rule*> seen;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      const auto [first, fresh] = seen.try_emplace(Matcher(rule).text(), &rule);
      if (fresh) continue;
      const Rule& other = *first->second;
      const bool equal = other.action == rule.action;
      const Rule& loser = !equal && other.action < rule.action ? other : rule;
      const Rule& winner = &loser == &rule ? other : rule;
      report(out, loser.source, loser.span,
             {equal ? Code::same_matcher : Code::outdone_matcher,
              equal ? "the rule `" + loser.id + "` holds exactly when `" + winner.id + "` does"
                    : "the rule `" + loser.id + "` never decides: `" + winner.id + "` holds whenever it does and is stricter",
              "see " + winner.source->name() + ":" + std::to_string(winner.line)});
    }
  }
}

}  // namespace belay::rulekit
