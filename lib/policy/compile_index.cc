#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/compile_parts.h"
#include "regex/scanner.h"

namespace belay::policy {

namespace {

using image::Builder;
using image::Range;
using image::Section;

constexpr std::uint32_t kExec = static_cast<std::uint32_t>(model::OpKind::exec);
constexpr std::uint32_t kExecScopes =
    static_cast<std::uint32_t>(image::Scope::program) | static_cast<std::uint32_t>(image::Scope::line);

using RuleNumbers = std::vector<std::uint32_t>;

/// `git`, `git push` of `git push`.
std::vector<std::string> prefixes(const std::string& command) {
  std::vector<std::string> out;
  std::string joined;
  for (const auto word : base::split_blank(command)) {
    joined += (joined.empty() ? "" : " ") + std::string(word);
    out.push_back(joined);
  }
  return out;
}

std::uint32_t hash_of(std::string_view words) {
  std::uint32_t hash = image::kCommandHashStart;
  for (const char c : words) hash = image::command_hash(hash, c);
  return hash;
}

void add_command_index(const std::vector<Selection>& selections, Builder& builder) {
  std::map<std::string, RuleNumbers> by_words;
  for (std::uint32_t rule = 0; rule < selections.size(); ++rule) {
    for (const auto& command : selections[rule].commands) {
      const auto all = prefixes(command);
      for (const auto& words : all) by_words[words];
      if (all.empty()) continue;
      auto& rules = by_words[all.back()];
      if (rules.empty() || rules.back() != rule) rules.push_back(rule);
    }
  }
  if (by_words.empty()) return;
  std::size_t slots = 8;
  while (slots < 2 * by_words.size()) slots *= 2;
  std::vector<image::CommandRecord> table(slots);
  for (const auto& [words, rules] : by_words) {
    std::size_t at = hash_of(words) & (slots - 1);
    while (table[at].words.size != 0) at = (at + 1) & (slots - 1);
    table[at] = {builder.text(words), builder.add_all(Section::lists, rules)};
  }
  builder.add_all(Section::command_index, table);
}

void add_kind_index(const std::vector<const Rule*>& rules, const std::vector<Selection>& selections, Builder& builder) {
  for (std::uint32_t kind = 0; kind < image::kOpKinds; ++kind) {
    RuleNumbers always;
    RuleNumbers strict;
    RuleNumbers recursive;
    RuleNumbers holes;
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
      if ((kinds_of(*rules[i]) >> kind & 1U) == 0) continue;
      if (selections[i].always) (rules[i]->profile == Profile::strict ? strict : always).push_back(i);
      if (selections[i].recursive) recursive.push_back(i);
      if ((selections[i].hole_kinds >> kind & 1U) != 0) holes.push_back(i);
    }
    image::KindRecord record;
    record.always = builder.add_all(Section::lists, always);
    record.strict = builder.add_all(Section::lists, strict);
    record.recursive = builder.add_all(Section::lists, recursive);
    record.holes = builder.add_all(Section::lists, holes);
    builder.add(Section::kind_index, record);
  }
}

/// Literal -> rule -> scopes.
using Literals = std::map<std::string, std::map<std::uint32_t, std::uint32_t>>;

Literals collect(const std::vector<const Rule*>& rules, const std::vector<Selection>& selections, image::PolicyRecord& policy) {
  Literals out;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    for (const auto& literal : selections[i].literals) {
      out[literal.text][i] |= literal.scopes;
      // Programs and lines are texts of the exec, whatever effect of it the rule is about.
      policy.scopes[kExec] |= literal.scopes & kExecScopes;
      for (std::uint32_t kind = 0; kind < image::kOpKinds; ++kind) {
        if ((kinds_of(*rules[i]) >> kind & 1U) != 0) policy.scopes[kind] |= literal.scopes & ~kExecScopes;
      }
    }
  }
  return out;
}

void add_automaton(const Literals& literals, image::PolicyRecord& policy, Builder& builder) {
  if (literals.empty()) return;
  std::vector<std::string> texts;
  for (const auto& [text, rules] : literals) {
    texts.push_back(text);
    image::LiteralRecord record;
    std::vector<image::LiteralRuleRecord> records;
    for (const auto& [rule, scopes] : rules) records.push_back({rule, scopes});
    record.rules = builder.add_all(Section::literal_rules, records);
    builder.add(Section::automaton_outputs, record);
  }
  const auto automaton = regex::build_automaton(texts);
  builder.add_all(Section::automaton_states, automaton.states);
  builder.add_all(Section::automaton_edges, automaton.edges);
  policy.classes = builder.add_all(Section::lists, automaton.classes);
  policy.pairs = builder.add_all(Section::lists, automaton.pairs);
}

}  // namespace

void add_indices(const std::vector<const Rule*>& rules, const std::vector<Selection>& selections, image::PolicyRecord& policy,
                 Builder& builder) {
  add_command_index(selections, builder);
  add_kind_index(rules, selections, builder);
  add_automaton(collect(rules, selections, policy), policy, builder);
}

}  // namespace belay::policy
