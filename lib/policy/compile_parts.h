#pragma once

#include <array>
#include <string>
#include <vector>

#include "image/policy_records.h"
#include "policy/compile.h"

/// The steps of compiling: rules become records, each rule gets a selector, the selectors become the indices that the image is searched by.
namespace belay::policy {

/// Text that one of the operation's texts named by `scopes` (bits of image::Scope) must contain, lower case.
struct Literal {
  std::string text;
  std::uint32_t scopes = 0;
};

/// How a rule is found for a call. Whatever it is, a rule that holds for certain is found by it, and so is one whose maybe would ask.
struct Selection {
  std::vector<std::string> commands;  ///< program and words, blank separated: one of them runs
  std::vector<Literal> literals;      ///< one of them is in a text
  bool always = false;                ///< nothing selects it: looked at for every operation of its kinds
  bool recursive = false;             ///< with literals: it may hold for a recursive operation whose path lacks them
  bool holes = false;                 ///< with literals: a maybe counts, so operations with holes look at it too
  std::uint32_t hole_kinds = 0;       ///< bits of 1 << model::OpKind that `holes` is about
};
[[nodiscard]] Selection select(const Rule& rule);

[[nodiscard]] std::uint32_t kinds_of(const Rule& rule);
[[nodiscard]] bool is_regex(const Condition& condition);
/// A plain `host` condition: what "a host that the rule names" means.
[[nodiscard]] bool names_host(const Rule& rule);

/// Writes conditions and what hangs on them.
class ConditionWriter {
 public:
  ConditionWriter(image::Builder& builder, base::Diagnostics& out) : builder_(builder), out_(out) {}

  [[nodiscard]] image::Range texts(const std::vector<std::string>& values);
  [[nodiscard]] image::Range texts(const std::vector<Value>& values);
  /// In the order in which they are best tested: what is cheap first.
  [[nodiscard]] image::Range conditions(const SourcePtr& source, std::vector<const Condition*> list);
  [[nodiscard]] image::Range patterns(const SourcePtr& source, Key key, const std::vector<Value>& values);

 private:
  void add_pattern(const SourcePtr& source, Key key, const Value& value, std::vector<image::PatternRecord>& into);
  void add_paths(const SourcePtr& source, const Value& value, std::vector<image::PatternRecord>& into);
  [[nodiscard]] image::PatternRecord regex(const SourcePtr& source, const Value& value);

  image::Builder& builder_;
  base::Diagnostics& out_;
};

/// Writes rules, overrides and where they come from.
class RuleWriter {
 public:
  RuleWriter(image::Builder& builder, const CompileOptions& options, base::Diagnostics& out)
      : builder_(builder), conditions_(builder, out), options_(options), out_(out) {}

  void add(const Rule& rule);
  void add(const Override& change);

 private:
  [[nodiscard]] std::uint32_t source(const SourcePtr& source);
  void add_groups(const Rule& rule, image::RuleRecord& into);
  [[nodiscard]] image::Range related(const Rule& rule);
  [[nodiscard]] image::Range meta(const Rule& rule);
  [[nodiscard]] image::WhenRecord when(const Rule& rule);
  [[nodiscard]] image::Range group_numbers(const Rule& rule);

  image::Builder& builder_;
  ConditionWriter conditions_;
  const CompileOptions& options_;
  base::Diagnostics& out_;
  std::vector<std::string> sources_;
};

/// Writes the command index, the kind index and the literal automaton; rule n is found by selections[n].
void add_indices(const std::vector<const Rule*>& rules, const std::vector<Selection>& selections, image::PolicyRecord& policy,
                 image::Builder& builder);

}  // namespace belay::policy
