#include "json/writer.h"
#include "rulekit/format.h"

namespace belay::rulekit {

namespace {

void write_finding(json::Writer& w, const base::Diagnostic& d) {
  w.begin_object().field("code", d.code).field("severity", name_of(d.severity)).field("message", d.message);
  if (d.source) {
    const auto begin = d.source->position(d.span.begin);
    const auto end = d.source->position(d.span.end);
    w.field("file", d.source->name()).field("line", begin.line).field("column", begin.column);
    w.field("end_line", end.line).field("end_column", end.column);
  }
  w.field_if("expected", d.label).field_if("help", d.help).end_object();
}

}  // namespace

std::string format_json(const std::vector<base::Diagnostic>& findings, const FormatOptions& options) {
  std::string out;
  std::uint64_t errors = 0;
  json::Writer w(out);
  w.begin_object().field("files", std::uint64_t{options.files.size()}).key("findings").begin_array();
  for (const auto& d : findings) {
    write_finding(w, d);
    errors += d.severity == base::Severity::error ? 1U : 0U;
  }
  w.end_array().field("errors", errors).field("warnings", std::uint64_t{findings.size()} - errors).end_object();
  return out + "\n";
}

}  // namespace belay::rulekit
