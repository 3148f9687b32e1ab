#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diag.h"

/// Findings for people and for the machines of people.
namespace belay::rulekit {

enum class Format : std::uint8_t { text, json, sarif, github, junit };
[[nodiscard]] std::optional<Format> format_named(std::string_view name);

struct FormatOptions {
  std::vector<std::string> files;  ///< every file that was looked at: those without a finding count as passed
  std::string version;             ///< of this program
  std::size_t width = 100;         ///< columns of Format::text
  bool colour = false;             ///< Format::text only
  std::function<std::vector<std::string>(const base::Diagnostic&)> tags = {};  ///< Format::sarif: see tags_of (frameworks.h)
};

/// The whole output, last newline included. Findings keep their order.
[[nodiscard]] std::string format_findings(const std::vector<base::Diagnostic>& findings, Format format,
                                          const FormatOptions& options);

[[nodiscard]] std::string format_text(const std::vector<base::Diagnostic>& findings, const FormatOptions& options);
[[nodiscard]] std::string format_json(const std::vector<base::Diagnostic>& findings, const FormatOptions& options);
/// SARIF 2.1.0 (OASIS Standard, 27 March 2020), the subset that code-scanning services read.
[[nodiscard]] std::string format_sarif(const std::vector<base::Diagnostic>& findings, const FormatOptions& options);
/// Workflow commands of GitHub Actions, one line a finding.
[[nodiscard]] std::string format_github(const std::vector<base::Diagnostic>& findings, const FormatOptions& options);
/// One test case per finding and one per file without any.
[[nodiscard]] std::string format_junit(const std::vector<base::Diagnostic>& findings, const FormatOptions& options);

/// By file, then by place, then by code; what has no place comes first. Exact repetitions are dropped.
[[nodiscard]] std::vector<base::Diagnostic> in_order(std::vector<base::Diagnostic> findings);
[[nodiscard]] std::string_view name_of(base::Severity severity);
/// Title of a code of this program; empty for any other.
[[nodiscard]] std::string_view title_of(std::string_view code);

}  // namespace belay::rulekit
