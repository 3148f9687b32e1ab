#include <array>

#include "policy/load_parts.h"

namespace belay::policy {

namespace {

constexpr std::array<Word<Profile>, 2> kProfiles{{{"standard", Profile::standard}, {"strict", Profile::strict}}};

template <std::string Framework::*Member>
void read_member(const Reader& in, const TomlMember& member, Framework& into) {
  if (auto value = in.text(member)) into.*Member = std::move(value->text);
}

void read_ids(const Reader& in, const TomlMember& member, Framework& into) {
  if (!in.is_table(member)) return;
  for (const auto& entry : member.value.members) {
    if (const auto title = in.text(entry)) into.ids.emplace_back(entry.key, title->text);
  }
}

constexpr std::array<Field<Framework>, 5> kFrameworkFields{{{"key", read_member<&Framework::key>, Need::required},
                                                            {"title", read_member<&Framework::title>},
                                                            {"version", read_member<&Framework::version>},
                                                            {"url", read_member<&Framework::url>},
                                                            {"ids", read_ids, Need::required}}};

}  // namespace

void read_profile(const Reader& in, const TomlMember& member, Profile& into) {
  if (const auto profile = in.word<Profile>(member, std::span<const Word<Profile>>(kProfiles))) into = *profile;
}

void read_frameworks(const Reader& in, const TomlMember& member, std::vector<Framework>& into) {
  for (const TomlValue* table : in.tables(member)) {
    Framework one;
    read_table(in, *table, TableShape<Framework>{"`[[framework]]`", kFrameworkFields}, one);
    into.push_back(std::move(one));
  }
}

}  // namespace belay::policy
