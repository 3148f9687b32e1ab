#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/record.h"
#include "base/result.h"
#include "command/analyse.h"
#include "decide/conditions.h"
#include "image/image.h"
#include "model/decision.h"

/// What a candidate policy would have decided on recorded calls. Works from the record alone: no file system, no clock, no
/// environment of whoever replays.
namespace belay::history {

/// The policy in question, as the hook would have it: layers from the lowest up, and the images that hold program tables. Borrowed.
struct Candidate {
  std::span<const decide::Layer> layers;
  std::span<const image::View* const> knowledge;
  command::Limits limits = {};
};

/// How `would` of the new decision stands to the recorded one. allow < pass < log < ask < deny: `allow` also silences the agent.
enum class Change : std::uint8_t { same, stricter, looser };

/// Why a new decision need not be what the hook would have decided; a bit set.
enum class Doubt : std::uint8_t {
  none = 0,
  secrets = 1,   ///< placeholders stand for secrets
  contents = 2,  ///< the text of a write is not in the record, and the candidate has a rule on it
  cut = 4,       ///< parts of the call are not in the record
  files = 8,     ///< the analysis asked for something that was not looked at then
  failure = 16,  ///< the recorded decision comes from a failure: there is nothing to compare with
};
[[nodiscard]] constexpr Doubt operator|(Doubt a, Doubt b) {
  return static_cast<Doubt>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
[[nodiscard]] constexpr bool has(Doubt set, Doubt bit) { return (static_cast<unsigned>(set) & static_cast<unsigned>(bit)) != 0; }
/// The words for the bits of `doubt`, comma separated; empty for none.
[[nodiscard]] std::string describe(Doubt doubt);

struct Replayed {
  audit::Record record;      ///< with the recorded decision
  model::Decision decision;  ///< the candidate's
  Change change = Change::same;
  Doubt doubt = Doubt::none;

  [[nodiscard]] bool sure() const { return doubt == Doubt::none; }
};

/// Decides recorded calls again, one at a time; keeps nothing of them but the regular expressions that were compiled for them.
class Replayer {
 public:
  explicit Replayer(const Candidate& candidate);

  [[nodiscard]] Replayed replay(audit::Record record) const;
  /// The same of a line of a log; errors are those of audit::from_line.
  [[nodiscard]] base::Result<Replayed> replay_line(std::string_view line) const;

 private:
  Candidate candidate_;
  std::vector<std::unique_ptr<decide::Patterns>> patterns_;  ///< per layer
  std::vector<decide::Layer> layers_;                        ///< the candidate's, with them
  bool reads_contents_ = false;  ///< some rule of the candidate has a condition on text being written
};

/// One rule of the candidate over a whole log.
struct RuleCount {
  std::uint64_t matched = 0;  ///< calls
  std::uint64_t led = 0;      ///< calls whose decision it leads
  std::uint64_t changed = 0;  ///< of these, those that become stricter; unsure ones not counted
};

/// Counts over a log. Every record is in exactly one of `same`, `stricter`, `looser`, `unsure`.
struct Summary {
  std::uint64_t records = 0;
  std::uint64_t same = 0;
  std::uint64_t stricter = 0;
  std::uint64_t looser = 0;
  std::uint64_t unsure = 0;
  std::uint64_t unsure_changed = 0;  ///< of the unsure ones, those whose decision differs
  std::uint64_t newly_denied = 0;    ///< sure ones that the agent would now be refused (`effective`) and was not
  std::uint64_t newly_asked = 0;     ///< the same of questions
  std::uint64_t unreadable = 0;      ///< lines that are no records; not among `records`
  std::array<std::array<std::uint64_t, 5>, 5> transitions{};  ///< [recorded `would`][new `would`], unsure ones included
  std::map<std::string, RuleCount, std::less<>> rules;

  void add(const Replayed& one);
  void add_unreadable() { ++unreadable; }
};

}  // namespace belay::history
