#include "policy/expand.h"

#include <algorithm>

#include "base/text.h"
#include "policy/diag_table.h"
#include "policy/load_pattern.h"

namespace belay::policy {

namespace {

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

constexpr std::string_view kBefore = "=:/+";  ///< what may stand before a reference that is not a whole value

template <class Conditions, class Use>
void each_place(Conditions& conditions, Use use) {
  for (auto& condition : conditions) {
    const ConditionRow& row = row_of(condition.key);
    if (takes_lists(row.kind)) use(&row, condition.values);
  }
}

/// Calls `use(row, values)` for every place of a rule that may name a list. `AnyRule`: Rule or const Rule.
template <class AnyRule, class Use>
void each_place_of(AnyRule& rule, Use use) {
  use(nullptr, rule.commands);
  each_place(rule.conditions, use);
  for (auto* groups : {&rule.any, &rule.all, &rule.none}) {
    for (auto& group : *groups) each_place(group, use);
  }
  for (auto* all : {&rule.reaches, &rule.also}) {
    for (auto& related : *all) {
      each_place(related.conditions, use);
      use(&row_of(Key::host), related.not_host);
    }
  }
  auto& when = rule.when;
  for (auto* names : {&when.agents, &when.users, &when.groups, &when.hosts, &when.repositories}) use(nullptr, *names);
}

class Expander {
 public:
  Expander(const Lists& lists, SourcePtr source, base::Diagnostics& out) : lists_(lists), source_(std::move(source)), out_(out) {}

  void values(const ConditionRow* row, std::vector<Value>& values) const {
    const auto refers = [&](const Value& v) { return reference_in(row, v.text).has_value(); };
    if (std::none_of(values.begin(), values.end(), refers)) return;
    std::vector<Value> expanded;
    for (auto& value : values) {
      if (const auto reference = reference_in(row, value.text)) append(row, *reference, value.span, expanded);
      else expanded.push_back(std::move(value));
    }
    values = std::move(expanded);
  }

 private:
  void unknown(const Reference& reference, Span span) const {
    std::vector<std::string_view> names;
    for (const auto& [name, param] : lists_) names.push_back(name);
    const auto near = base::nearest_name(reference.name, names);
    const std::string literal = reference.prefix.empty() ? "" : "an at sign that is meant is written `[@]`";
    report(out_, source_, span,
           {Code::unknown_reference, "no list `@" + reference.name + "`", "",
            near.empty() ? literal : "did you mean `@" + std::string(near) + "`?"});
  }

  void check(const ConditionRow& row, const Param& list, const Value& value, const std::string& prefix, Span span) const {
    auto fault = check_value(row, prefix + value.text);
    if (!fault) return;
    fault->finding.label =
        "used as `" + std::string(row.name) + "` at " + source_->name() + ":" + std::to_string(source_->position(span.begin).line);
    const auto shift = [&](std::size_t at) { return at - std::min(at, prefix.size()); };
    report(out_, list.source, inside_string(*list.source, value.span, shift(fault->begin), shift(fault->end)),
           std::move(fault->finding));
  }

  void append(const ConditionRow* row, const Reference& reference, Span span, std::vector<Value>& into) const {
    const auto found = lists_.find(reference.name);
    if (found == lists_.end()) return unknown(reference, span);
    for (const auto& value : found->second->values) {
      if (is_reference(value.text)) continue;  // reported where the list was read
      if (row != nullptr) check(*row, *found->second, value, reference.prefix, span);
      into.push_back({reference.prefix + value.text, span});
    }
  }

  const Lists& lists_;
  SourcePtr source_;
  base::Diagnostics& out_;
};

}  // namespace

std::optional<Reference> reference_in(const ConditionRow* row, const std::string& text) {
  if (is_reference(text)) return Reference{"", text.substr(1)};
  const bool is_text = row != nullptr && (row->kind == ValueKind::option || row->kind == ValueKind::assignment || row->kind == ValueKind::glob);
  if (!is_text) return std::nullopt;
  const auto at = text.rfind('@');
  if (at == std::string::npos || at == 0 || kBefore.find(text[at - 1]) == std::string_view::npos) return std::nullopt;
  if (!is_reference(std::string_view(text).substr(at))) return std::nullopt;
  return Reference{text.substr(0, at), text.substr(at + 1)};
}

std::set<std::string> lists_of(const Rule& rule) {
  std::set<std::string> names;
  each_place_of(rule, [&](const ConditionRow* row, const std::vector<Value>& values) {
    for (const auto& value : values) {
      if (auto reference = reference_in(row, value.text)) names.insert(std::move(reference->name));
    }
  });
  return names;
}

void expand(const Lists& lists, Rule& rule, base::Diagnostics& out) {
  const Expander expander(lists, rule.source, out);
  each_place_of(rule, [&](const ConditionRow* row, std::vector<Value>& values) { expander.values(row, values); });
}

void expand(const Lists& lists, Override& change, base::Diagnostics& out) {
  Expander(lists, change.source, out).values(&row_of(Key::except), change.except);
}

}  // namespace belay::policy
