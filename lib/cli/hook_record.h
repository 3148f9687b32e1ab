#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "audit/append.h"
#include "audit/record.h"
#include "base/result.h"
#include "cli/machine.h"
#include "trust/installation.h"

namespace belay::cli {

[[nodiscard]] std::uint64_t unix_micros();

/// A record with time, id, and what `machine` told the analysis; call, decision and answers of the file system are the caller's.
[[nodiscard]] audit::Record begin_record(const Machine& machine);

/// Where the records of this process go, in what order they were asked for.
struct Sinks {
  bool file = true;
  bool journal = false;
};
/// `[audit] sinks` as the policy says it; nothing said is the file.
[[nodiscard]] Sinks sinks_of(std::span<const std::string> words);

/// The log of an installation, and the key that its redacted secrets are hashed with.
class HookLog {
 public:
  /// Opens the shared log of a system installation and gives up the group that allowed it: before anything foreign is read. Does nothing when
  /// the program was started with no more rights than its caller.
  void open_shared(const trust::SystemPaths& system = {});

  /// Appends to the shared log if it was opened, otherwise to the installation's; makes its folders below a home (0700) when there are none;
  /// and sends the same to the journal, each as `sinks` says. Tries all, and says what failed. Nowhere to write a file (Standing::bare) is no
  /// error.
  [[nodiscard]] base::Result<void> append(const trust::Installation& installation, const audit::Record& record, Sinks sinks);
  /// Leaves `record` to the guard, to be written if this process ends without blocking before it appends one.
  void foresee(const trust::Installation& installation, const audit::Record& record, Sinks sinks);

 private:
  [[nodiscard]] base::Result<void> open(const trust::Installation& installation);
  [[nodiscard]] base::Result<void> append_to_file(const trust::Installation& installation, std::string_view line);
  /// Reads or makes the key of the installation's log once.
  const std::string& key(const trust::Installation& installation);

  std::optional<audit::LogFile> shared_;
  std::optional<audit::LogFile> log_;
  std::string key_;
  std::string note_;
};

}  // namespace belay::cli
