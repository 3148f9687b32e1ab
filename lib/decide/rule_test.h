#pragma once

#include "base/budget.h"
#include "decide/conditions.h"
#include "decide/reach.h"

namespace belay::decide {

/// Whether a rule wants to hear of a maybe; when not, nothing dear is done for one.
enum class Doubts : bool { ignored, wanted };

/// Tests the rules of one image against the operations of one call.
class RuleTest {
 public:
  /// With `warm`, patterns are taken from there and kept there.
  RuleTest(const image::View& image, const Question& question, Patterns* warm = nullptr);

  /// Whether the rule holds for the operation: everything for this one, `also` and `reaches` for another one of the call. Regular
  /// expressions come last.
  [[nodiscard]] Truth holds(const image::RuleRecord& rule, std::uint32_t operation, Doubts doubts);
  /// Whether every form of the operation's path is one that an override of another image excepts.
  [[nodiscard]] bool excepted(const image::View& image, image::Range values, std::uint32_t operation);

 private:
  [[nodiscard]] Subject subject(std::uint32_t operation);
  [[nodiscard]] bool applies(const image::WhenRecord& when) const;
  [[nodiscard]] bool member(image::Range groups) const;
  [[nodiscard]] bool any_text(image::Range texts, const std::string& value) const;
  [[nodiscard]] bool any_glob(image::Range texts, const std::string& value) const;
  [[nodiscard]] bool runs_one_of(image::Range commands, const model::Exec* exec) const;
  [[nodiscard]] Truth conjunction(const Subject& subject, image::Range conditions) const;
  [[nodiscard]] Truth groups(const Subject& subject, image::Range groups) const;
  [[nodiscard]] Truth related(image::Range records, std::uint32_t operation);
  [[nodiscard]] Truth also(const image::RelatedRecord& record, std::uint32_t operation);
  [[nodiscard]] Truth reaches(const image::RelatedRecord& record, std::uint32_t operation);
  [[nodiscard]] Truth fits(const image::RelatedRecord& record, std::uint32_t other);

  const image::View& image_;
  const Question& question_;
  Patterns own_;
  Patterns& patterns_;
  Reach reach_;
  base::Budget pairs_;  ///< of operations that one rule sees together; empty: such a rule answers maybe
};

}  // namespace belay::decide
