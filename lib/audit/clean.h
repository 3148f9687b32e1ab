#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "audit/record.h"
#include "audit/redact.h"

/// What a record is before it becomes a line. Only this folder includes it.
namespace belay::audit {

/// `actions` with placeholders for secrets; text being written becomes one placeholder of kind `content`, which `redactor` does not
/// count.
[[nodiscard]] std::vector<model::Action> clean(const std::vector<model::Action>& actions, std::string_view key,
                                               Redactor& redactor);

/// Bytes of all texts of `actions`.
[[nodiscard]] std::size_t size_of(const std::vector<model::Action>& actions);

/// How many bytes of `s` JSON cannot carry.
[[nodiscard]] std::uint64_t not_utf8(std::string_view s);

/// How much of a record may stay.
struct Measure {
  std::size_t text;   ///< bytes of one field, as JSON
  std::size_t items;  ///< elements of one list
};
/// Steps from everything to almost nothing, each smaller than the one before. A record cut to the last fits a line.
[[nodiscard]] const std::vector<Measure>& measures();

/// Cuts the texts and lists of `record`, whose texts are redacted, to `measure`, and counts in its loss what it took.
void shorten(Record& record, Measure measure, std::string_view key);

/// Leaves out file system answers over 6 KiB and matches after the 32nd, and counts them.
void thin_out(Record& record);

}  // namespace belay::audit
