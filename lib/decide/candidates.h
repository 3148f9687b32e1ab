#pragma once

#include <cstdint>
#include <string>
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
  using Rules = std::vector<std::uint32_t>;

  /// `strict`: rules of the strict profile that nothing selects count too.
  Candidates(const image::View& image, const image::PolicyRecord& policy, const model::Analysis& analysis, bool strict = true);

  /// Numbers of rules, ascending, each once. Of other kinds than the operation's too. Valid until the next call.
  [[nodiscard]] const Rules& of(std::uint32_t operation);

 private:
  void add_list(image::Range range, Rules& to) const;
  void add_commands(const model::Exec& exec, Rules& to);
  [[nodiscard]] bool add_command(std::uint32_t hash, Rules& to) const;
  void add_literals(std::string_view text, image::Scope scope, Rules& to) const;
  void add_texts(const model::Operation& op, Rules& to) const;
  void add_exec_texts(const model::Exec& exec, Rules& to) const;
  const Rules& of_exec(std::uint32_t operation);

  const image::View& image_;
  const image::PolicyRecord& policy_;
  const model::Analysis& analysis_;
  bool strict_;
  regex::Scanner scanner_;
  std::string words_;  ///< of the command that is looked up
  Rules found_;
  std::vector<Rules> by_exec_;  ///< per operation: what its command is found by, for its effects too
  std::vector<bool> known_exec_;
};

}  // namespace belay::decide
