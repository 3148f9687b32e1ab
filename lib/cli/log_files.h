#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/record.h"

/// Logs as the commands read them: whole files, one line after another, of whatever size.
namespace belay::cli {

/// The log of this process' installation. Stops when it has none.
[[nodiscard]] std::string default_log_or_stop();
/// `files`, or the default one if there are none.
[[nodiscard]] std::vector<std::string> logs_or_default(const std::vector<std::string>& files);

/// Calls `take` for every line but empty ones, without its newline, with its number; `-` is standard input. Stops at what cannot be read.
void for_each_line(const std::string& file, const std::function<void(std::string_view line, std::uint64_t number)>& take);

/// Every record of `files` in order; how many lines were none.
[[nodiscard]] std::uint64_t for_each_record(const std::vector<std::string>& files,
                                            const std::function<void(audit::Record record)>& take);

}  // namespace belay::cli
