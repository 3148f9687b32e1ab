#include <algorithm>
#include <array>

#include "policy/load_parts.h"
#include "policy/load_pattern.h"

namespace belay::policy {

namespace {

using model::OpKind;
using model::Verdict;

constexpr std::array<Word<OpKind>, 8> kKindWords{{{"exec", OpKind::exec},
                                                  {"read", OpKind::read},
                                                  {"write", OpKind::write},
                                                  {"delete", OpKind::remove},
                                                  {"fetch", OpKind::fetch},
                                                  {"query", OpKind::query},
                                                  {"call", OpKind::call},
                                                  {"opaque", OpKind::opaque}}};
constexpr std::array<Word<Verdict>, 5> kVerdictWords{
    {{"pass", Verdict::pass}, {"log", Verdict::log}, {"allow", Verdict::allow}, {"ask", Verdict::ask}, {"deny", Verdict::deny}}};

constexpr std::array<std::string_view, 3> kGroups{"any", "all", "not"};
constexpr std::array<std::string_view, 4> kOutside{"command", "on", "reaches", "also"};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool only_conditions(const Reader& in, const TomlMember& member, Conjunction& into) {
  if (contains(kGroups, member.key)) {
    in.report(member.key_span, {Code::bad_nesting, "`" + member.key + "` inside another group", "", ""});
    return true;
  }
  if (contains(kOutside, member.key)) {
    in.report(member.key_span,
              {Code::bad_nesting, "`" + member.key + "` belongs to the whole rule", "not to a group of conditions",
               member.key == "command" ? "inside a group use `program`, `option` and `arg`" : "move it out of the group"});
    return true;
  }
  return read_condition(in, member, into);
}

void read_on(const Reader& in, const TomlMember& member, Related& into) {
  if (const auto kind = in.word<OpKind>(member, kind_words())) into.on = *kind;
}

void read_not_host(const Reader& in, const TomlMember& member, Related& into) {
  read_values(in, member, row_of(Key::host), into.not_host);
}

constexpr std::array<Field<Related>, 2> kRelatedFields{{{"on", read_on, Need::required}, {"not_host", read_not_host}}};

bool related_condition(const Reader& in, const TomlMember& member, Related& into) {
  return member.key != "on" && only_conditions(in, member, into.conditions);
}

void read_flag(const Reader& in, const TomlMember& member, Condition& into) {
  if (const auto flag = in.flag(member)) into.flag = *flag;
}

}  // namespace

std::span<const Word<OpKind>> kind_words() { return kKindWords; }
std::span<const Word<Verdict>> verdict_words() { return kVerdictWords; }

void read_values(const Reader& in, const TomlMember& member, const ConditionRow& row, std::vector<Value>& into) {
  for (auto& value : in.texts(member)) {
    if (auto fault = check_value(row, value.text)) {
      in.report(inside_string(*in.source(), value.span, fault->begin, fault->end), std::move(fault->finding));
    }
    into.push_back(std::move(value));
  }
}

bool read_condition(const Reader& in, const TomlMember& member, Conjunction& into) {
  const ConditionRow* row = find_condition(member.key);
  if (row == nullptr) return false;
  Condition condition;
  condition.key = row->key;
  condition.span = member.key_span;
  if (row->kind == ValueKind::boolean) read_flag(in, member, condition);
  else read_values(in, member, *row, condition.values);
  into.push_back(std::move(condition));
  return true;
}

void read_conjunctions(const Reader& in, const TomlMember& member, std::vector<Conjunction>& into) {
  const TableShape<Conjunction> shape{"`" + member.key + "`", {}, only_conditions, condition_names};
  for (const TomlValue* table : in.tables(member)) {
    Conjunction conjunction;
    read_table(in, *table, shape, conjunction);
    if (table->members.empty()) in.report(table->span, {Code::empty_value, "an empty table in `" + member.key + "`", "", ""});
    into.push_back(std::move(conjunction));
  }
}

void read_related(const Reader& in, const TomlMember& member, std::vector<Related>& into) {
  const TableShape<Related> shape{"`" + member.key + "`", kRelatedFields, related_condition, condition_names};
  for (const TomlValue* table : in.tables(member)) {
    Related related;
    related.span = member.key_span;
    read_table(in, *table, shape, related);
    into.push_back(std::move(related));
  }
}

}  // namespace belay::policy
