#pragma once

#include <string>

#include "rulekit/cases.h"

/// The writers behind format_cases.
namespace belay::rulekit {

[[nodiscard]] std::string format_case_text(const CaseReport& report, const CaseFormatOptions& options);
/// TAP version 14.
[[nodiscard]] std::string format_case_tap(const CaseReport& report, const CaseFormatOptions& options);
[[nodiscard]] std::string format_case_junit(const CaseReport& report, const CaseFormatOptions& options);
[[nodiscard]] std::string format_case_json(const CaseReport& report, const CaseFormatOptions& options);

}  // namespace belay::rulekit
