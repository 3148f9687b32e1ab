#include <array>
#include <string>

#include "base/text.h"
#include "decide/conditions.h"
#include "regex/literals.h"

/// Conditions on requests, statements, tools and texts: plain comparisons and regular expressions.
namespace belay::decide {

namespace {

using image::ConditionKey;
using image::PatternRecord;
using image::Section;
using model::Text;

std::string_view text_at(const Subject& s, std::uint32_t number) {
  return s.image.text(s.image.at<PatternRecord>(Section::patterns, number).text);
}

Truth certain(bool holds) { return holds ? Truth::yes : Truth::no; }

/// A text that is partly unknown may hold what the pattern looks for.
Truth found_or_hidden(const Subject& s, std::uint32_t number, const Text& text) {
  if (s.patterns.found(number, text.view())) return Truth::yes;
  return text.literal() ? Truth::no : Truth::maybe;
}

Truth host(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return fetch == nullptr ? Truth::no : path::match_plain(text_at(s, number), fetch->host);
}
Truth method(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return certain(fetch != nullptr && base::iequals(fetch->method, text_at(s, number)));
}
Truth url(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return fetch == nullptr ? Truth::no : found_or_hidden(s, number, fetch->url);
}
Truth body(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return fetch == nullptr ? Truth::no : found_or_hidden(s, number, fetch->body);
}
Truth engine(const Subject& s, std::uint32_t number) {
  const model::Query* query = s.op.as_query();
  return certain(query != nullptr && base::iequals(query->engine, text_at(s, number)));
}
Truth target(const Subject& s, std::uint32_t number) {
  const model::Query* query = s.op.as_query();
  if (query == nullptr) return Truth::no;
  const std::string_view glob = text_at(s, number);
  return either(path::match_plain(glob, query->host), path::match_plain(glob, query->database));
}
Truth statement(const Subject& s, std::uint32_t number) {
  const model::Query* query = s.op.as_query();
  return query == nullptr ? Truth::no : found_or_hidden(s, number, query->statement);
}
Truth tool(const Subject& s, std::uint32_t number) {
  const model::ToolUse* use = s.op.as_tool();
  return use == nullptr ? Truth::no : path::match_plain(text_at(s, number), Text(use->tool));
}
Truth input(const Subject& s, std::uint32_t number) {
  const model::ToolUse* use = s.op.as_tool();
  if (use == nullptr) return Truth::no;
  for (const model::ToolField& field : use->input) {
    if (s.patterns.found(number, field.value.view())) return Truth::yes;
  }
  return Truth::no;
}
Truth content(const Subject& s, std::uint32_t number) {
  const model::FileAccess* access = s.op.as_file();
  return certain(access != nullptr && s.patterns.found(number, access->content.view()));
}
Truth line(const Subject& s, std::uint32_t number) {
  return certain(s.exec != nullptr && s.patterns.found(number, s.exec->canonical.view()));
}
Truth never(const Subject& s, std::uint32_t) {
  s.image.mark_damaged();
  return Truth::no;
}

struct Row {
  ConditionKey key;
  ValueTest test;
};
constexpr std::array kTable{
    Row{ConditionKey::host, host},     Row{ConditionKey::method, method}, Row{ConditionKey::url, url},
    Row{ConditionKey::body, body},     Row{ConditionKey::engine, engine}, Row{ConditionKey::target, target},
    Row{ConditionKey::statement, statement}, Row{ConditionKey::tool, tool}, Row{ConditionKey::input, input},
    Row{ConditionKey::content, content}, Row{ConditionKey::match, line},  Row{ConditionKey::unless, line},
};

}  // namespace

ValueTest pattern_test(ConditionKey key) {
  for (const Row& row : kTable) {
    if (row.key == key) return row.test;
  }
  return never;
}

bool Patterns::found(std::uint32_t pattern, std::string_view text) {
  const auto record = image_.at<PatternRecord>(Section::patterns, pattern);
  bool possible = record.literals.count == 0;
  for (std::uint32_t i = 0; i < record.literals.count && !possible && !image_.damaged(); ++i) {
    const auto literal = image_.at<image::Str>(Section::texts, record.literals.first + i);
    possible = regex::contains_folded(text, image_.text(literal));
  }
  if (!possible) return false;
  auto known = compiled_.find(pattern);
  if (known == compiled_.end()) {
    auto made = regex::Pattern::compile(image_.text(record.text));
    if (!made) {
      image_.mark_damaged();  // the compiler wrote none that does not compile
      return false;
    }
    known = compiled_.emplace(pattern, *std::move(made)).first;
  }
  return known->second.found_in(text);
}

}  // namespace belay::decide
