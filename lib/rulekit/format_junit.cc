#include <algorithm>
#include <set>

#include "rulekit/format.h"
#include "rulekit/markup.h"

namespace belay::rulekit {

namespace {

std::string test_case(const base::Diagnostic& d) {
  const std::string file = d.source ? d.source->name() : "policy";
  const std::string line = d.source ? std::to_string(d.source->position(d.span.begin).line) : "0";
  return "    <testcase classname=\"" + xml(file) + "\" name=\"" + xml(d.code + " line " + line) + "\" file=\"" + xml(file) +
         "\" line=\"" + line + "\">\n      <failure type=\"" + std::string(name_of(d.severity)) + "\" message=\"" +
         xml(d.message) + "\">" + xml(base::render(d)) + "</failure>\n    </testcase>\n";
}

}  // namespace

std::string format_junit(const std::vector<base::Diagnostic>& findings, const FormatOptions& options) {
  std::set<std::string> clean(options.files.begin(), options.files.end());
  std::string cases;
  for (const auto& d : findings) {
    if (d.source) clean.erase(d.source->name());
    cases += test_case(d);
  }
  for (const auto& file : clean) cases += "    <testcase classname=\"" + xml(file) + "\" name=\"no findings\"/>\n";
  const std::string counts =
      "tests=\"" + std::to_string(findings.size() + clean.size()) + "\" failures=\"" + std::to_string(findings.size()) + "\"";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"belay lint\" " + counts +
         ">\n  <testsuite name=\"belay lint\" " + counts + " errors=\"0\">\n" + cases + "  </testsuite>\n</testsuites>\n";
}

}  // namespace belay::rulekit
