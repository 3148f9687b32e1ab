#include "history/export.h"

#include <array>
#include <utility>

#include "audit/clock.h"
#include "audit/names.h"
#include "history/subject.h"
#include "json/writer.h"

namespace belay::history {

namespace {

using model::Severity;
using model::Verdict;

constexpr std::size_t kSubject = 1000;

constexpr std::array<std::pair<std::string_view, ExportFormat>, 4> kFormats{
    {{"jsonl", ExportFormat::jsonl}, {"csv", ExportFormat::csv}, {"cef", ExportFormat::cef}, {"ocsf", ExportFormat::ocsf}}};

std::string rule_of(const audit::Record& record) {
  const model::Match* const leading = record.decision.leading();
  return leading == nullptr ? std::string() : leading->rule;
}
std::string severity_of(const audit::Record& record) {
  const model::Match* const leading = record.decision.leading();
  return leading == nullptr ? std::string() : std::string(model::name_of(leading->severity));
}

// --- CSV

using Column = std::string (*)(const audit::Record&);
struct CsvColumn {
  std::string_view name;
  Column value;
};
constexpr std::array<CsvColumn, 17> kColumns{{
    {"time", [](const audit::Record& r) { return audit::iso_time(r.unix_micros); }},
    {"id", [](const audit::Record& r) { return r.id; }},
    {"host", [](const audit::Record& r) { return r.host; }},
    {"uid", [](const audit::Record& r) { return std::to_string(r.uid); }},
    {"user", [](const audit::Record& r) { return r.user; }},
    {"agent", [](const audit::Record& r) { return std::string(audit::word_of(audit::kAgents, r.call.agent)); }},
    {"session", [](const audit::Record& r) { return r.call.session; }},
    {"event", [](const audit::Record& r) { return r.call.event_name; }},
    {"tool", [](const audit::Record& r) { return r.call.tool; }},
    {"does", [](const audit::Record& r) { return subject_of(r.call, kSubject); }},
    {"cwd", [](const audit::Record& r) { return r.call.cwd; }},
    {"effective", [](const audit::Record& r) { return std::string(model::name_of(r.decision.effective)); }},
    {"would", [](const audit::Record& r) { return std::string(model::name_of(r.decision.would)); }},
    {"mode", [](const audit::Record& r) { return std::string(model::name_of(r.decision.mode)); }},
    {"rule", rule_of},
    {"severity", severity_of},
    {"error", [](const audit::Record& r) { return r.decision.fault; }},
}};

std::string csv_field(std::string value) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  if (!value.empty() && kFormula.find(value.front()) != std::string_view::npos) value.insert(0, "'");
  if (value.find_first_of("\",\r\n") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string csv(const audit::Record& record) {
  std::string out;
  for (const CsvColumn& column : kColumns) out += (out.empty() ? "" : ",") + csv_field(column.value(record));
  return out + "\r\n";
}

std::string csv_header() {
  std::string out;
  for (const CsvColumn& column : kColumns) out += (out.empty() ? "" : ",") + std::string(column.name);
  return out + "\r\n";
}

// --- CEF

/// Of a header field `|` is escaped, of an extension `=`; of both the backslash, and no line ends inside.
std::string cef_escaped(std::string_view text, char special) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == special) out += '\\';
    if (c == '\n' || c == '\r') out += ' ';
    else out += c;
  }
  return out;
}

unsigned cef_severity(const audit::Record& record) {
  const model::Match* const leading = record.decision.leading();
  if (leading == nullptr) return record.decision.fault.empty() ? 0 : 6;
  switch (leading->severity) {
    case Severity::low: return 3;
    case Severity::medium: return 5;
    case Severity::high: return 8;
    case Severity::critical: return 10;
  }
  return 10;
}

std::string cef_name(const audit::Record& record) {
  const std::string verdict(model::name_of(record.decision.would));
  return "tool call: " + verdict + (record.decision.would == record.decision.effective ? "" : " (observed)");
}

std::string cef(const audit::Record& record, std::string_view version) {
  const std::string rule = rule_of(record);
  std::string out = "CEF:0|belay|belay|" + cef_escaped(version, '|') + "|" + cef_escaped(rule.empty() ? "none" : rule, '|') +
                    "|" + cef_escaped(cef_name(record), '|') + "|" + std::to_string(cef_severity(record)) + "|";
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) out += std::string(key) + "=" + cef_escaped(value, '=') + " ";
  };
  add("rt", std::to_string(record.unix_micros / 1000));
  add("externalId", record.id);
  add("dvchost", record.host);
  add("suid", std::to_string(record.uid));
  add("suser", record.user);
  add("act", model::name_of(record.decision.effective));
  add("cs1Label", "would");
  add("cs1", model::name_of(record.decision.would));
  add("cs2Label", "agent");
  add("cs2", audit::word_of(audit::kAgents, record.call.agent));
  add("cs3Label", "session");
  add("cs3", record.call.session);
  add("cs4Label", "tool");
  add("cs4", record.call.tool);
  add("filePath", record.call.cwd);
  add("reason", record.decision.fault);
  add("msg", subject_of(record.call, kSubject));
  out.back() = '\n';
  return out;
}

// --- OCSF

struct Disposition {
  unsigned action;
  unsigned disposition;
  unsigned status;
};

/// action_id (1 allowed, 2 denied, 3 observed, 99 other), disposition_id (1 allowed, 2 blocked, 17 logged, 23 challenge, 27 error) and
/// status_id (1 success, 2 failure).
Disposition disposition_of(const model::Decision& decision) {
  if (!decision.fault.empty()) return {decision.effective == Verdict::deny ? 2U : 3U, 27, 2};
  if (decision.effective == Verdict::deny) return {2, 2, 2};
  if (decision.effective == Verdict::ask) return {99, 23, 99};
  if (decision.would >= Verdict::ask || decision.effective == Verdict::log) return {3, 17, 1};
  return {1, 1, 1};
}

unsigned ocsf_severity(const audit::Record& record) {
  const model::Match* const leading = record.decision.leading();
  return leading == nullptr ? 1 : 2 + static_cast<unsigned>(leading->severity);
}

void ocsf_metadata(json::Writer& w, const audit::Record& record, std::string_view version) {
  w.key("metadata").begin_object().field("uid", record.id).field("version", "1.6.0");
  w.key("profiles").begin_array().string("security_control").end_array();
  w.key("product")
      .begin_object()
      .field("name", "belay")
      .field("vendor_name", "belay")
      .field("version", version)
      .end_object()
      .end_object();
}

void ocsf_actor(json::Writer& w, const audit::Record& record) {
  w.key("actor")
      .begin_object()
      .key("user")
      .begin_object()
      .field_if("name", record.user)
      .field("uid", std::to_string(record.uid))
      .end_object();
  w.key("session").begin_object().field("uid", record.call.session).end_object();
  w.field("app_name", audit::word_of(audit::kAgents, record.call.agent)).end_object();
}

void ocsf_policy(json::Writer& w, const audit::Record& record) {
  const model::Decision& decision = record.decision;
  if (const std::string rule = rule_of(record); !rule.empty()) {
    w.key("firewall_rule").begin_object().field("uid", rule).end_object();
  }
  w.key("policy").begin_object().field_if("version", decision.policy_version).field_if("uid", decision.policy_hash);
  w.field("is_applied", decision.effective == decision.would).end_object();
}

std::string ocsf(const audit::Record& record, std::string_view version) {
  const Disposition d = disposition_of(record.decision);
  std::string out;
  json::Writer w(out);
  w.begin_object().field("class_uid", 6003U).field("category_uid", 6U).field("activity_id", 99U).field("type_uid", 600399U);
  w.field("time", record.unix_micros / 1000).field("severity_id", ocsf_severity(record)).field("status_id", d.status);
  w.field("action_id", d.action).field("disposition_id", d.disposition);
  ocsf_metadata(w, record, version);
  ocsf_actor(w, record);
  w.key("api").begin_object().field("operation", record.call.tool).end_object();
  w.key("src_endpoint").begin_object().field("hostname", record.host).end_object();
  ocsf_policy(w, record);
  w.field("message", subject_of(record.call, kSubject)).field_if("status_detail", record.decision.fault);
  w.key("unmapped")
      .begin_object()
      .field("would", model::name_of(record.decision.would))
      .field("mode", model::name_of(record.decision.mode));
  w.field("cwd", record.call.cwd).end_object().end_object();
  return out + "\n";
}

}  // namespace

std::optional<ExportFormat> export_format_named(std::string_view name) {
  for (const auto& [word, format] : kFormats) {
    if (word == name) return format;
  }
  return std::nullopt;
}

std::string export_header(ExportFormat format) { return format == ExportFormat::csv ? csv_header() : std::string(); }

std::string export_record(const audit::Record& record, ExportFormat format, std::string_view version) {
  switch (format) {
    case ExportFormat::jsonl: return audit::to_line(record) + "\n";
    case ExportFormat::csv: return csv(record);
    case ExportFormat::cef: return cef(record, version);
    case ExportFormat::ocsf: return ocsf(record, version);
  }
  return {};
}

}  // namespace belay::history
