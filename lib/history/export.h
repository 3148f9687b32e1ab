#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "audit/record.h"

/// Records in the forms that other systems read. What is redacted in a record stays redacted.
namespace belay::history {

enum class ExportFormat : std::uint8_t {
  jsonl,  ///< the record itself (docs/audit.md), without the link to its neighbour
  csv,    ///< RFC 4180, with a header; a field that a spreadsheet would take for a formula begins with `'`
  cef,    ///< ArcSight Common Event Format 0
  ocsf,   ///< OCSF 1.6, class 6003 API Activity with the profile security_control, one object a line
};
[[nodiscard]] std::optional<ExportFormat> export_format_named(std::string_view name);

/// What stands before the first record; empty for most.
[[nodiscard]] std::string export_header(ExportFormat format);
/// One record with its newline. `version` is that of this program.
[[nodiscard]] std::string export_record(const audit::Record& record, ExportFormat format, std::string_view version);

}  // namespace belay::history
