#include <algorithm>
#include <map>

#include "base/text.h"
#include "json/writer.h"
#include "rulekit/format.h"
#include "rulekit/markup.h"

namespace belay::rulekit {

namespace {

using base::Diagnostic;

std::vector<std::string> codes_of(const std::vector<Diagnostic>& findings) {
  std::vector<std::string> codes;
  for (const auto& d : findings) codes.push_back(d.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

void write_rules(json::Writer& w, const std::vector<std::string>& codes) {
  w.key("rules").begin_array();
  for (const auto& code : codes) {
    const std::string_view title = title_of(code);
    w.begin_object()
        .field("id", code)
        .key("shortDescription")
        .begin_object()
        .field("text", title.empty() ? code : title)
        .end_object();
    w.key("defaultConfiguration").begin_object().field("level", code[0] == 'W' ? "warning" : "error").end_object().end_object();
  }
  w.end_array();
}

/// SARIF counts columns in characters; a caret of ours counts bytes.
std::uint64_t character_column(const base::SourceText& source, base::LineColumn at) {
  const auto before = source.line(at.line).substr(0, at.column - 1);
  const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return 1 + static_cast<std::uint64_t>(std::count_if(before.begin(), before.end(), is_first));
}

void write_location(json::Writer& w, const Diagnostic& d) {
  const auto begin = d.source->position(d.span.begin);
  const auto end = d.source->position(std::max(d.span.end, d.span.begin + 1));
  const std::string place = uri(d.source->name());
  w.begin_object().key("physicalLocation").begin_object().key("artifactLocation").begin_object().field("uri", place);
  if (place.rfind("file:", 0) != 0) w.field("uriBaseId", "%SRCROOT%");
  w.end_object()
      .key("region")
      .begin_object()
      .field("startLine", begin.line)
      .field("startColumn", character_column(*d.source, begin));
  w.field("endLine", end.line).field("endColumn", character_column(*d.source, end)).end_object().end_object().end_object();
}

/// Stays the same when lines move: made of the code, the file and the text of the line, and counted when that repeats.
std::string identity(const Diagnostic& d, std::map<std::string, std::uint32_t>& seen) {
  std::string text = d.code + "\n";
  if (d.source) text += d.source->name() + "\n" + std::string(base::trim(d.source->line(d.source->position(d.span.begin).line)));
  const std::uint32_t nth = seen[text]++;
  return fingerprint(text + "\n" + std::to_string(nth));
}

void write_tags(json::Writer& w, const std::vector<std::string>& tags) {
  if (tags.empty()) return;
  w.key("properties").begin_object().key("tags").begin_array();
  for (const auto& tag : tags) w.string(tag);
  w.end_array().end_object();
}

void write_result(json::Writer& w, const Diagnostic& d, std::uint64_t rule_index, const std::string& print,
                  const std::vector<std::string>& tags) {
  std::string text = d.message;
  if (!d.label.empty()) text += ": " + d.label;
  if (!d.help.empty()) text += " (" + d.help + ")";
  w.begin_object().field("ruleId", d.code).field("ruleIndex", rule_index).field("level", name_of(d.severity));
  w.key("message").begin_object().field("text", text).end_object().key("locations").begin_array();
  if (d.source) write_location(w, d);
  w.end_array().key("partialFingerprints").begin_object().field("belayFinding/v1", print).end_object();
  write_tags(w, tags);
  w.end_object();
}

}  // namespace

std::string format_sarif(const std::vector<Diagnostic>& findings, const FormatOptions& options) {
  const auto codes = codes_of(findings);
  std::map<std::string, std::uint32_t> seen;
  std::string out;
  json::Writer w(out);
  w.begin_object()
      .field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .field("version", "2.1.0")
      .key("runs")
      .begin_array();
  w.begin_object()
      .key("tool")
      .begin_object()
      .key("driver")
      .begin_object()
      .field("name", "belay")
      .field_if("version", options.version);
  write_rules(w, codes);
  w.end_object().end_object().field("columnKind", "unicodeCodePoints");
  w.key("automationDetails").begin_object().field("id", "belay/lint/").end_object().key("results").begin_array();
  for (const auto& d : findings) {
    const auto index = static_cast<std::uint64_t>(std::lower_bound(codes.begin(), codes.end(), d.code) - codes.begin());
    write_result(w, d, index, identity(d, seen), options.tags ? options.tags(d) : std::vector<std::string>());
  }
  w.end_array().end_object().end_array().end_object();
  return out + "\n";
}

}  // namespace belay::rulekit
