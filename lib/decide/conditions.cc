#include "decide/conditions.h"

#include <array>

#include "base/text.h"

namespace belay::decide {

namespace {

using image::ConditionKey;
using image::PatternRecord;
using image::Section;
using model::Text;

PatternRecord pattern_at(const Subject& s, std::uint32_t number) { return s.image.at<PatternRecord>(Section::patterns, number); }
std::string_view text_at(const Subject& s, std::uint32_t number) { return s.image.text(pattern_at(s, number).text); }

Truth certain(bool holds) { return holds ? Truth::yes : Truth::no; }

path::GlobView glob_at(const Subject& s, std::uint32_t number) {
  const PatternRecord record = pattern_at(s, number);
  if (record.anchor > static_cast<std::uint32_t>(path::Anchor::tmp) || record.form > static_cast<std::uint32_t>(path::GlobKind::wildcards)) {
    s.image.mark_damaged();
    return {};
  }
  return {static_cast<path::Anchor>(record.anchor), static_cast<path::GlobKind>(record.form), record.fold_case != 0,
          s.image.text(record.text)};
}

Truth program(const Subject& s, std::uint32_t number) {
  return s.exec == nullptr ? Truth::no : path::match_plain(text_at(s, number), s.exec->program);
}

/// `wanted` among blank-separated `names`.
bool named(std::string_view names, std::string_view wanted) {
  for (const std::string_view name : base::split_blank(names)) {
    if (name == wanted) return true;
  }
  return false;
}

/// A word that is not known before the call runs may be any option.
bool unknown_words(const model::Exec& exec) {
  for (const Text& operand : exec.operands) {
    const bool leads = !operand.empty() && operand.view().front() == model::kHole;
    if (leads && has(operand.trait(0), model::HoleTrait::words)) return true;
  }
  return false;
}

Truth option(const Subject& s, std::uint32_t number) {
  if (s.exec == nullptr) return Truth::no;
  const std::string_view wanted = text_at(s, number);
  const std::size_t equals = wanted.find('=');
  const std::string_view name = wanted.substr(0, equals);
  Truth best = unknown_words(*s.exec) ? Truth::maybe : Truth::no;
  for (const model::OptionUse& use : s.exec->options) {
    if (!named(use.names, name)) continue;
    if (equals == std::string_view::npos) return Truth::yes;
    if (use.has_value) best = either(best, path::match_plain(wanted.substr(equals + 1), use.value));
  }
  return best;
}

Truth argument(const Subject& s, std::uint32_t number) {
  Truth best = Truth::no;
  if (s.exec == nullptr) return best;
  const std::string_view glob = text_at(s, number);
  for (const Text& operand : s.exec->operands) best = either(best, path::match_plain(glob, operand));
  return best;
}

/// Something that the command only may do is at most maybe.
Truth as_sure_as(const model::FileAccess& access, Truth truth) { return access.certain ? truth : both(truth, Truth::maybe); }

template <class Ask>
Truth any_form(const model::FileAccess& access, Ask ask) {
  const Truth lexical = ask(access.path.lexical);
  if (lexical == Truth::yes || access.path.canonical == access.path.lexical) return as_sure_as(access, lexical);
  return as_sure_as(access, either(lexical, ask(access.path.canonical)));
}

Truth path_meets(const Subject& s, std::uint32_t number) {
  const model::FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const path::GlobView glob = glob_at(s, number);
  return any_form(*access, [&](const Text& form) {
    return path::meets(glob, form, {access->recursive, access->contents_only}, s.question.places);
  });
}

Truth path_covers(const Subject& s, std::uint32_t number) {
  const model::FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  const path::GlobView glob = glob_at(s, number);
  return any_form(*access, [&](const Text& form) {
    return path::covers(glob, form, {access->recursive, access->contents_only}, s.question.places);
  });
}

Truth variable(const Subject& s, std::uint32_t number) {
  Truth best = Truth::no;
  if (s.exec == nullptr) return best;
  const std::string_view wanted = text_at(s, number);
  const std::size_t equals = wanted.find('=');
  for (const model::Binding& binding : s.exec->env) {
    if (binding.name != wanted.substr(0, equals)) continue;
    best = either(best, equals == std::string_view::npos ? Truth::yes : path::match_plain(wanted.substr(equals + 1), binding.value));
  }
  return best;
}

Truth user(const Subject& s, std::uint32_t number) {
  return s.exec == nullptr ? Truth::no : path::match_plain(text_at(s, number), Text(s.exec->as));
}

Truth standard_input(const Subject& s, std::uint32_t number) {
  return certain(s.exec != nullptr && model::name_of(s.exec->input) == text_at(s, number));
}

Truth wrapper(const Subject& s, std::uint32_t number) {
  Truth best = Truth::no;
  if (s.exec == nullptr) return best;
  for (const std::string& via : s.exec->via) best = either(best, path::match_plain(text_at(s, number), Text(via)));
  return best;
}

Truth reason(const Subject& s, std::uint32_t number) {
  const model::Opaque* opaque = s.op.as_opaque();
  return certain(opaque != nullptr && model::name_of(opaque->reason) == text_at(s, number));
}

struct Row {
  ConditionKey key;
  ValueTest test;
};
constexpr std::array kTable{
    Row{ConditionKey::program, program},   Row{ConditionKey::option, option}, Row{ConditionKey::arg, argument},
    Row{ConditionKey::path, path_meets},   Row{ConditionKey::covers, path_covers}, Row{ConditionKey::env, variable},
    Row{ConditionKey::as, user},           Row{ConditionKey::standard_input, standard_input}, Row{ConditionKey::via, wrapper},
    Row{ConditionKey::reason, reason},
};

ValueTest test_of(ConditionKey key) {
  for (const Row& row : kTable) {
    if (row.key == key) return row.test;
  }
  return pattern_test(key);
}

}  // namespace

bool suppresses(ConditionKey key) { return key == ConditionKey::except || key == ConditionKey::unless; }

Truth excepted(const Subject& s, image::Range values) {
  const model::FileAccess* access = s.op.as_file();
  if (access == nullptr) return Truth::no;
  Truth lexical = Truth::no;
  Truth canonical = Truth::no;
  for (std::uint32_t i = 0; i < values.count && !s.image.damaged(); ++i) {
    const path::GlobView glob = glob_at(s, values.first + i);
    lexical = either(lexical, path::meets(glob, access->path.lexical, {}, s.question.places));
    canonical = either(canonical, path::meets(glob, access->path.canonical, {}, s.question.places));
  }
  return both(lexical, canonical);
}

Truth test(const Subject& s, const image::ConditionRecord& condition) {
  if (condition.key > static_cast<std::uint32_t>(ConditionKey::reason)) {
    s.image.mark_damaged();
    return Truth::no;
  }
  const auto key = static_cast<ConditionKey>(condition.key);
  if (key == ConditionKey::except) return excepted(s, condition.values);
  if (key == ConditionKey::recursive) {
    const model::FileAccess* access = s.op.as_file();
    return certain(access != nullptr && access->recursive == (condition.flag != 0));
  }
  const ValueTest one = test_of(key);
  Truth best = Truth::no;
  for (std::uint32_t i = 0; i < condition.values.count && best != Truth::yes && !s.image.damaged(); ++i) {
    best = either(best, one(s, condition.values.first + i));
  }
  return best;
}

}  // namespace belay::decide
