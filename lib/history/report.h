#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/record.h"
#include "model/operation.h"

/// What a log says on the whole: how often what was decided, by which rule, for whom and when.
namespace belay::history {

/// Calls, and what became of them. A call that was let through only because the policy observes is in `would_deny` or `would_ask`.
struct Count {
  std::uint64_t calls = 0;
  std::uint64_t denied = 0;
  std::uint64_t asked = 0;
  std::uint64_t would_deny = 0;  ///< not denied, and would be if everything enforced
  std::uint64_t would_ask = 0;   ///< the same of questions
  std::uint64_t failed = 0;      ///< decided by a failure of belay's own

  void add(const model::Decision& decision);
  /// Calls that somebody was, or would have been, kept from.
  [[nodiscard]] std::uint64_t held() const { return denied + asked + would_deny + would_ask; }
};

using Counts = std::map<std::string, Count, std::less<>>;

class Report {
 public:
  /// `analysis` is what the call does (understand.h).
  void add(const audit::Record& record, const model::Analysis& analysis);
  void add_unreadable() { ++unreadable_; }

  [[nodiscard]] const Count& total() const { return total_; }
  [[nodiscard]] std::uint64_t unreadable() const { return unreadable_; }
  [[nodiscard]] std::uint64_t first() const { return first_; }  ///< microseconds since 1970; 0 without records
  [[nodiscard]] std::uint64_t last() const { return last_; }
  [[nodiscard]] std::size_t sessions() const { return sessions_.size(); }

  /// By leading rule, agent, day (UTC), user, failure, and command (`git push`; a call counts once for each command in it).
  [[nodiscard]] const Counts& rules() const { return rules_; }
  [[nodiscard]] const Counts& agents() const { return agents_; }
  [[nodiscard]] const Counts& days() const { return days_; }
  [[nodiscard]] const Counts& users() const { return users_; }
  [[nodiscard]] const Counts& failures() const { return failures_; }
  [[nodiscard]] const Counts& commands() const { return commands_; }

 private:
  Count total_;
  std::uint64_t unreadable_ = 0;
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> sessions_;
  Counts rules_, agents_, days_, users_, failures_, commands_;
};

/// The rows with the most held calls, then the most calls, then by name; at most `most`.
[[nodiscard]] std::vector<std::pair<std::string_view, Count>> leading_rows(const Counts& counts, std::size_t most);

/// `git push`; empty for a program whose name is not known.
[[nodiscard]] std::string command_of(const model::Exec& exec);

}  // namespace belay::history
