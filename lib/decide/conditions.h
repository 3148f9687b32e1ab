#pragma once

#include <map>
#include <string_view>

#include "decide/judge.h"
#include "image/policy_records.h"
#include "regex/pattern.h"

namespace belay::decide {

using model::Truth;

[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }

/// Regular expressions that were needed so far, each compiled once per call.
class Patterns {
 public:
  explicit Patterns(const image::View& image) : image_(image) {}
  /// Found in `text`? The literals that RE2 says the pattern needs are looked for first.
  [[nodiscard]] bool found(std::uint32_t pattern, std::string_view text);

 private:
  const image::View& image_;
  std::map<std::uint32_t, regex::Pattern> compiled_;
};

/// What a condition is asked about.
struct Subject {
  const image::View& image;
  const Question& question;
  const model::Operation& op;
  const model::Exec* exec;  ///< the command that the operation is an effect of; null when it has none
  Patterns& patterns;
};

/// Whether one condition holds; any of its values does. A suppressing one (`except`, `unless`) says whether it suppresses.
[[nodiscard]] Truth test(const Subject& subject, const image::ConditionRecord& condition);
[[nodiscard]] bool suppresses(image::ConditionKey key);

/// The tests, one per key and value: does pattern `number` hold?
using ValueTest = Truth (*)(const Subject& subject, std::uint32_t number);
[[nodiscard]] ValueTest pattern_test(image::ConditionKey key);

/// Paths of `op` against the path patterns `values`, as an exception asks: all forms of the path, without recursion.
[[nodiscard]] Truth excepted(const Subject& subject, image::Range values);

}  // namespace belay::decide
