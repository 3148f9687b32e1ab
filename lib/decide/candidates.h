#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "image/policy_records.h"
#include "model/operation.h"
#include "regex/scanner.h"

namespace belay::decide {

/// Which rules of one image are worth a look for an operation: every rule that holds for certain is among them, and every one whose
/// maybe would ask. Found by the words of the command, one scan of each text for literals, and the kind of the operation; the number of
/// rules does not matter.
class Candidates {
 public:
  Candidates(const image::View& image, const image::PolicyRecord& policy, const model::Analysis& analysis);

  /// Numbers of rules, ascending, each once. Of other kinds than the operation's too.
  [[nodiscard]] std::vector<std::uint32_t> of(std::uint32_t operation);

 private:
  using Rules = std::vector<std::uint32_t>;

  void add_list(image::Range range, Rules& to) const;
  void add_commands(const model::Exec& exec, Rules& to) const;
  void add_literals(std::string_view text, image::Scope scope, Rules& to) const;
  void add_texts(const model::Operation& op, Rules& to) const;
  const Rules& of_exec(std::uint32_t operation);

  const image::View& image_;
  const image::PolicyRecord& policy_;
  const model::Analysis& analysis_;
  regex::Scanner scanner_;
  std::vector<Rules> by_exec_;       ///< per operation, filled when an effect of it asks first
  std::vector<bool> known_exec_;
};

}  // namespace belay::decide
