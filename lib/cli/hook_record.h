#pragma once

#include <cstdint>
#include <string>

#include "audit/record.h"
#include "base/result.h"
#include "cli/machine.h"
#include "trust/installation.h"

namespace belay::cli {

[[nodiscard]] std::uint64_t unix_micros();

/// A record with time, id, and what `machine` told the analysis; call, decision and answers of the file system are the caller's.
[[nodiscard]] audit::Record begin_record(const Machine& machine);

/// The log of an installation, and the key that its redacted secrets are hashed with.
class HookLog {
 public:
  /// Opens the shared log of a system installation and gives up the group that allowed it: before anything foreign is read. Does nothing when
  /// the program was started with no more rights than its caller.
  void open_shared(const trust::SystemPaths& system = {});

  /// Appends to the shared log if it was opened, otherwise to the installation's; makes its folders below a home (0700) when there are none.
  /// Nowhere to write (Standing::bare) is no error.
  [[nodiscard]] base::Result<void> append(const trust::Installation& installation, const audit::Record& record);
  /// Leaves `record` to the guard, to be written if this process ends without blocking before it appends one.
  void foresee(const trust::Installation& installation, const audit::Record& record);

 private:
  [[nodiscard]] base::Result<void> open(const trust::Installation& installation);

  int shared_ = -1;
  int log_ = -1;
  std::string key_;
  std::string note_;
};

}  // namespace belay::cli
