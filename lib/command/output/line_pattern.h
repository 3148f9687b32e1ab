#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "command/output/lines.h"
#include "model/decision.h"
#include "regex/posix.h"

/// A regular expression of grep or sed, and what it comes to where it is not much of one: plain text, perhaps at an end of the line.
namespace belay::command {

struct LinePattern {
  regex::Posix compiled;
  std::string plain;  ///< if it is plain
  bool is_plain = false;
  bool folds = false;       ///< … in letters of any size; `plain` has small ones
  bool is_few = false;      ///< names so little that what is left without it is nearly everything: `git`, `git|src`, `\.log$`
  bool at_begin = false;    ///< `^`
  bool at_end = false;      ///< `$`
  bool everything = false;  ///< `.*`, also as a group

  /// Nothing for an expression that is not understood.
  [[nodiscard]] static std::optional<LinePattern> of(std::string_view source, regex::Grammar grammar, bool ignore_case);

  [[nodiscard]] bool found_in(std::string_view line) const;
  /// Whether a line has it; a hole may be anything.
  [[nodiscard]] model::Truth met_by(const Text& line) const;
  /// What is left of a line that ends in files of which nothing is known, when only those are taken whose path has it.
  [[nodiscard]] Lines narrowed(const Text& line) const;
};

}  // namespace belay::command
