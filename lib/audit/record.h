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

/// What a line does not say any more of the record it was made from. A decision that hung on it cannot be worked out again.
struct Loss {
  std::vector<std::string> redacted;  ///< kinds of placeholders that stand for secrets, sorted, each once
  std::uint32_t contents = 0;         ///< writes whose text is kept as length and hash only
  std::uint64_t cut = 0;              ///< bytes left out because the record was too long or because they are not UTF-8
  std::uint32_t probes = 0;           ///< answers of the file system left out because the record was too long
  std::uint32_t matches = 0;          ///< the same of matches, never of the leading one

  [[nodiscard]] bool none() const { return redacted.empty() && contents == 0 && cut == 0 && probes == 0 && matches == 0; }
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
  std::uint64_t micros = 0;     ///< from start to decision
  std::string source = "hook";  ///< hook or manual

  // The rest of what the analysis was told, for replay; each is left out of the line when empty.
  std::vector<std::uint32_t> groups;
  std::vector<std::pair<std::string, std::string>> users;  ///< NAME -> home
  std::vector<std::pair<std::string, std::string>> env;
  std::string tmp;
  bool had_files = true;  ///< the analysis had a file system to ask

  /// Filled by from_line; to_line adds what it leaves out itself.
  Loss loss;
  /// Its texts hold placeholders instead of secrets already, as from_line gives them: to_line takes them as they are.
  bool redacted = false;
};

/// One line without newline, at most kMaxRecord bytes. Secrets in commands, URLs and inputs become placeholders (redact.h, keyed with
/// `redaction_key`); text being written is kept as length and hash only. A record over the limit loses file system answers over
/// 6 KiB and matches after the 32nd, then the middles of its longest fields, each with its original length
/// (`‹cut:length:hash›`), then the ends of its longest lists; all of it is counted in the line. What a line says is stable: writing
/// what from_line read gives the same line. docs/audit.md lists the keys.
///
/// What the call or the machine said in bytes that are not UTF-8 becomes U+FFFD and is counted; names in file system answers are
/// kept exactly (percent-encoded).
[[nodiscard]] std::string to_line(const Record& record, std::string_view redaction_key = {});
/// Reads a line back; `call`, `decision` (matches without texts) and `probes` as they were, but for Record::loss. Unknown keys are
/// skipped. Errc::invalid for anything that is not one of ours, Errc::version for a schema that is not `audit/1`.
[[nodiscard]] base::Result<Record> from_line(std::string_view line);

}  // namespace belay::audit
