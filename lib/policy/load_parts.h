#pragma once

#include "policy/condition_table.h"
#include "policy/load_reader.h"

/// The readers of the parts of a rule file; each reports what is wrong and fills in what it could read.
namespace belay::policy {

[[nodiscard]] std::span<const Word<model::OpKind>> kind_words();
[[nodiscard]] std::span<const Word<model::Verdict>> verdict_words();
/// `standard` or `strict`; what is neither is reported and leaves `into` as it is.
void read_profile(const Reader& in, const TomlMember& member, Profile& into);

/// Reads `member` into `into` when its key is a condition; false when it is none.
[[nodiscard]] bool read_condition(const Reader& in, const TomlMember& member, Conjunction& into);
/// The table or tables of `any`, `all` or `not`.
void read_conjunctions(const Reader& in, const TomlMember& member, std::vector<Conjunction>& into);
/// The table or tables of `reaches` or `also`.
void read_related(const Reader& in, const TomlMember& member, std::vector<Related>& into);
/// Values whose text follows `check`; those that do not are reported and kept.
void read_values(const Reader& in, const TomlMember& member, const ConditionRow& row, std::vector<Value>& into);

/// The tables of `[[framework]]`.
void read_frameworks(const Reader& in, const TomlMember& member, std::vector<Framework>& into);
void read_rule(const Reader& in, const TomlValue& table, Pack& into);
void read_case(const Reader& in, const TomlValue& table, Rule& into);

/// What no single key shows: keys that contradict each other or do not apply to what the rule is about.
/// Absence is only spoken of when the rule is sound: what is missing may be what was misspelt.
enum class Sound : bool { no, yes };
void check_rule(const Reader& in, const Rule& rule, Sound sound);
/// The verdict that `unsure` stands for; `unset` is the mildest.
[[nodiscard]] model::Verdict strictness(Unsure unsure);
/// `[a-z0-9-]`, beginning with a letter.
[[nodiscard]] bool is_id_word(std::string_view word);

}  // namespace belay::policy
