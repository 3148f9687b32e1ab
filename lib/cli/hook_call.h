#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/adapter.h"
#include "audit/record.h"
#include "base/result.h"
#include "cli/hook_options.h"
#include "cli/hook_record.h"
#include "cli/hook_supervise.h"
#include "cli/machine.h"
#include "cli/policy_store.h"
#include "decide/failure.h"
#include "model/call.h"
#include "model/decision.h"
#include "trust/installation.h"

namespace belay::cli {

/// One call from payload to answer. Whatever goes wrong on the way becomes a decision, is recorded as one and answered as one.
class HookCall {
 public:
  HookCall(std::string_view embedded, const base::Result<HookOptions>& options, Supervisor& supervisor, HookLog& log)
      : embedded_(embedded), options_(options), supervisor_(supervisor), log_(log) {}

  [[nodiscard]] agent::Reply answer(const base::Result<std::string_view>& payload);

 private:
  /// Why there is no decision about what the call does.
  struct Failure {
    decide::Fault fault = decide::Fault::internal;
    std::string what;
  };
  template <class T>
  using Step = tl::expected<T, Failure>;

  [[nodiscard]] model::Decision decide();
  [[nodiscard]] Step<void> find_policy();
  [[nodiscard]] model::Decision judge();
  [[nodiscard]] model::Decision failed(const Failure& failure) const;
  [[nodiscard]] audit::Record record_of(const model::Decision& decision);
  [[nodiscard]] agent::Reply say(const model::Decision& decision) const;

  std::string_view embedded_;
  const base::Result<HookOptions>& options_;
  Supervisor& supervisor_;
  HookLog& log_;
  base::Result<model::Call> call_ = model::Call{};
  Machine machine_;
  trust::Installation installation_;
  PolicyStore policy_;
  std::optional<model::Mode> mode_;  ///< as an intact, trusted policy says it
  bool names_users_ = false;
  std::vector<audit::Probe> probes_;
  std::uint32_t probes_dropped_ = 0;
};

}  // namespace belay::cli
