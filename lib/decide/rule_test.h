#pragma once

#include "decide/conditions.h"

namespace belay::decide {

/// Tests the rules of one image against the operations of one call.
class RuleTest {
 public:
  RuleTest(const image::View& image, const Question& question) : image_(image), question_(question), patterns_(image) {}

  /// Whether the rule holds for the operation: everything for this one, `also` and `reaches` for another one of the call.
  [[nodiscard]] Truth holds(const image::RuleRecord& rule, std::uint32_t operation);
  /// Whether every path of the operation is one that an override excepts.
  [[nodiscard]] bool excepted(image::Range values, const image::View& image, std::uint32_t operation);

 private:
  [[nodiscard]] Subject subject(std::uint32_t operation);
  [[nodiscard]] bool applies(const image::WhenRecord& when) const;
  [[nodiscard]] bool any_text(image::Range texts, const std::string& value, bool glob) const;
  [[nodiscard]] Truth conjunction(const Subject& subject, image::Range conditions) const;
  [[nodiscard]] Truth groups(const Subject& subject, image::Range groups) const;
  [[nodiscard]] Truth related(const image::RelatedRecord& record, std::uint32_t operation);
  [[nodiscard]] Truth fits(const image::RelatedRecord& record, std::uint32_t other);
  [[nodiscard]] std::vector<std::uint32_t> reached_from(std::uint32_t operation) const;

  const image::View& image_;
  const Question& question_;
  Patterns patterns_;
};

}  // namespace belay::decide
