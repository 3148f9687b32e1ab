#include <map>

#include "base/text.h"
#include "json/writer.h"
#include "rulekit/case_format.h"
#include "rulekit/markup.h"

namespace belay::rulekit {

namespace {

std::string title_of(const CaseResult& result) {
  return result.rule->id + " case " + std::to_string(result.number) + ": " + base::printable(subject_of(*result.one));
}

/// A TAP description ends at an unescaped `#`.
std::string tap_text(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// A YAML plain scalar in single quotes.
std::string yaml_text(std::string_view s) {
  std::string out = "'";
  for (const char c : s) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

void write_result(json::Writer& w, const CaseResult& result) {
  w.begin_object()
      .field("rule", result.rule->id)
      .field("case", std::uint64_t{result.number})
      .field("file", result.rule->source->name());
  w.field("line", line_of(result)).field("subject", subject_of(*result.one)).field("passed", result.passed());
  w.key("failures").begin_array();
  for (const auto& f : result.failures) {
    w.begin_object().field_if("about", f.about).field_if("wanted", f.wanted).field("got", f.got).end_object();
  }
  w.end_array().key("held").begin_array();
  for (const auto& id : result.findings) w.string(id);
  w.end_array().end_object();
}

void write_rules(json::Writer& w, std::string_view key, const std::vector<const policy::Rule*>& rules) {
  w.key(key).begin_array();
  for (const auto* rule : rules) w.string(rule->id);
  w.end_array();
}

void write_coverage(json::Writer& w, const Coverage& c) {
  w.key("coverage").begin_object().field("rules", std::uint64_t{c.rules}).field("fired", std::uint64_t{c.fired});
  w.field("near_miss", std::uint64_t{c.near_miss}).field("mutants", std::uint64_t{c.mutants}).field("explained", std::uint64_t{c.explained});
  write_rules(w, "never_fired", c.never_fired);
  write_rules(w, "never_missed", c.never_missed);
  w.key("survivors").begin_array();
  for (const auto& one : c.survivors) {
    w.begin_object().field("rule", one.rule->id).field("mutant", one.what).field("file", one.rule->source->name());
    w.field("line", one.rule->source->position(one.span.begin).line).end_object();
  }
  w.end_array().end_object();
}

std::string junit_case(const CaseResult& result) {
  std::string out = "    <testcase classname=\"" + xml(result.rule->id) + "\" name=\"" +
                    xml("case " + std::to_string(result.number) + ": " + subject_of(*result.one)) + "\" file=\"" +
                    xml(result.rule->source->name()) + "\" line=\"" + std::to_string(line_of(result)) + "\"";
  if (result.passed()) return out + "/>\n";
  return out + ">\n      <failure type=\"case\" message=\"" + xml(explain(result)) + "\"/>\n    </testcase>\n";
}

}  // namespace

std::string format_case_tap(const CaseReport& report, const CaseFormatOptions& /*options*/) {
  std::string out = "TAP version 14\n1.." + std::to_string(report.results.size()) + "\n";
  std::size_t number = 0;
  for (const auto& result : report.results) {
    out +=
        std::string(result.passed() ? "ok " : "not ok ") + std::to_string(++number) + " - " + tap_text(title_of(result)) + "\n";
    if (result.passed()) continue;
    out += "  ---\n  message: " + yaml_text(base::printable(explain(result))) + "\n";
    out += "  at:\n    file: " + yaml_text(result.rule->source->name()) + "\n    line: " + std::to_string(line_of(result)) +
           "\n  ...\n";
  }
  return out;
}

std::string format_case_junit(const CaseReport& report, const CaseFormatOptions& /*options*/) {
  struct Suite {
    std::string cases;
    std::size_t tests = 0;
    std::size_t failures = 0;
  };
  std::map<std::string, Suite> suites;
  for (const auto& result : report.results) {
    auto& suite = suites[result.rule->source->name()];
    suite.cases += junit_case(result);
    ++suite.tests;
    suite.failures += result.passed() ? 0U : 1U;
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"belay test\" tests=\"" +
                    std::to_string(report.results.size()) + "\" failures=\"" + std::to_string(report.failed()) + "\">\n";
  for (const auto& [name, suite] : suites) {
    out += "  <testsuite name=\"" + xml(name) + "\" tests=\"" + std::to_string(suite.tests) + "\" failures=\"" +
           std::to_string(suite.failures) + "\" errors=\"0\">\n" + suite.cases + "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

std::string format_case_json(const CaseReport& report, const CaseFormatOptions& /*options*/) {
  std::string out;
  json::Writer w(out);
  w.begin_object()
      .field("cases", std::uint64_t{report.results.size()})
      .field("failed", std::uint64_t{report.failed()})
      .key("results")
      .begin_array();
  for (const auto& result : report.results) write_result(w, result);
  w.end_array();
  write_coverage(w, report.coverage);
  w.end_object();
  return out + "\n";
}

}  // namespace belay::rulekit
