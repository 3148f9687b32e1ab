#include <algorithm>
#include <array>
#include <charconv>

#include "model/call.h"
#include "policy/compile_parts.h"
#include "policy/condition_table.h"
#include "policy/diag_table.h"

namespace belay::policy {

namespace {

using image::GroupKind;
using image::Range;
using image::Section;

template <class E>
std::uint32_t number(E e) {
  return static_cast<std::uint32_t>(e);
}

std::vector<const Condition*> pointers(const Conjunction& conditions) {
  std::vector<const Condition*> out;
  for (const auto& c : conditions) out.push_back(&c);
  return out;
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::uint32_t agent_bits(const std::vector<Value>& names) {
  using model::Agent;
  constexpr auto kBit = [](Agent a) { return 1U << static_cast<unsigned>(a); };
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 5> kBits{
      {{"claude", kBit(Agent::claude)},
       {"codex", kBit(Agent::codex)},
       {"gemini", kBit(Agent::gemini)},
       {"copilot", kBit(Agent::copilot) | kBit(Agent::copilot_pascal)},
       {"unknown", kBit(Agent::unknown)}}};
  std::uint32_t bits = 0;
  for (const auto& name : names) {
    for (const auto& [known, bit] : kBits) bits |= name.text == known ? bit : 0U;
  }
  // Names without an agent must not turn into "every agent".
  return names.empty() || bits != 0 ? bits : 1U << 31U;
}

bool has_regex(const Conjunction& group) { return std::any_of(group.begin(), group.end(), is_regex); }

}  // namespace

std::uint32_t kinds_of(const Rule& rule) {
  std::uint32_t bits = 1U << number(rule.on);
  for (const auto kind : rule.also_on) bits |= 1U << number(kind);
  return bits;
}

bool names_host(const Rule& rule) {
  const auto is_host = [](const Condition& c) { return c.key == Key::host; };
  return std::any_of(rule.conditions.begin(), rule.conditions.end(), is_host) ||
         std::any_of(rule.all.begin(), rule.all.end(),
                     [&](const Conjunction& g) { return std::any_of(g.begin(), g.end(), is_host); });
}

std::uint32_t RuleWriter::source(const SourcePtr& source) {
  const std::string name = source ? source->name() : std::string();
  const auto known = std::find(sources_.begin(), sources_.end(), name);
  if (known != sources_.end()) return static_cast<std::uint32_t>(known - sources_.begin());
  sources_.push_back(name);
  return builder_.add(Section::sources, builder_.text(name));
}

void RuleWriter::add_groups(const Rule& rule, image::RuleRecord& into) {
  std::vector<image::GroupRecord> early;
  std::vector<image::GroupRecord> late;
  const auto add_all = [&](GroupKind kind, const std::vector<Conjunction>& groups) {
    for (const auto& group : groups) {
      image::GroupRecord record;
      record.kind = number(kind);
      record.conditions = conditions_.conditions(rule.source, pointers(group));
      (has_regex(group) ? late : early).push_back(record);
    }
  };
  add_all(GroupKind::none, rule.none);
  add_all(GroupKind::all, rule.all);
  // The tables of `any` hold together: they are looked at in one place.
  const bool any_is_late = std::any_of(rule.any.begin(), rule.any.end(), has_regex);
  std::vector<image::GroupRecord> any;
  for (const auto& group : rule.any)
    any.push_back({number(GroupKind::any), conditions_.conditions(rule.source, pointers(group))});
  auto& place = any_is_late ? late : early;
  place.insert(place.end(), any.begin(), any.end());
  into.groups = builder_.add_all(Section::groups, early);
  into.late_groups = builder_.add_all(Section::groups, late);
}

Range RuleWriter::related(const Rule& rule) {
  std::vector<image::RelatedRecord> records;
  const auto add_all = [&](image::RelatedKind kind, const std::vector<Related>& list) {
    for (const auto& related : list) {
      image::RelatedRecord record;
      record.kind = number(kind);
      record.on = number(related.on);
      record.conditions = conditions_.conditions(rule.source, pointers(related.conditions));
      record.not_host = conditions_.patterns(rule.source, Key::host, related.not_host);
      records.push_back(record);
    }
  };
  add_all(image::RelatedKind::also, rule.also);
  add_all(image::RelatedKind::reaches, rule.reaches);
  return builder_.add_all(Section::related, records);
}

Range RuleWriter::meta(const Rule& rule) {
  std::vector<image::MetaRecord> records;
  for (const auto& entry : rule.meta) records.push_back({builder_.text(entry.key), conditions_.texts(entry.values)});
  return builder_.add_all(Section::meta, records);
}

Range RuleWriter::group_numbers(const Rule& rule) {
  std::vector<std::uint32_t> numbers;
  for (const auto& group : rule.when.groups) {
    std::string_view name = group.text;
    if (name.substr(0, 4) == "gid:") name.remove_prefix(4);
    auto found = parse_number(name);
    if (!found && options_.group_id) found = options_.group_id(group.text);
    if (found) numbers.push_back(*found);
    else
      report(out_, rule.source, group.span,
             {Code::wrong_type, "the group `" + group.text + "` is not known here", "", "a group's number is written `gid:N`"});
  }
  return builder_.add_all(Section::lists, numbers);
}

image::WhenRecord RuleWriter::when(const Rule& rule) {
  image::WhenRecord out;
  out.agents = agent_bits(rule.when.agents);
  out.users = conditions_.texts(rule.when.users);
  out.groups = group_numbers(rule);
  out.hosts = conditions_.texts(rule.when.hosts);
  out.repositories = conditions_.texts(rule.when.repositories);
  if (rule.when.unattended) out.unattended = *rule.when.unattended ? 1 : 2;
  return out;
}

void RuleWriter::add(const Rule& rule) {
  image::RuleRecord record;
  record.id = builder_.text(rule.id);
  record.summary = builder_.text(rule.summary);
  record.instead = builder_.text(rule.instead);
  record.source = source(rule.source);
  record.line = rule.line;
  record.action = number(rule.action);
  record.severity = number(rule.severity);
  record.kinds = kinds_of(rule);
  record.unsure = number(rule.unsure);
  record.mode = number(rule.mode);
  record.floor = rule.floor ? 1 : 0;
  record.strict_only = rule.profile == Profile::strict ? 1 : 0;
  record.strict = rule.strict ? number(*rule.strict) + 1 : 0;
  record.adopted = rule.adopted ? 1 : 0;
  record.names_host = names_host(rule) ? 1 : 0;
  record.commands = conditions_.texts(rule.commands);
  std::vector<const Condition*> early;
  std::vector<const Condition*> late;
  for (const auto& c : rule.conditions) (is_regex(c) ? late : early).push_back(&c);
  record.conditions = conditions_.conditions(rule.source, early);
  record.late_conditions = conditions_.conditions(rule.source, late);
  add_groups(rule, record);
  record.related = related(rule);
  record.meta = meta(rule);
  record.when = when(rule);
  builder_.add(Section::rules, record);
}

void RuleWriter::add(const Override& change) {
  image::OverrideRecord record;
  record.rule = builder_.text(change.rule);
  record.action = change.action ? number(*change.action) + 1 : 0;
  record.mode = number(change.mode);
  record.except = conditions_.patterns(change.source, Key::except, change.except);
  builder_.add(Section::overrides, record);
}

}  // namespace belay::policy
