#include "policy/load.h"

#include <array>
#include <map>

#include "base/text.h"
#include "policy/load_parts.h"
#include "policy/load_pattern.h"

namespace belay::policy {

namespace {

using model::Mode;
using model::Verdict;

constexpr std::array<Word<Mode>, 2> kModes{{{"enforce", Mode::enforce}, {"observe", Mode::observe}}};
constexpr std::array<Word<RuleMode>, 3> kRuleModes{
    {{"enforce", RuleMode::enforce}, {"observe", RuleMode::observe}, {"off", RuleMode::off}}};
constexpr std::array<Word<Verdict>, 4> kActions{
    {{"deny", Verdict::deny}, {"ask", Verdict::ask}, {"allow", Verdict::allow}, {"log", Verdict::log}}};
constexpr std::array<Word<std::string_view>, 2> kSinks{{{"file", "file"}, {"journal", "journal"}}};

struct Place {
  SourcePtr source;
  Span span;
};

std::string first_place(const Place& place) {
  return "first at " + place.source->name() + ":" + std::to_string(place.source->position(place.span.begin).line);
}

/// One file while it is read, and what the files before it took.
struct File {
  Policy& policy;
  Pack pack;
  bool has_pack = false;
  std::vector<const TomlValue*> rules;
};

void read_pack_id(const Reader& in, const TomlMember& member, Pack& into) {
  const auto id = in.text(member);
  if (!id) return;
  into.id = id->text;
  into.id_span = id->span;
  if (!is_id_word(id->text))
    in.report(id->span,
              {Code::bad_id, "`" + id->text + "` is not the id of a pack", "", "lower-case letters, digits and dashes"});
}

void read_pack_title(const Reader& in, const TomlMember& member, Pack& into) {
  if (auto title = in.text(member)) into.title = std::move(title->text);
}

constexpr std::array<Field<Pack>, 2> kPackFields{{{"id", read_pack_id, Need::required}, {"title", read_pack_title}}};

void read_pack(const Reader& in, const TomlMember& member, File& file) {
  file.has_pack = true;
  if (in.is_table(member)) read_table(in, member.value, TableShape<Pack>{"`[pack]`", kPackFields}, file.pack);
}

void read_mode(const Reader& in, const TomlMember& member, Policy& into) {
  if (const auto mode = in.word<Mode>(member, std::span<const Word<Mode>>(kModes))) into.mode = *mode;
}
void read_version(const Reader& in, const TomlMember& member, Policy& into) {
  if (auto version = in.text(member)) into.version = std::move(version->text);
}
void read_project_layer(const Reader& in, const TomlMember& member, Policy& into) {
  into.project_layer = in.flag(member).value_or(false);
}

void read_policy_profile(const Reader& in, const TomlMember& member, Policy& into) { read_profile(in, member, into.profile); }

constexpr std::array<Field<Policy>, 4> kPolicyFields{{{"mode", read_mode},
                                                      {"profile", read_policy_profile},
                                                      {"version", read_version},
                                                      {"project_layer", read_project_layer}}};

void read_sinks(const Reader& in, const TomlMember& member, Policy& into) {
  for (const auto& value : in.texts(member)) {
    if (const auto sink = in.word<std::string_view>(member.key, value, kSinks)) into.audit_sinks.emplace_back(*sink);
  }
}
void read_require(const Reader& in, const TomlMember& member, Policy& into) {
  into.audit_required = in.flag(member).value_or(false);
}

constexpr std::array<Field<Policy>, 2> kAuditFields{{{"sinks", read_sinks}, {"require", read_require}}};

void read_policy(const Reader& in, const TomlMember& member, File& file) {
  if (in.is_table(member)) read_table(in, member.value, TableShape<Policy>{"`[policy]`", kPolicyFields}, file.policy);
}
void read_audit(const Reader& in, const TomlMember& member, File& file) {
  if (in.is_table(member)) read_table(in, member.value, TableShape<Policy>{"`[audit]`", kAuditFields}, file.policy);
}

void read_about(const Reader& in, const TomlMember& member, Param& into) {
  if (auto about = in.text(member)) into.about = std::move(about->text);
}
void read_list(const Reader& in, const TomlMember& member, Param& into) {
  // A list may be empty on purpose: nothing is trusted.
  const bool none = member.value.kind == TomlKind::array && member.value.items.empty();
  if (!none) into.values = in.texts(member);
}

constexpr std::array<Field<Param>, 2> kParamFields{{{"about", read_about}, {"values", read_list, Need::required}}};

void read_params(const Reader& in, const TomlMember& member, File& file) {
  if (!in.is_table(member)) return;
  for (const auto& entry : member.value.members) {
    if (!is_reference("@" + entry.key)) {
      in.report(entry.key_span, {Code::bad_id, "`" + entry.key + "` is not the name of a list", "",
                                 "letters, digits, `_` and `-`, beginning with a letter"});
    }
    Param param{entry.key, "", {}, in.source(), entry.key_span};
    if (entry.value.kind == TomlKind::table)
      read_table(in, entry.value, TableShape<Param>{"a list of `[params]`", kParamFields}, param);
    else read_list(in, entry, param);
    for (const auto& value : param.values) {
      if (is_reference(value.text) && value.text != "@default") {
        in.report(value.span, {Code::bad_nesting, "`" + value.text + "` is a list in a list", "",
                               "write its values out; `@default` stands for what the list is without this"});
      }
    }
    file.policy.params.push_back(std::move(param));
  }
}

void read_override_rule(const Reader& in, const TomlMember& member, Override& into) {
  const auto rule = in.text(member);
  if (!rule) return;
  into.rule = rule->text;
  into.span = rule->span;
  if (auto fault = check_glob(rule->text)) in.report(rule->span, std::move(fault->finding));
}
void read_override_action(const Reader& in, const TomlMember& member, Override& into) {
  into.action = in.word<Verdict>(member, std::span<const Word<Verdict>>(kActions));
}
void read_override_mode(const Reader& in, const TomlMember& member, Override& into) {
  if (const auto mode = in.word<RuleMode>(member, std::span<const Word<RuleMode>>(kRuleModes))) into.mode = *mode;
}
void read_override_except(const Reader& in, const TomlMember& member, Override& into) {
  read_values(in, member, row_of(Key::except), into.except);
}

constexpr std::array<Field<Override>, 4> kOverrideFields{{{"rule", read_override_rule, Need::required},
                                                          {"action", read_override_action},
                                                          {"mode", read_override_mode},
                                                          {"except", read_override_except}}};

void read_overrides(const Reader& in, const TomlMember& member, File& file) {
  for (const TomlValue* table : in.tables(member)) {
    Override one;
    one.source = in.source();
    one.span = table->span;
    read_table(in, *table, TableShape<Override>{"`[[override]]`", kOverrideFields}, one);
    if (table->find("rule") != nullptr && table->members.size() == 1) {
      in.report(one.span, {Code::missing_key, "the override of `" + one.rule + "` changes nothing",
                           "add `action`, `mode` or `except`", ""});
    }
    file.policy.overrides.push_back(std::move(one));
  }
}

void read_catalogues(const Reader& in, const TomlMember& member, File& file) { read_frameworks(in, member, file.policy.frameworks); }
void read_rules(const Reader& in, const TomlMember& member, File& file) { file.rules = in.tables(member); }
void leave_programs(const Reader& /*in*/, const TomlMember& /*member*/, File& /*file*/) {}

constexpr std::array<Field<File>, 9> kFileFields{{{"pack", read_pack},
                                                  {"policy", read_policy},
                                                  {"params", read_params},
                                                  {"override", read_overrides},
                                                  {"audit", read_audit},
                                                  {"rule", read_rules},
                                                  {"framework", read_catalogues},
                                                  {"program", leave_programs},
                                                  {"settings", leave_programs}}};

void read_file(const Document& document, Policy& policy, base::Diagnostics& out) {
  const Reader in(document.source, out);
  File file{policy, {}, false, {}};
  file.pack.source = document.source;
  read_table(in, document.root, TableShape<File>{"a rule file", kFileFields}, file);
  if (!file.rules.empty() && !file.has_pack) {
    in.report(file.rules.front()->span,
              {Code::missing_key, "rules without a `[pack]`", "", "begin the file with `[pack]` and its `id`"});
  }
  for (const TomlValue* rule : file.rules) read_rule(in, *rule, file.pack);
  if (file.has_pack || !file.pack.rules.empty()) policy.packs.push_back(std::move(file.pack));
}

void report_duplicate(std::map<std::string, Place>& taken, const std::string& name, const Place& here, std::string_view what,
                      base::Diagnostics& out) {
  const auto [first, fresh] = taken.try_emplace(name, here);
  if (fresh) return;
  report(out, here.source, here.span,
         {Code::duplicate, std::string(what) + " `" + name + "` exists already", first_place(first->second), ""});
}

void check_names(const Policy& policy, base::Diagnostics& out) {
  std::map<std::string, Place> packs;
  std::map<std::string, Place> rules;
  for (const auto& pack : policy.packs) {
    if (!pack.id.empty()) report_duplicate(packs, pack.id, {pack.source, pack.id_span}, "the pack", out);
    for (const auto& rule : pack.rules) {
      if (!rule.id.empty()) report_duplicate(rules, rule.id, {rule.source, rule.id_span}, "the rule", out);
    }
  }
}

}  // namespace

std::vector<Document> read_documents(std::span<const SourcePtr> sources, base::Diagnostics& out) {
  std::vector<Document> documents;
  for (const auto& source : sources) {
    if (auto root = read_toml(source, out)) documents.push_back({source, *std::move(root)});
  }
  return documents;
}

Policy load(std::span<const Document> documents, base::Diagnostics& out) {
  Policy policy;
  for (const auto& document : documents) read_file(document, policy, out);
  check_names(policy, out);
  return policy;
}

Policy load(std::span<const SourcePtr> sources, base::Diagnostics& out) { return load(read_documents(sources, out), out); }

}  // namespace belay::policy
