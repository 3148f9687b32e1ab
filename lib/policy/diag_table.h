#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/diag.h"
#include "policy/rule.h"

/// Every finding that reading rule files can make, one row each (knowledge files have E120 to E139, see knowledge_load.cc). A code is never renamed and never used again for something else.
namespace belay::policy {

enum class Code : std::uint8_t {
  syntax,
  unknown_key,
  wrong_type,
  duplicate,
  bad_id,
  bad_text,
  unknown_reference,
  missing_key,
  not_applicable,
  contradiction,
  empty_value,
  bad_glob,
  bad_nesting,
  too_strict_unsure,
  relaxes_floor,
  too_large,
  bad_regex,
  backreference,
  lookaround,
  atomic_group,
  heavy_regex,
  wide_class,
  allow_in_pack,
  override_of_nothing,
  count_,
};

struct CodeRow {
  Code code;
  std::string_view name;
  base::Severity severity;
  std::string_view title;
  std::string_view remedy;  ///< what to do in general; shown as help when the finding has nothing better
};

inline constexpr std::array<CodeRow, static_cast<std::size_t>(Code::count_)> kCodeTable{{
    {Code::syntax, "E101", base::Severity::error, "the file is not TOML", ""},
    {Code::unknown_key, "E102", base::Severity::error, "a key that does not exist here", ""},
    {Code::wrong_type, "E103", base::Severity::error, "a value of the wrong type, or a word that is none of the known ones", ""},
    {Code::duplicate, "E104", base::Severity::error, "the same name twice", "an id or a list has one place"},
    {Code::bad_id, "E105", base::Severity::error, "an id that is not `pack.name`",
     "lower-case letters, digits and dashes; a rule's id is its pack's id, a dot, and a name"},
    {Code::bad_text, "E106", base::Severity::error, "bytes that are not plain UTF-8 text",
     "save the file as UTF-8 without a byte order mark"},
    {Code::unknown_reference, "E107", base::Severity::error, "a list that `[params]` does not define",
     "define it in `[params]`; a value that really begins with an at sign is written `[@]…`"},
    {Code::missing_key, "E112", base::Severity::error, "a required key is missing", ""},
    {Code::not_applicable, "E113", base::Severity::error, "a condition that this kind of operation does not have", ""},
    {Code::contradiction, "E114", base::Severity::error, "keys that exclude each other", ""},
    {Code::empty_value, "E115", base::Severity::error, "an empty list or text", "leave the key out, or give it a value"},
    {Code::bad_glob, "E116", base::Severity::error, "a pattern that is not a glob", ""},
    {Code::bad_nesting, "E117", base::Severity::error, "`any`, `all` and `not` inside each other",
     "they nest one level; split the rule in two"},
    {Code::too_strict_unsure, "E118", base::Severity::error, "`unsure` is stricter than the action",
     "what is not certain cannot be treated harder than what is"},
    {Code::relaxes_floor, "E119", base::Severity::error, "an override relaxes a floor rule",
     "nothing relaxes a rule with `floor = true`"},
    {Code::too_large, "E140", base::Severity::error, "more than a rule file may hold", "split the file"},
    {Code::bad_regex, "E201", base::Severity::error, "a pattern that RE2 does not accept", ""},
    {Code::backreference, "E202", base::Severity::error, "a back-reference, which RE2 does not have",
     "write the alternatives out"},
    {Code::lookaround, "E203", base::Severity::error, "a look-around, which RE2 does not have",
     "say what must hold in `match` and what must not in `unless`"},
    {Code::atomic_group, "E204", base::Severity::error, "a possessive or atomic group, which RE2 does not have",
     "RE2 never backtracks: a plain group is enough"},
    {Code::heavy_regex, "E205", base::Severity::error, "a pattern that compiles to more than its memory allows",
     "shorten it, or lower its repetitions"},
    {Code::wide_class, "E208", base::Severity::error, "a character beyond ASCII in a character class",
     "patterns see bytes: write the alternatives out, `(é|è)`"},
    {Code::allow_in_pack, "W303", base::Severity::warning, "an `allow` rule",
     "it counts only in the policy that the administrator installed, nowhere else"},
    {Code::override_of_nothing, "W304", base::Severity::warning, "an override that names no rule of these files", ""},
}};

namespace detail {
constexpr bool complete() {
  for (std::size_t i = 0; i < kCodeTable.size(); ++i) {
    if (static_cast<std::size_t>(kCodeTable[i].code) != i || kCodeTable[i].name.empty()) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (kCodeTable[j].name == kCodeTable[i].name) return false;
    }
  }
  return true;
}
static_assert(complete(), "kCodeTable needs one row per Code, in order, each with a name of its own");
}  // namespace detail

[[nodiscard]] constexpr const CodeRow& row_of(Code code) { return kCodeTable[static_cast<std::size_t>(code)]; }

/// What is particular about one finding.
struct Finding {
  Code code;
  std::string message;
  std::string label;
  std::string help;  ///< empty: the remedy of the row
};

inline void report(base::Diagnostics& out, const SourcePtr& source, Span span, Finding finding) {
  const CodeRow& row = row_of(finding.code);
  std::string help = finding.help.empty() ? std::string(row.remedy) : std::move(finding.help);
  out.add(
      {std::string(row.name), row.severity, std::move(finding.message), source, span, std::move(finding.label), std::move(help)});
}

}  // namespace belay::policy
