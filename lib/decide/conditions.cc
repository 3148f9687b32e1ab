#include "decide/conditions.h"

#include <array>

#include "decide/tests.h"

namespace belay::decide {

namespace {

using image::ConditionKey;
using tests::ValueTest;

struct Row {
  ConditionKey key;
  ValueTest test;  ///< null: not about values one by one
};

/// In the order of ConditionKey.
constexpr std::array<Row, image::kConditionNames.size()> kTable{{
    {ConditionKey::program, tests::program}, {ConditionKey::option, tests::option},
    {ConditionKey::arg, tests::argument},    {ConditionKey::path, tests::path_meets},
    {ConditionKey::except, nullptr},         {ConditionKey::covers, tests::path_covers},
    {ConditionKey::recursive, nullptr},      {ConditionKey::host, tests::host},
    {ConditionKey::method, tests::method},   {ConditionKey::url, tests::url},
    {ConditionKey::body, tests::body},       {ConditionKey::engine, tests::engine},
    {ConditionKey::target, tests::target},   {ConditionKey::statement, tests::statement},
    {ConditionKey::tool, tests::tool},       {ConditionKey::input, tests::input},
    {ConditionKey::content, tests::content}, {ConditionKey::env, tests::variable},
    {ConditionKey::as, tests::user},         {ConditionKey::standard_input, tests::standard_input},
    {ConditionKey::via, tests::wrapper},     {ConditionKey::match, tests::line},
    {ConditionKey::unless, tests::line},     {ConditionKey::reason, tests::reason},
    {ConditionKey::folder, tests::folder},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].key) != i) return false;
  }
  return true;
}
static_assert(in_order());

constexpr bool is(std::uint32_t key, ConditionKey wanted) { return key == static_cast<std::uint32_t>(wanted); }

}  // namespace

std::string_view tests::pattern_text(const Subject& s, std::uint32_t number) {
  return s.image.text(s.image.at<image::PatternRecord>(image::Section::patterns, number).text);
}

bool suppresses(std::uint32_t key) { return is(key, ConditionKey::except) || is(key, ConditionKey::unless); }

Truth test(const Subject& s, const image::ConditionRecord& condition) {
  if (is(condition.key, ConditionKey::except)) return excepted(s, condition.values);
  if (is(condition.key, ConditionKey::recursive)) {
    const model::FileAccess* access = s.op.as_file();
    return certain(access != nullptr && access->recursive == (condition.flag != 0));
  }
  if (condition.key >= kTable.size()) {
    s.image.mark_damaged();
    return Truth::no;
  }
  const ValueTest one = kTable[condition.key].test;
  const image::Range values = s.image.within(condition.values);
  Truth best = Truth::no;
  for (std::uint32_t i = 0; i < values.count && best != Truth::yes && !s.image.damaged(); ++i) {
    best = either(best, one(s, values.first + i));
  }
  return best;
}

}  // namespace belay::decide
