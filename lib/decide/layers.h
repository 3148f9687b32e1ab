#pragma once

#include <span>
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
  [[nodiscard]] Standing standing(std::size_t layer, const image::RuleRecord& rule) const;
  [[nodiscard]] model::Mode mode_of(std::size_t layer, const image::RuleRecord& rule, const Standing& standing) const;

 private:
  [[nodiscard]] bool may_relax(std::size_t above, std::size_t layer) const;

  std::span<const Layer> layers_;
  std::size_t owner_ = 0;
  std::vector<model::Mode> modes_;
};

}  // namespace belay::decide
