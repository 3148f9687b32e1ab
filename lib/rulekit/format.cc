#include "rulekit/format.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "policy/diag_table.h"
#include "rulekit/findings.h"
#include "rulekit/markup.h"

namespace belay::rulekit {

namespace {

struct FormatRow {
  std::string_view name;
  std::string (*write)(const std::vector<base::Diagnostic>&, const FormatOptions&);
};
constexpr std::array<FormatRow, 5> kFormats{
    {{"text", format_text}, {"json", format_json}, {"sarif", format_sarif}, {"github", format_github}, {"junit", format_junit}}};

auto place_of(const base::Diagnostic& d) {
  return std::make_tuple(d.source ? std::string_view(d.source->name()) : std::string_view(), d.span.begin,
                         std::string_view(d.code), std::string_view(d.message));
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (kFormats[i].name == name) return static_cast<Format>(i);
  }
  return std::nullopt;
}

std::string format_findings(const std::vector<base::Diagnostic>& findings, Format format, const FormatOptions& options) {
  return kFormats[static_cast<std::size_t>(format)].write(findings, options);
}

std::vector<base::Diagnostic> in_order(std::vector<base::Diagnostic> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  const auto same = [](const auto& a, const auto& b) { return place_of(a) == place_of(b); };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
  return findings;
}

std::string_view name_of(base::Severity severity) {
  switch (severity) {
    case base::Severity::note: return "note";
    case base::Severity::warning: return "warning";
    case base::Severity::error: return "error";
  }
  return "error";
}

std::string_view title_of(std::string_view code) {
  for (const auto& row : policy::kCodeTable) {
    if (row.name == code) return row.title;
  }
  for (const auto& row : kCodeTable) {
    if (row.name == code) return row.title;
  }
  return {};
}

std::string format_text(const std::vector<base::Diagnostic>& findings, const FormatOptions& options) {
  std::string out;
  std::size_t errors = 0;
  for (const auto& finding : findings) {
    std::string text = base::render(finding, options.width);
    const bool error = finding.severity == base::Severity::error;
    errors += error ? 1U : 0U;
    if (options.colour) {
      text.insert(text.find(':'), "\x1b[0m");
      text.insert(0, error ? "\x1b[1;31m" : "\x1b[1;33m");
    }
    out += text + "\n";
  }
  if (findings.empty()) return counted(options.files.size(), "file") + ", no findings\n";
  return out + counted(options.files.size(), "file") + ", " + counted(errors, "error") + ", " +
         counted(findings.size() - errors, "warning") + "\n";
}

std::string format_github(const std::vector<base::Diagnostic>& findings, const FormatOptions& /*options*/) {
  std::string out;
  for (const auto& d : findings) {
    const std::string_view level = d.severity == base::Severity::note ? "notice" : name_of(d.severity);
    out += "::" + std::string(level) + " ";
    if (d.source) {
      const auto begin = d.source->position(d.span.begin);
      const auto end = d.source->position(d.span.end);
      out += "file=" + workflow(d.source->name(), CommandPart::property) + ",line=" + std::to_string(begin.line) + ",";
      if (begin.line == end.line) out += "col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column) + ",";
    }
    std::string text = d.message;
    if (!d.label.empty()) text += ": " + d.label;
    if (!d.help.empty()) text += "\n" + d.help;
    out += "title=" + workflow(d.code, CommandPart::property) + "::" + workflow(text, CommandPart::data) + "\n";
  }
  return out;
}

}  // namespace belay::rulekit
