#include <algorithm>

#include "base/text.h"
#include "path/path.h"
#include "policy/compile_parts.h"
#include "policy/condition_table.h"
#include "policy/diag_table.h"
#include "policy/expand.h"
#include "regex/literals.h"
#include "regex/pattern.h"

namespace belay::policy {

namespace {

using image::Range;
using image::Section;

/// What a test costs, roughly: the order in which the conditions of a table are looked at.
int cost_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::boolean:
    case ValueKind::word:
    case ValueKind::exact: return 0;
    case ValueKind::option: return 1;
    case ValueKind::glob:
    case ValueKind::assignment: return 2;
    case ValueKind::path: return 3;
    case ValueKind::regex: return 5;
  }
  return 5;
}

int cost_of(const Condition& condition) {
  const ConditionRow& row = row_of(condition.key);
  return cost_of(row.kind) + (row.suppresses ? 1 : 0);  // what suppresses is only asked when the rest holds
}

}  // namespace

bool is_regex(const Condition& condition) { return row_of(condition.key).kind == ValueKind::regex; }

Range ConditionWriter::texts(const std::vector<std::string>& values) {
  std::vector<image::Str> out;
  for (const auto& value : values) out.push_back(builder_.text(value));
  return builder_.add_all(Section::texts, out);
}

Range ConditionWriter::texts(const std::vector<Value>& values) {
  std::vector<image::Str> out;
  for (const auto& value : values) out.push_back(builder_.text(value.text));
  return builder_.add_all(Section::texts, out);
}

image::PatternRecord ConditionWriter::regex(const SourcePtr& source, const Value& value) {
  if (const auto error = regex::check(value.text)) {
    report(out_, source, value.span, {Code::bad_regex, "not a pattern: " + error->what, "", ""});
    return {};
  }
  image::PatternRecord record;
  record.text = builder_.text(value.text);
  record.literals = texts(regex::required_literals(value.text));
  return record;
}

void ConditionWriter::add_paths(const SourcePtr& source, const Value& value, std::vector<image::PatternRecord>& into) {
  const auto globs = path::compile_glob(value.text, path::Case::fold);
  if (!globs) {
    report(out_, source, value.span, {Code::bad_glob, "not a path pattern: " + globs.error().what, "", ""});
    return;
  }
  for (const auto& glob : *globs) {
    image::PatternRecord record;
    record.text = builder_.text(glob.text);
    record.anchor = static_cast<std::uint32_t>(glob.anchor);
    record.form = static_cast<std::uint32_t>(glob.kind);
    record.fold_case = glob.fold_case ? 1 : 0;
    into.push_back(record);
  }
}

void ConditionWriter::add_pattern(const SourcePtr& source, Key key, const Value& value, std::vector<image::PatternRecord>& into) {
  const ConditionRow& row = row_of(key);
  switch (row.kind) {
    case ValueKind::path: return add_paths(source, value, into);
    case ValueKind::regex: into.push_back(regex(source, value)); return;
    case ValueKind::exact:
    case ValueKind::word:
    case ValueKind::glob:
    case ValueKind::option:
    case ValueKind::assignment:
    case ValueKind::boolean: break;
  }
  image::PatternRecord record;
  record.text = builder_.text(row.fold ? base::lower(value.text) : value.text);
  into.push_back(record);
}

Range ConditionWriter::patterns(const SourcePtr& source, Key key, const std::vector<Value>& values) {
  const ValueKind kind = row_of(key).kind;
  std::vector<image::PatternRecord> records;
  for (const auto& value : values) {
    // Whoever loads replaces the references first; one that is still there would be compared as if it were a pattern.
    const auto reference = kind == ValueKind::regex ? std::nullopt : reference_in(&row_of(key), value.text);
    if (reference) {
      report(out_, source, value.span, {Code::unknown_reference, "no list `@" + reference->name + "`", "", ""});
    } else {
      add_pattern(source, key, value, records);
    }
  }
  return builder_.add_all(Section::patterns, records);
}

Range ConditionWriter::conditions(const SourcePtr& source, std::vector<const Condition*> list) {
  std::stable_sort(list.begin(), list.end(), [](const Condition* a, const Condition* b) { return cost_of(*a) < cost_of(*b); });
  std::vector<image::ConditionRecord> records;
  for (const Condition* condition : list) {
    image::ConditionRecord record;
    record.key = static_cast<std::uint32_t>(condition->key);
    record.flag = condition->flag ? 1 : 0;
    record.values = patterns(source, condition->key, condition->values);
    records.push_back(record);
  }
  return builder_.add_all(Section::conditions, records);
}

}  // namespace belay::policy
