#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "model/call.h"
#include "model/decision.h"

/// Audit records, schema `audit/1`: one JSON object per line, fixed key order, at most 16 KiB.
namespace belay::audit {

inline constexpr std::size_t kMaxRecord = 16U << 10U;

/// What the file system said while the call was analysed, so that replay gives the same answer without touching it.
struct Probe {
  std::string path;
  base::Node node;
  bool failed = false;
  std::vector<std::string> names;  ///< of a listing
  bool listing = false;
};

struct Record {
  std::uint64_t unix_micros = 0;
  std::string id;  ///< UUIDv7
  std::string host;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::string user;
  std::vector<std::string> homes;
  model::Call call;
  model::Decision decision;
  std::string policy_origin;  ///< embedded, cache, memory, given
  std::vector<Probe> probes;
  std::uint64_t micros = 0;   ///< from start to decision
  std::string source = "hook";  ///< hook or manual
};

/// One line without newline. Secrets in commands, URLs and inputs are redacted (redact.h); contents being written are kept as
/// length and hash only; a record over the limit loses its longest fields, each with its original length.
[[nodiscard]] std::string to_line(const Record& record);
/// Reads a line back. Errc::invalid for anything that is not one of ours.
[[nodiscard]] base::Result<Record> from_line(std::string_view line);

}  // namespace belay::audit
