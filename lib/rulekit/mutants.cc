#include "rulekit/mutants.h"

#include <algorithm>

#include "policy/condition_table.h"
#include "rulekit/mutate_text.h"

namespace belay::rulekit {

namespace {

using model::Verdict;
using policy::Condition;
using policy::ConditionRow;
using policy::Conjunction;
using policy::Key;
using policy::Related;
using policy::Rule;
using policy::Value;

/// Values that stand for a list have the place of its name, all the same one.
bool is_of_list(const std::vector<Value>& values, const Value& value) {
  return std::count_if(values.begin(), values.end(), [&](const Value& v) { return v.span == value.span; }) > 1;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

class Mutants {
 public:
  Mutants(const Rule& rule, const Synonyms& synonyms, const std::function<void(const Mutant&)>& use)
      : rule_(rule), synonyms_(synonyms), use_(use) {
    rule_.cases.clear();
  }

  void all() {
    verdicts();
    kinds();
    commands();
    conjunction(rule_.conditions, "");
    tables(rule_.any, "any", 2);
    tables(rule_.all, "all", 1);
    tables(rule_.none, "not", 1);
    related(rule_.reaches, "reaches");
    related(rule_.also, "also");
    when();
  }

 private:
  /// `rule_` as it stands now.
  void emit(std::string what, base::Span span) { use_({rule_, std::move(what), span}); }

  /// The rule with `part` as `other` for one moment.
  template <class T>
  void with(T& part, T other, std::string what, base::Span span) {
    std::swap(part, other);
    emit(std::move(what), span);
    std::swap(part, other);
  }

  void verdicts() {
    const Verdict other = rule_.action == Verdict::deny ? Verdict::ask : Verdict::deny;
    with(rule_.action, other, "action = " + quoted(model::name_of(other)), rule_.span);
    if (rule_.strict) with(rule_.strict, std::optional<Verdict>(), "without strict", rule_.span);
    if (rule_.profile == policy::Profile::strict) with(rule_.profile, policy::Profile::standard, "without profile", rule_.span);
    if (rule_.unsure != policy::Unsure::unset) with(rule_.unsure, policy::Unsure::unset, "without unsure", rule_.span);
  }

  void kinds() {
    for (std::size_t i = 0; i < rule_.also_on.size(); ++i) {
      auto fewer = rule_.also_on;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      with(rule_.also_on, std::move(fewer), "on without " + quoted(model::name_of(rule_.also_on[i])), rule_.span);
    }
  }

  void commands() {
    if (rule_.commands.empty()) return;
    values(rule_.commands, nullptr, "command");
    const base::Span span = rule_.commands.front().span;
    with(rule_.commands, {}, "without command", span);
  }

  /// Each value with its synonyms taken out, as long as any is left.
  void values(std::vector<Value>& list, const ConditionRow* row, const std::string& name) {
    std::vector<bool> done(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (done[i] || is_of_list(list, list[i])) continue;
      std::vector<Value> left;
      for (std::size_t k = 0; k < list.size(); ++k) {
        const bool gone =
            k == i || (row != nullptr && row->key == Key::option && synonyms_.count({list[i].text, list[k].text}) > 0);
        if (gone) done[k] = true;
        else left.push_back(list[k]);
      }
      if (left.empty()) continue;
      const Value one = list[i];
      with(list, std::move(left), name + " without " + quoted(one.text), one.span);
    }
  }

  void conjunction(Conjunction& conditions, const std::string& place) {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const auto& row = policy::row_of(conditions[i].key);
      const std::string name = place + std::string(row.name);
      values(conditions[i].values, &row, name);
      patterns(conditions[i], row, name);
      Conjunction fewer = conditions;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      const base::Span span = conditions[i].span;
      if (place.empty() && conditions[i].key == Key::program && each_alternative_names_program()) continue;
      if (!fewer.empty() || place.empty()) with(conditions, std::move(fewer), place + "without " + std::string(row.name), span);
    }
  }

  /// Then the list of programs before them only finds the rule; without it nothing else holds.
  [[nodiscard]] bool each_alternative_names_program() const {
    const auto names = [](const Conjunction& table) {
      return std::any_of(table.begin(), table.end(), [](const Condition& c) { return c.key == Key::program; });
    };
    return !rule_.any.empty() && std::all_of(rule_.any.begin(), rule_.any.end(), names);
  }

  void patterns(Condition& condition, const ConditionRow& row, const std::string& name) {
    for (auto& value : condition.values) {
      if (is_of_list(condition.values, value)) continue;
      for (auto& change : changes_of(row.kind, value.text))
        with(value.text, std::move(change.text), name + " " + quoted(value.text) + " without " + quoted(change.what), value.span);
    }
    // Names of programs are few and known: that one more would begin or end otherwise says nothing about a pattern of them.
    if (row.key == Key::program || row.key == Key::via) return;
    opened(condition, row, open_at_begin, name + " open at its begin");
    opened(condition, row, open_at_end, name + " open at its end");
  }

  void opened(Condition& condition, const ConditionRow& row, std::string (*open)(policy::ValueKind, std::string_view),
              std::string what) {
    auto values = condition.values;
    bool changed = false;
    for (auto& value : values) {
      if (is_of_list(condition.values, value)) continue;
      std::string text = open(row.kind, value.text);
      changed = changed || text != value.text;
      value.text = std::move(text);
    }
    if (changed) with(condition.values, std::move(values), std::move(what), condition.span);
  }

  /// `least`: how many tables there must be so that one can go without changing what the rest means.
  void tables(std::vector<Conjunction>& list, const std::string& key, std::size_t least) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].empty()) continue;
      conjunction(list[i], key + "[" + std::to_string(i + 1) + "]: ");
      if (list.size() < least) continue;
      const Condition first = list[i].front();
      const std::string value = first.values.empty() ? (first.flag ? "true" : "false") : quoted(first.values.front().text);
      auto fewer = list;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      with(list, std::move(fewer),
           "without " + key + " { " + std::string(policy::row_of(first.key).name) + " = " + value + " … }", first.span);
    }
    if (list.size() < 2 || list.front().empty()) return;
    const base::Span span = list.front().front().span;
    with(list, {}, "without " + key, span);
  }

  void related(std::vector<Related>& list, const std::string& key) {
    for (auto& one : list) {
      conjunction(one.conditions, key + ": ");
      values(one.not_host, nullptr, key + ": not_host");
      if (!one.not_host.empty()) with(one.not_host, {}, key + ": without not_host", one.span);
    }
    if (list.empty()) return;
    const base::Span span = list.front().span;
    with(list, {}, "without " + key, span);
  }

  void when() {
    for (auto* list : {&rule_.when.agents, &rule_.when.users, &rule_.when.groups, &rule_.when.hosts, &rule_.when.repositories}) {
      if (list->empty()) continue;
      const base::Span span = list->front().span;
      with(*list, {}, "without when { " + quoted(list->front().text) + " … }", span);
    }
    if (rule_.when.unattended) with(rule_.when.unattended, std::optional<bool>(), "without when { unattended }", rule_.span);
  }

  Rule rule_;
  const Synonyms& synonyms_;
  const std::function<void(const Mutant&)>& use_;
};

}  // namespace

void each_mutant(const Rule& rule, const Synonyms& synonyms, const std::function<void(const Mutant&)>& use) {
  Mutants(rule, synonyms, use).all();
}

}  // namespace belay::rulekit
