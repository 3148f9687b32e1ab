#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/diag.h"
#include "policy/rule.h"

/// What `belay lint` finds beyond what loading finds (policy/diag_table.h), one row each. A code is never renamed and never used again.
namespace belay::rulekit {

enum class Code : std::uint8_t {
  no_literal,
  matches_empty,
  idle_repetition,
  many_patterns,
  same_matcher,
  outdone_matcher,
  no_firing_case,
  no_passing_case,
  same_case,
  bad_text,
  instead_fires,
  unknown_program,
  unreached_command,
  same_value,
  suppressing_pattern,
  unknown_framework,
  unknown_framework_id,
  count_,
};

struct CodeRow {
  Code code;
  std::string_view name;
  base::Severity severity;
  std::string_view title;
  std::string_view remedy;
};

inline constexpr std::array<CodeRow, static_cast<std::size_t>(Code::count_)> kCodeTable{{
    {Code::no_literal, "W206", base::Severity::warning,
     "a pattern without any fixed text: it must be compiled for every call of its kind, as much work again as a whole harmless call (some 160 000 instructions)",
     "say something fixed of at least three letters, or name a `command`"},
    {Code::matches_empty, "W207", base::Severity::warning, "a pattern that matches the empty text, and so everything", ""},
    {Code::idle_repetition, "W208", base::Severity::warning, "`.*` at an end of a pattern",
     "a pattern is found anywhere in the text: leave it out"},
    {Code::many_patterns, "W211", base::Severity::warning, "more than two rules with patterns can meet the same command",
     "compiling a pattern is what costs time: use `option`, `arg` or `program` where they can say it"},
    {Code::same_matcher, "W301", base::Severity::warning, "two rules that say the same", "keep one of them"},
    {Code::outdone_matcher, "W302", base::Severity::warning, "a rule that another one always outdoes",
     "the strictest action wins: this rule never decides"},
    {Code::no_firing_case, "W305", base::Severity::error, "a rule without a case that fires",
     "add a `[[rule.case]]` that meets the rule"},
    {Code::no_passing_case, "W306", base::Severity::error, "a rule without a near miss that passes",
     "add a `[[rule.case]]` with `expect = \"pass\"` that is almost the bad one"},
    {Code::same_case, "W307", base::Severity::warning, "the same case twice", ""},
    {Code::bad_text, "W310", base::Severity::warning, "a text that is missing, too long or not printable", ""},
    {Code::instead_fires, "W311", base::Severity::error, "what is recommended instead is itself stopped",
     "recommend something that passes"},
    {Code::unknown_program, "W314", base::Severity::warning, "a command whose program has no knowledge",
     "its subcommand words and options can only be guessed: describe it in a `[[program]]`"},
    {Code::unreached_command, "E317", base::Severity::error, "a command of more words than its program is read with",
     "the words behind are operands, and the rule never meets the command: give the program `words` or a `[[program.sub]]`"},
    {Code::same_value, "W315", base::Severity::warning, "the same value twice in a list", ""},
    {Code::suppressing_pattern, "E316", base::Severity::error, "a pattern that suppresses where an option could",
     "whoever writes the command could put that text anywhere, in a comment even: use `not = [ { option = … } ]`"},
    {Code::unknown_framework, "W402", base::Severity::warning, "a framework that `meta` does not know",
     "a catalogue is described in a `[[framework]]`"},
    {Code::unknown_framework_id, "W403", base::Severity::warning, "an id that its framework does not have", ""},
}};

namespace detail {
constexpr bool complete() {
  for (std::size_t i = 0; i < kCodeTable.size(); ++i) {
    if (static_cast<std::size_t>(kCodeTable[i].code) != i || kCodeTable[i].name.empty()) return false;
  }
  return true;
}
static_assert(complete(), "kCodeTable needs one row per Code, in order");
}  // namespace detail

[[nodiscard]] constexpr const CodeRow& row_of(Code code) { return kCodeTable[static_cast<std::size_t>(code)]; }

/// What is particular about one finding.
struct Finding {
  Code code;
  std::string message;
  std::string label = {};
  std::string help = {};  ///< empty: the remedy of the row
};

inline void report(base::Diagnostics& out, const policy::SourcePtr& source, base::Span span, Finding finding) {
  const CodeRow& row = row_of(finding.code);
  std::string help = finding.help.empty() ? std::string(row.remedy) : std::move(finding.help);
  out.add(
      {std::string(row.name), row.severity, std::move(finding.message), source, span, std::move(finding.label), std::move(help)});
}

}  // namespace belay::rulekit
