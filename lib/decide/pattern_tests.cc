#include <string>

#include "base/text.h"
#include "decide/tests.h"
#include "path/path.h"
#include "regex/literals.h"

/// Conditions on requests, statements, tools and texts: plain comparisons and regular expressions.
namespace belay::decide {

namespace tests {

namespace {

using model::Text;

/// Lower case, the holes where they were: patterns of keys that fold are stored in lower case.
Text folded(const Text& text) {
  Text out;
  std::size_t hole = 0;
  for (const char c : text.view()) {
    const char low = base::to_lower(c);
    if (c == model::kHole) out.append_hole(text.trait(hole++));
    else out.append(std::string_view(&low, 1));
  }
  return out;
}

/// Longer ones are not looked at closely: the time is the product of both sizes.
constexpr std::size_t kLongestOpenText = 8192;

void leave_out(std::string_view bytes, regex::ByteSet& set) {
  for (const char c : bytes) set.reset(static_cast<unsigned char>(c));
}

/// What may stand where the holes of a request are. A glob in an address is a `?` or brackets that the shell leaves as they are, or else the
/// name of a file: neither ends the part that it stands in.
std::vector<regex::ByteSet> fillings(const Text& text) {
  std::vector<regex::ByteSet> out;
  for (std::size_t i = 0; i < text.hole_count(); ++i) {
    regex::ByteSet set = regex::ByteSet().set();
    const model::HoleTrait trait = text.trait(i);
    if (!has(trait, model::HoleTrait::slash)) leave_out("/", set);
    if (!has(trait, model::HoleTrait::blank) && !has(trait, model::HoleTrait::words)) leave_out(" \t\n", set);
    if (has(trait, model::HoleTrait::inside)) leave_out("\"&?#", set);
    if (has(trait, model::HoleTrait::glob)) leave_out("\"&=", set);
    out.push_back(set);
  }
  return out;
}

/// Of a request it can be said what its parts are, and so which of them an unknown part belongs to.
Truth found_or_possible(const Subject& s, std::uint32_t number, const Text& text) {
  if (s.patterns.found(number, text.view())) return Truth::yes;
  if (text.literal()) return Truth::no;
  if (text.size() > kLongestOpenText) return Truth::maybe;
  return s.patterns.possible(number, text.view(), fillings(text)) ? Truth::maybe : Truth::no;
}

}  // namespace

Truth found_or_hidden(const Subject& s, std::uint32_t number, const Text& text) {
  if (s.patterns.found(number, text.view())) return Truth::yes;
  return text.literal() ? Truth::no : Truth::maybe;
}

/// `example.com.` is `example.com`, said without search domains.
Truth host(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  if (fetch == nullptr) return Truth::no;
  const bool rooted = fetch->host.view().ends_with('.');
  return path::match_plain(pattern_text(s, number), rooted ? fetch->host.substr(0, fetch->host.size() - 1) : fetch->host);
}

Truth method(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return certain(fetch != nullptr && base::iequals(fetch->method, pattern_text(s, number)));
}

Truth url(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return fetch == nullptr ? Truth::no : found_or_possible(s, number, fetch->url);
}

Truth body(const Subject& s, std::uint32_t number) {
  const model::Fetch* fetch = s.op.as_fetch();
  return fetch == nullptr ? Truth::no : found_or_possible(s, number, fetch->body);
}

Truth engine(const Subject& s, std::uint32_t number) {
  const model::Query* query = s.op.as_query();
  return certain(query != nullptr && base::iequals(query->engine, pattern_text(s, number)));
}

Truth target(const Subject& s, std::uint32_t number) {
  const model::Query* query = s.op.as_query();
  if (query == nullptr) return Truth::no;
  const std::string_view glob = pattern_text(s, number);
  const auto meets = [&](const Text& text) { return text.empty() ? Truth::no : path::match_plain(glob, folded(text)); };
  return either(meets(query->host), meets(query->database));
}

Truth statement(const Subject& s, std::uint32_t number) {
  const model::Query* query = s.op.as_query();
  return query == nullptr ? Truth::no : found_or_hidden(s, number, query->statement);
}

Truth tool(const Subject& s, std::uint32_t number) {
  const model::ToolUse* use = s.op.as_tool();
  return use == nullptr ? Truth::no : path::match_plain(pattern_text(s, number), Text(use->tool));
}

Truth input(const Subject& s, std::uint32_t number) {
  const model::ToolUse* use = s.op.as_tool();
  Truth best = Truth::no;
  if (use == nullptr) return best;
  for (const model::ToolField& field : use->input) {
    best = either(best, found_or_hidden(s, number, field.value));
    if (best == Truth::yes) break;
  }
  return best;
}

Truth reason(const Subject& s, std::uint32_t number) {
  const model::Opaque* opaque = s.op.as_opaque();
  return certain(opaque != nullptr && model::name_of(opaque->reason) == pattern_text(s, number));
}

}  // namespace tests

bool Patterns::found(std::uint32_t pattern, std::string_view text) {
  const auto record = image_.at<image::PatternRecord>(image::Section::patterns, pattern);
  bool possible = record.literals.count == 0;
  for (std::uint32_t i = 0; i < record.literals.count && !possible && !image_.damaged(); ++i) {
    const auto literal = image_.at<image::Str>(image::Section::texts, record.literals.first + i);
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

bool Patterns::possible(std::uint32_t pattern, std::string_view text, const std::vector<regex::ByteSet>& fillings) {
  auto known = open_.find(pattern);
  if (known == open_.end()) {
    const auto record = image_.at<image::PatternRecord>(image::Section::patterns, pattern);
    known = open_.emplace(pattern, regex::Possible::compile(image_.text(record.text))).first;
  }
  return !known->second || known->second->found_in(text, fillings);
}

}  // namespace belay::decide
