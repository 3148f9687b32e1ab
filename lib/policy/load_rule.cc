#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/load.h"
#include "policy/load_parts.h"
#include "policy/load_pattern.h"

namespace belay::policy {

namespace {

using model::Severity;
using model::Verdict;

constexpr std::array<Word<Verdict>, 4> kActions{
    {{"deny", Verdict::deny}, {"ask", Verdict::ask}, {"allow", Verdict::allow}, {"log", Verdict::log}}};
constexpr std::array<Word<Severity>, 4> kSeverities{
    {{"low", Severity::low}, {"medium", Severity::medium}, {"high", Severity::high}, {"critical", Severity::critical}}};
constexpr std::array<Word<Unsure>, 3> kUnsure{{{"ask", Unsure::ask}, {"log", Unsure::log}, {"pass", Unsure::pass}}};
constexpr std::array<Word<RuleMode>, 3> kModes{
    {{"enforce", RuleMode::enforce}, {"observe", RuleMode::observe}, {"off", RuleMode::off}}};

template <class E, std::size_t N>
void assign(const Reader& in, const TomlMember& member, const std::array<Word<E>, N>& words, E& into) {
  if (const auto value = in.word<E>(member, std::span<const Word<E>>(words))) into = *value;
}

void assign_text(const Reader& in, const TomlMember& member, std::string& text, Span& span) {
  span = member.value.span;
  if (auto value = in.text(member)) text = std::move(value->text);
}

void read_on(const Reader& in, const TomlMember& member, Rule& into) {
  bool first = true;
  for (const auto& value : in.texts(member)) {
    const auto kind = in.word<model::OpKind>(member.key, value, kind_words());
    if (!kind) continue;
    const bool again =
        !first && (into.on == *kind || std::find(into.also_on.begin(), into.also_on.end(), *kind) != into.also_on.end());
    if (again) in.report(value.span, {Code::duplicate, "`" + value.text + "` twice in `on`", "", "once is enough"});
    else if (first) into.on = *kind;
    else into.also_on.push_back(*kind);
    first = false;
  }
}

void read_command(const Reader& in, const TomlMember& member, Rule& into) {
  for (auto& value : in.texts(member)) {
    if (auto fault = check_command(value.text)) {
      in.report(inside_string(*in.source(), value.span, fault->begin, fault->end), std::move(fault->finding));
    }
    into.commands.push_back(std::move(value));
  }
}

std::vector<Value>* names_of(When& when, std::string_view key) {
  if (key == "agents") return &when.agents;
  if (key == "users") return &when.users;
  if (key == "groups") return &when.groups;
  if (key == "hosts") return &when.hosts;
  return key == "repositories" ? &when.repositories : nullptr;
}

constexpr std::array<std::string_view, 4> kAgents{"claude", "codex", "gemini", "copilot"};

template <std::size_t N>
void read_when_list(const Reader& in, const TomlMember& member, When& into, const std::array<std::string_view, N>& words) {
  for (auto& value : in.texts(member)) {
    const bool known =
        words.empty() || is_reference(value.text) || std::find(words.begin(), words.end(), value.text) != words.end();
    if (!known) in.wrong_word(member.key, value, {words.begin(), words.end()});
    names_of(into, member.key)->push_back(std::move(value));
  }
}

void read_agents(const Reader& in, const TomlMember& member, When& into) { read_when_list(in, member, into, kAgents); }
void read_names(const Reader& in, const TomlMember& member, When& into) {
  read_when_list(in, member, into, std::array<std::string_view, 0>{});
}
void read_unattended(const Reader& in, const TomlMember& member, When& into) { into.unattended = in.flag(member); }

constexpr std::array<Field<When>, 6> kWhenFields{{{"agents", read_agents},
                                                  {"users", read_names},
                                                  {"groups", read_names},
                                                  {"hosts", read_names},
                                                  {"repositories", read_names},
                                                  {"unattended", read_unattended}}};

void read_when(const Reader& in, const TomlMember& member, Rule& into) {
  if (in.is_table(member)) read_table(in, member.value, TableShape<When>{"`when`", kWhenFields}, into.when);
}

void read_meta(const Reader& in, const TomlMember& member, Rule& into) {
  if (!in.is_table(member)) return;
  for (const auto& entry : member.value.members) into.meta.push_back({entry.key, entry.key_span, in.texts(entry)});
}

void read_cases(const Reader& in, const TomlMember& member, Rule& into) {
  for (const TomlValue* table : in.tables(member)) read_case(in, *table, into);
}

void read_floor(const Reader& in, const TomlMember& member, Rule& into) { into.floor = in.flag(member).value_or(into.floor); }

void read_strict(const Reader& in, const TomlMember& member, Rule& into) {
  into.strict = in.word<Verdict>(member, std::span<const Word<Verdict>>(kActions));
}

constexpr std::array<Field<Rule>, 20> kRuleFields{{
    {"id", [](const Reader& in, const TomlMember& m, Rule& r) { assign_text(in, m, r.id, r.id_span); }, Need::required},
    {"action", [](const Reader& in, const TomlMember& m, Rule& r) { assign(in, m, kActions, r.action); }, Need::required},
    {"severity", [](const Reader& in, const TomlMember& m, Rule& r) { assign(in, m, kSeverities, r.severity); }},
    {"summary", [](const Reader& in, const TomlMember& m, Rule& r) { assign_text(in, m, r.summary, r.summary_span); }},
    {"instead", [](const Reader& in, const TomlMember& m, Rule& r) { assign_text(in, m, r.instead, r.instead_span); }},
    {"on", read_on, Need::required},
    {"command", read_command},
    {"any", [](const Reader& in, const TomlMember& m, Rule& r) { read_conjunctions(in, m, r.any); }},
    {"all", [](const Reader& in, const TomlMember& m, Rule& r) { read_conjunctions(in, m, r.all); }},
    {"not", [](const Reader& in, const TomlMember& m, Rule& r) { read_conjunctions(in, m, r.none); }},
    {"reaches", [](const Reader& in, const TomlMember& m, Rule& r) { read_related(in, m, r.reaches); }},
    {"also", [](const Reader& in, const TomlMember& m, Rule& r) { read_related(in, m, r.also); }},
    {"when", read_when},
    {"unsure", [](const Reader& in, const TomlMember& m, Rule& r) { assign(in, m, kUnsure, r.unsure); }},
    {"mode", [](const Reader& in, const TomlMember& m, Rule& r) { assign(in, m, kModes, r.mode); }},
    {"floor", read_floor},
    {"profile", [](const Reader& in, const TomlMember& m, Rule& r) { read_profile(in, m, r.profile); }},
    {"strict", read_strict},
    {"meta", read_meta},
    {"case", read_cases},
}};

void check_id(const Reader& in, const Rule& rule, const Pack& pack) {
  if (rule.id.empty()) return;
  const auto dot = rule.id.find('.');
  const std::string_view id = rule.id;
  const auto name = dot == std::string::npos ? std::string_view() : id.substr(dot + 1);
  if (!is_id_word(id.substr(0, dot)) || !is_id_word(name)) {
    in.report(rule.id_span, {Code::bad_id, "`" + rule.id + "` is not the id of a rule", "expected `pack.name`", ""});
  } else if (!pack.id.empty() && id.substr(0, dot) != pack.id) {
    in.report(rule.id_span, {Code::bad_id, "the rule `" + rule.id + "` is not in its pack",
                             "expected `" + pack.id + "." + std::string(name) + "`", ""});
  }
}

}  // namespace

bool is_id_word(std::string_view word) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '-'; };
  return !word.empty() && word.front() >= 'a' && word.front() <= 'z' && word.back() != '-' &&
         std::all_of(word.begin(), word.end(), allowed);
}

bool is_rule_id(std::string_view id) {
  const auto dot = id.find('.');
  return dot != std::string_view::npos && is_id_word(id.substr(0, dot)) && is_id_word(id.substr(dot + 1));
}

std::vector<std::string_view> rule_keys() {
  std::vector<std::string_view> out = condition_names();
  for (const auto& field : kRuleFields) out.push_back(field.key);
  return out;
}

void read_rule(const Reader& in, const TomlValue& table, Pack& into) {
  Rule rule;
  rule.source = in.source();
  rule.span = rule.id_span = table.span;
  const TableShape<Rule> shape{
      "`[[rule]]`", kRuleFields,
      [](const Reader& reader, const TomlMember& m, Rule& r) { return read_condition(reader, m, r.conditions); },
      condition_names};
  const auto before = in.findings();
  read_table(in, table, shape, rule);
  const bool sound = in.findings() == before;
  rule.span = rule.id_span;
  rule.line = in.source()->position(rule.span.begin).line;
  // What exists in the strict profile only has its cases there, but for one that shows what the standard profile lets pass.
  if (rule.profile == Profile::strict) {
    for (auto& one : rule.cases) {
      if (!one.says_profile) one.profile = Profile::strict;
    }
  }
  check_id(in, rule, into);
  const bool usable = table.find("on") != nullptr && table.find("action") != nullptr;
  if (usable) check_rule(in, rule, sound ? Sound::yes : Sound::no);
  into.rules.push_back(std::move(rule));
}

}  // namespace belay::policy
