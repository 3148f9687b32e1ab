#pragma once

#include <map>
#include <string_view>

#include "decide/judge.h"
#include "image/policy_records.h"
#include "regex/pattern.h"
#include "regex/possible.h"

namespace belay::decide {

using model::Truth;

[[nodiscard]] constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
[[nodiscard]] constexpr Truth certain(bool holds) { return holds ? Truth::yes : Truth::no; }

/// Regular expressions of one image that were needed so far, each compiled once. Whoever judges many calls keeps one for all of them
/// (Layer::warm); not for several threads.
class Patterns {
 public:
  explicit Patterns(const image::View& image) : image_(image) {}
  /// Found in `text`? The literals that RE2 says the pattern needs are looked for first.
  [[nodiscard]] bool found(std::uint32_t pattern, std::string_view text);
  /// Could it be found once the holes of `text` are known? Hole n is some run of the bytes `fillings[n]`.
  [[nodiscard]] bool possible(std::uint32_t pattern, std::string_view text, const std::vector<regex::ByteSet>& fillings);

 private:
  const image::View& image_;
  std::map<std::uint32_t, regex::Pattern> compiled_;
  std::map<std::uint32_t, std::optional<regex::Possible>> open_;
};

/// What the answer is for. What holds against a rule must hold for every form of a path, and for the path itself instead of something
/// below it: otherwise a link or a folder around an excused place would be excused as well.
enum class Purpose : std::uint8_t { match, suppress };

/// What a condition is asked about.
struct Subject {
  const image::View& image;
  const Question& question;
  const model::Operation& op;
  const model::Exec* exec;  ///< the command that the operation is an effect of; null when it has none
  Patterns& patterns;
  Purpose purpose = Purpose::match;
};

/// Whether one condition holds; any of its values does. A suppressing one (`except`, `unless`) says whether it suppresses.
[[nodiscard]] Truth test(const Subject& subject, const image::ConditionRecord& condition);
[[nodiscard]] bool suppresses(std::uint32_t condition_key);

/// Paths of `op` against the path patterns `values`, as an exception asks: all forms of the path, without recursion.
[[nodiscard]] Truth excepted(const Subject& subject, image::Range values);

}  // namespace belay::decide
