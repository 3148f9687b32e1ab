#include "history/report.h"

#include <algorithm>
#include <set>

#include "audit/clock.h"
#include "audit/names.h"

namespace belay::history {

namespace {

using model::Verdict;

std::string day_of(std::uint64_t unix_micros) {
  constexpr std::size_t kDate = 10;
  return audit::iso_time(unix_micros).substr(0, kDate);
}

std::string user_of(const audit::Record& record) {
  return record.user.empty() ? "uid " + std::to_string(record.uid) : record.user;
}

std::set<std::string> commands_of(const model::Analysis& analysis) {
  std::set<std::string> out;
  for (const model::Operation& one : analysis.operations) {
    const model::Exec* const exec = one.as_exec();
    if (exec == nullptr) continue;
    if (std::string command = command_of(*exec); !command.empty()) out.insert(std::move(command));
  }
  return out;
}

}  // namespace

std::string command_of(const model::Exec& exec) {
  if (exec.program.empty() || !exec.program.literal()) return {};
  std::string out = exec.program.bytes();
  for (const std::string& word : exec.words) out += " " + word;
  return out;
}

void Count::add(const model::Decision& decision) {
  ++calls;
  if (decision.effective == Verdict::deny) ++denied;
  else if (decision.would == Verdict::deny) ++would_deny;
  else if (decision.effective == Verdict::ask) ++asked;
  else if (decision.would == Verdict::ask) ++would_ask;
  if (!decision.fault.empty()) ++failed;
}

void Report::add(const audit::Record& record, const model::Analysis& analysis) {
  const model::Decision& decision = record.decision;
  total_.add(decision);
  first_ = first_ == 0 ? record.unix_micros : std::min(first_, record.unix_micros);
  last_ = std::max(last_, record.unix_micros);
  if (!record.call.session.empty()) ++sessions_[record.call.session];
  agents_[std::string(audit::word_of(audit::kAgents, record.call.agent))].add(decision);
  days_[day_of(record.unix_micros)].add(decision);
  users_[user_of(record)].add(decision);
  if (const model::Match* leading = decision.leading()) rules_[leading->rule].add(decision);
  if (!decision.fault.empty()) failures_[decision.fault].add(decision);
  for (const std::string& command : commands_of(analysis)) commands_[command].add(decision);
}

std::vector<std::pair<std::string_view, Count>> leading_rows(const Counts& counts, std::size_t most) {
  std::vector<std::pair<std::string_view, Count>> out(counts.begin(), counts.end());
  // Stable: rows of equal weight stay in the order of their names.
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.held(), a.second.calls) > std::pair(b.second.held(), b.second.calls);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace belay::history
