#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/operation.h"

namespace belay::model {

/// In order of strictness. `pass`: no finding, stay silent. `log`: a finding that is only recorded. `allow`: silence the agent's
/// own prompt (system layer only).
enum class Verdict : std::uint8_t { pass, log, allow, ask, deny };
[[nodiscard]] std::string_view name_of(Verdict v);

enum class Severity : std::uint8_t { low, medium, high, critical };
[[nodiscard]] std::string_view name_of(Severity s);

enum class Mode : std::uint8_t { enforce, observe };
[[nodiscard]] std::string_view name_of(Mode m);

/// Whether a condition holds: `maybe` when a hole decides.
enum class Truth : std::uint8_t { no, maybe, yes };

/// One rule that holds for one operation.
struct Match {
  std::string rule;  ///< `git.force-push`
  std::string file;  ///< where the rule is written
  std::uint32_t line = 0;
  Verdict verdict = Verdict::log;  ///< what the rule wants, `unsure` already applied
  Truth truth = Truth::yes;
  Severity severity = Severity::medium;
  Mode mode = Mode::enforce;  ///< of the rule; a floor rule is always enforce
  bool floor = false;
  bool of_place = false;  ///< the rule is about the folder itself, not about what lies somewhere in it
  std::uint32_t operation = kNoOperation;
  std::string summary;
  std::string instead;
  std::string effect;  ///< the operation in plain words, "deletes /home/dev and everything below it"; may be empty
};

/// What was decided and why.
struct Decision {
  Verdict effective = Verdict::pass;  ///< what the agent is told
  Verdict would = Verdict::pass;      ///< what it would be told if everything enforced
  Mode mode = Mode::enforce;          ///< of the policy
  std::vector<Match> matches;         ///< every match; the leading one first
  std::string fault;                  ///< not empty: the decision comes from a failure (belay could not look), and says which
  std::string policy_version;
  std::string policy_hash;

  [[nodiscard]] const Match* leading() const { return matches.empty() ? nullptr : &matches.front(); }
};

}  // namespace belay::model
