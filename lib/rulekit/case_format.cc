#include <array>

#include "base/text.h"
#include "rulekit/case_format.h"
#include "rulekit/markup.h"

namespace belay::rulekit {

namespace {

struct FormatRow {
  std::string_view name;
  std::string (*write)(const CaseReport&, const CaseFormatOptions&);
};
constexpr std::array<FormatRow, 4> kFormats{
    {{"text", format_case_text}, {"tap", format_case_tap}, {"junit", format_case_junit}, {"json", format_case_json}}};

constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string painted(std::string_view text, std::string_view colour, const CaseFormatOptions& options) {
  return options.colour ? std::string(colour) + std::string(text) + std::string(kPlain) : std::string(text);
}

std::string place_of(const CaseResult& result) { return result.rule->source->name() + ":" + std::to_string(line_of(result)); }

std::string percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? "" : " (" + std::to_string(part * 100 / whole) + " %)";
}

void append_coverage(std::string& out, const Coverage& c, const CaseFormatOptions& options) {
  out += "rules that fired in a case: " + std::to_string(c.fired) + " of " + std::to_string(c.rules) + percent(c.fired, c.rules) +
         "\n";
  out += "rules with a near miss: " + std::to_string(c.near_miss) + " of " + std::to_string(c.rules) +
         percent(c.near_miss, c.rules) + "\n";
  if (c.mutants > 0) {
    const std::size_t told = c.mutants - c.explained - c.survivors.size();
    out += "mutants that a case tells from their rule: " + std::to_string(told) + " of " + std::to_string(c.mutants) +
           percent(told, c.mutants);
    if (c.explained > 0) out += ", " + std::to_string(c.explained) + " explained";
    out += "\n";
  }
  for (const auto* rule : c.never_fired) out += "  never fired: " + rule->id + "\n";
  for (const auto* rule : c.never_missed) out += "  no near miss: " + rule->id + "\n";
  for (const auto& one : c.idle) out += "  explains no survivor: " + one.rule + ": " + base::printable(one.what) + "\n";
  if (!options.survivors) return;
  for (const auto& one : c.survivors) {
    const auto line = std::to_string(one.rule->source->position(one.span.begin).line);
    out += "  survives: " + one.rule->source->name() + ":" + line + ": " + one.rule->id + ": " + base::printable(one.what) + "\n";
  }
}

}  // namespace

std::optional<CaseFormat> case_format_named(std::string_view name) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (kFormats[i].name == name) return static_cast<CaseFormat>(i);
  }
  return std::nullopt;
}

std::string format_cases(const CaseReport& report, CaseFormat format, const CaseFormatOptions& options) {
  return kFormats[static_cast<std::size_t>(format)].write(report, options);
}

std::string format_case_text(const CaseReport& report, const CaseFormatOptions& options) {
  std::string out;
  for (const auto& result : report.results) {
    if (result.passed() && !options.verbose) continue;
    out += result.passed() ? painted("ok", kGreen, options) : painted("FAILED", kRed, options);
    out += " " + place_of(result) + ": " + result.rule->id + " case " + std::to_string(result.number) + "\n";
    if (result.passed()) continue;
    out += "  " + base::printable(subject_of(*result.one)) + "\n  " + base::printable(explain(result)) + "\n";
  }
  if (!out.empty()) out += "\n";
  const std::size_t failed = report.failed();
  out += counted(report.results.size(), "case") + " of " + counted(report.coverage.rules, "rule") + ", ";
  out += failed == 0 ? painted("all passed", kGreen, options) : painted(std::to_string(failed) + " failed", kRed, options);
  out += "\n";
  append_coverage(out, report.coverage, options);
  return out;
}

}  // namespace belay::rulekit
