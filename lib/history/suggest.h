#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/record.h"
#include "model/operation.h"

/// Which rules a log asks for: calls that were denied, asked about or not understood, put together by what they do.
namespace belay::history {

/// What a drafted rule would be about. Names of programs, options and tools only, never a value: those of one call say nothing of the next.
struct Pattern {
  model::OpKind on = model::OpKind::exec;
  std::string command;               ///< exec: program and subcommand words
  std::vector<std::string> options;  ///< exec: canonical names, sorted, each once
  std::string name;                  ///< the name of a file, a host, or a tool

  friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

/// Calls of one pattern under one rule.
struct Group {
  std::string rule;  ///< that led the decisions; empty when only the pattern is known
  Pattern pattern;
  bool opaque = false;                           ///< the rule is about what cannot be known: there is no pattern
  model::Verdict verdict = model::Verdict::ask;  ///< the strictest that they would have got
  model::Severity severity = model::Severity::medium;
  std::uint64_t calls = 0;
  std::uint64_t enforced = 0;  ///< of these, those where the agent was told so
  std::uint64_t first = 0;     ///< microseconds since 1970
  std::uint64_t last = 0;
  std::set<std::string> sessions;
  std::vector<std::string> examples;  ///< different ones, each one line without control characters
};

/// Collects groups, and keeps no call.
class Suggestions {
 public:
  void add(const audit::Record& record, const model::Analysis& analysis);

  /// The most frequent first; at most `most`, each with at least `least` calls.
  [[nodiscard]] std::vector<const Group*> groups(std::size_t most, std::uint64_t least) const;
  [[nodiscard]] std::uint64_t records() const { return records_; }

 private:
  std::map<std::pair<std::string, Pattern>, Group> groups_;
  std::uint64_t records_ = 0;
};

/// The id of a drafted rule, `seen.git-push-force`; empty when the pattern gives no rule.
[[nodiscard]] std::string draft_id(const Group& group);
/// What is known of the group, as comment lines of TOML.
[[nodiscard]] std::string group_comment(const Group& group);
/// A rule with its cases in the dialect of rule files, under that id.
[[nodiscard]] std::string draft_rule(const Group& group, const std::string& id);

}  // namespace belay::history
