#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "decide/judge.h"
#include "image/policy_records.h"

namespace belay::decide {

/// A rule as the layers above its own leave it.
struct Standing {
  model::Verdict action = model::Verdict::deny;
  image::RuleMode mode = image::RuleMode::inherit;
  std::vector<std::pair<const image::View*, image::Range>> except;  ///< patterns of overrides, and the image they lie in
};

/// How layers stand to each other (see judge.h). Records of a damaged image give zeros, so nothing here can fail.
class Layers {
 public:
  explicit Layers(std::span<const Layer> layers);

  [[nodiscard]] std::size_t size() const { return layers_.size(); }
  [[nodiscard]] const Layer& operator[](std::size_t n) const { return layers_[n]; }
  /// The layer whose settings count for the whole decision.
  [[nodiscard]] std::size_t owner() const { return owner_; }
  /// Of rules of layer `n` that do not say theirs.
  [[nodiscard]] model::Mode mode(std::size_t n) const { return modes_[n]; }
  [[nodiscard]] bool damaged() const;
  /// Whether any rule of the strict profile may exist here.
  [[nodiscard]] bool may_have_strict(std::size_t layer) const;
  /// Whether the rule exists: one of the strict profile does where that profile holds, or where a layer above says what it is to do.
  [[nodiscard]] bool exists(std::size_t layer, const image::RuleRecord& rule) const;
  /// Whether a layer above has this rule with lists of its own and may put it in the place of this one. A layer that may only tighten
  /// cannot: there both hold. Nor can anybody replace a floor rule.
  [[nodiscard]] bool replaced(std::size_t layer, const image::RuleRecord& rule) const;
  [[nodiscard]] Standing standing(std::size_t layer, const image::RuleRecord& rule) const;
  [[nodiscard]] model::Mode mode_of(std::size_t layer, const image::RuleRecord& rule, const Standing& standing) const;

 private:
  [[nodiscard]] bool may_relax(std::size_t above, std::size_t layer) const;
  [[nodiscard]] bool adopts(std::size_t above, std::string_view id) const;
  [[nodiscard]] bool switches_on(std::size_t above, std::string_view id) const;

  std::span<const Layer> layers_;
  std::size_t owner_ = 0;
  std::vector<model::Mode> modes_;
  std::vector<image::Range> adopted_;  ///< texts
  bool any_adopted_ = false;
  bool strict_ = false;
};

}  // namespace belay::decide
