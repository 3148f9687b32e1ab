#include "cli/hook_call.h"

#include <utility>

#include "audit/recording_files.h"
#include "base/fs_posix.h"
#include "base/text.h"
#include "cli/hook_guard.h"
#include "cli/hook_process.h"
#include "command/analyse.h"
#include "decide/judge.h"
#include "decide/named_folders.h"

namespace belay::cli {

namespace {

using decide::Fault;
using model::Event;
using model::Mode;
using model::Verdict;
using trust::Standing;

/// Whether some `~NAME` could stand in the call: only then is it worth a record's room who has which home.
bool may_name_users(std::string_view payload) {
  // An escape that is not for a quote or a line may be a tilde, or hide one from the shell.
  if (payload.find("\\u") != std::string_view::npos || payload.find("\\\\") != std::string_view::npos) return true;
  for (std::size_t at = payload.find('~'); at != std::string_view::npos; at = payload.find('~', at + 1)) {
    if (at + 1 < payload.size() && base::is_name_start(payload[at + 1])) return true;
  }
  return false;
}

std::string absolute(const std::string& path, const std::string& folder) {
  return path.starts_with('/') ? path : folder + "/" + path;
}

}  // namespace

agent::Reply HookCall::answer(const base::Result<std::string_view>& payload) {
  const model::Agent named = options_ ? options_->agent : model::Agent::unknown;
  call_ = payload ? agent::read_call(*payload, named) : tl::unexpected(payload.error());
  // A call that can be read says by itself what it is; of one that cannot, the glance knows whether it may be answered at all.
  if (call_) plan(call_->event == Event::other ? Plan::stay_silent : Plan::block);
  if (planned() == Plan::stay_silent) return {};
  machine_ = look_at_machine();
  if (call_) agent::settle_folders(*call_, process_folder());
  names_users_ = payload && may_name_users(*payload);
  model::Decision decision = decide();
  const auto recorded = log_.append(installation_, record_of(decision), sinks_of(policy_.sinks));
  if (!recorded && policy_.audit_required) decision = failed({Fault::log, recorded.error().what});
  return say(decision);
}

model::Decision HookCall::decide() {
  if (const auto found = find_policy(); !found) return failed(found.error());
  mode_ = policy_.mode;
  // From here on a failure lets the call go on, if that is what the policy does with everything that it finds.
  if (mode_ == Mode::observe) plan(Plan::stay_silent);
  if (!call_) return failed({Fault::input, call_.error().what});
  if (mode_ == Mode::observe)
    log_.foresee(installation_, record_of(failed({Fault::crash, "it was ended before it had decided"})), sinks_of(policy_.sinks));
  return judge();
}

auto HookCall::find_policy() -> Step<void> {
  const auto stop = [](Fault fault, std::string what) { return tl::unexpected(Failure{fault, std::move(what)}); };
  // A database that cannot be read says nothing about whose policy holds; one that does not exist says that nobody has any.
  if (machine_.passwd.empty()) {
    const auto accounts = trust::read_accounts_text();
    if (!accounts && accounts.error().code != base::Errc::not_found) {
      return stop(Fault::policy, "the password database cannot be read: " + accounts.error().what);
    }
  }
  auto installation = trust::find_installation(machine_.account());
  if (!installation) return stop(Fault::policy, std::move(installation.error().what));
  installation_ = *std::move(installation);
  if (!options_) return stop(Fault::usage, options_.error().what);
  const bool managed = installation_.standing == Standing::system;
  if (managed && !options_->policy.empty()) return stop(Fault::usage, "`--policy` has no place on a machine that is managed");

  for (const std::string* path : {&installation_.sources, &installation_.image, &installation_.log}) {
    supervisor_.watch_if_needed(*path);
  }
  for (const std::string& path : options_->policy) supervisor_.watch_if_needed(absolute(path, process_folder()));
  PolicyRequest request{embedded_, installation_, options_->policy, call_ ? call_->project : std::string(),
                        [this] { supervisor_.watch(); }};
  base::Diagnostics diagnostics;
  auto store = open_policy(request, diagnostics);
  if (!store) return stop(Fault::policy, std::move(store.error().what));
  policy_ = *std::move(store);
  return {};
}

model::Decision HookCall::judge() {
  const path::Places places = places_of(machine_, *call_);
  const base::PosixFiles disk([this] { supervisor_.watch(); }, [&] { return decide::named_folders(policy_.layers, places); });
  audit::RecordingFiles files(disk);
  const model::Analysis analysis = command::analyse(*call_, world_of(machine_, &files), policy_.knowledge);
  probes_dropped_ = files.dropped();
  probes_ = files.take();
  return decide::judge({*call_, analysis, places, machine_.actor}, policy_.layers);
}

model::Decision HookCall::failed(const Failure& failure) const { return decide::failure(failure.fault, failure.what, mode_); }

audit::Record HookCall::record_of(const model::Decision& decision) {
  audit::Record record = begin_record(machine_);
  record.micros = static_cast<std::uint64_t>(supervisor_.elapsed().count());
  if (call_) record.call = *call_;
  record.decision = decision;
  record.policy_origin = name_of(policy_.origin);
  record.probes = std::exchange(probes_, {});
  record.loss.probes = probes_dropped_;
  if (names_users_) {
    for (const trust::Account& account : trust::parse_accounts(machine_.passwd))
      record.users.emplace_back(account.name, account.home);
  }
  return record;
}

agent::Reply HookCall::say(const model::Decision& decision) const {
  if (!call_) return decision.effective == Verdict::deny ? agent::refuse(decision.fault) : agent::Reply{};
  const bool asks = decision.effective == Verdict::ask && call_->agent == model::Agent::gemini;
  return agent::answer(*call_, decision, {asks && has_terminal()});
}

}  // namespace belay::cli
