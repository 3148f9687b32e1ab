#include "decide/layers.h"

#include <algorithm>
#include <string>

namespace belay::decide {

namespace {

using image::OverrideRecord;
using image::RuleMode;
using image::Section;
using model::Mode;
using model::Verdict;

/// A number of the image as one of an enumeration whose last value is `last`; beyond it, the image is not one of ours.
template <class E>
E checked(std::uint32_t number, E last, const image::View& image) {
  if (number <= static_cast<std::uint32_t>(last)) return static_cast<E>(number);
  image.mark_damaged();
  return last;
}

void apply(const OverrideRecord& change, const image::View& image, bool may_relax, Standing& out) {
  if (change.action != 0) {
    const auto wanted = checked(change.action - 1, Verdict::deny, image);
    if (may_relax || wanted > out.action) out.action = wanted;
  }
  const auto mode = checked(change.mode, RuleMode::off, image);
  if (mode == RuleMode::enforce || (mode != RuleMode::inherit && may_relax)) out.mode = mode;
  if (may_relax && change.except.count != 0) out.except.emplace_back(&image, change.except);
}

}  // namespace

Layers::Layers(std::span<const Layer> layers) : layers_(layers) {
  if (layers_.size() > 1 && !layers_[1].project) owner_ = 1;
  for (const Layer& layer : layers_) {
    const auto policy = layer.image->at<image::PolicyRecord>(Section::policy, 0);
    modes_.push_back(checked(policy.mode, Mode::observe, *layer.image));
    adopted_.push_back(policy.adopted);
    any_adopted_ = any_adopted_ || policy.adopted.count != 0;
    strict_ = strict_ || policy.strict != 0;
  }
  if (owner_ == 1) modes_[0] = modes_[1];
}

bool Layers::damaged() const {
  return std::any_of(layers_.begin(), layers_.end(), [](const Layer& layer) { return layer.image->damaged(); });
}

bool Layers::may_relax(std::size_t above, std::size_t layer) const {
  return layers_[above].may_allow || (layer < owner_ && above == owner_);
}

bool Layers::adopts(std::size_t above, std::string_view id) const {
  const image::View& image = *layers_[above].image;
  const image::Range ids = adopted_[above];
  for (std::uint32_t i = 0; i < ids.count && !image.damaged(); ++i) {
    if (image.text(image.at<image::Str>(Section::texts, ids.first + i)) == id) return true;
  }
  return false;
}

bool Layers::replaced(std::size_t layer, const image::RuleRecord& rule) const {
  if (!any_adopted_ || rule.floor != 0) return false;
  const std::string_view id = layers_[layer].image->text(rule.id);
  for (std::size_t above = layer + 1; above < layers_.size(); ++above) {
    if (adopted_[above].count != 0 && may_relax(above, layer) && adopts(above, id)) return true;
  }
  return false;
}

bool Layers::switches_on(std::size_t above, std::string_view id) const {
  const image::View& image = *layers_[above].image;
  const std::uint32_t count = image.count<OverrideRecord>(Section::overrides);
  for (std::uint32_t i = 0; i < count && !image.damaged(); ++i) {
    const auto change = image.at<OverrideRecord>(Section::overrides, i);
    const auto mode = checked(change.mode, RuleMode::off, image);
    const bool wanted = change.action != 0 || mode == RuleMode::enforce || mode == RuleMode::observe;
    if (wanted && image.text(change.rule) == id) return true;
  }
  return false;
}

bool Layers::may_have_strict(std::size_t layer) const {
  if (strict_) return true;
  const auto changes = [](const Layer& above) { return above.image->count<OverrideRecord>(Section::overrides) != 0; };
  return std::any_of(layers_.begin() + static_cast<std::ptrdiff_t>(layer) + 1, layers_.end(), changes);
}

bool Layers::exists(std::size_t layer, const image::RuleRecord& rule) const {
  if (strict_ || rule.strict_only == 0) return true;
  const std::string_view id = layers_[layer].image->text(rule.id);
  for (std::size_t above = layer + 1; above < layers_.size(); ++above) {
    if (switches_on(above, id)) return true;
  }
  return false;
}

Standing Layers::standing(std::size_t layer, const image::RuleRecord& rule) const {
  const image::View& image = *layers_[layer].image;
  Standing out{checked(rule.action, Verdict::deny, image), checked(rule.mode, RuleMode::off, image), {}};
  if (strict_ && rule.strict != 0) out.action = checked(rule.strict - 1, Verdict::deny, image);
  if (rule.floor != 0) out.mode = RuleMode::enforce;
  for (std::size_t above = layer + 1; above < layers_.size(); ++above) {
    const image::View& other = *layers_[above].image;
    const std::uint32_t count = other.count<OverrideRecord>(Section::overrides);
    const bool relax = rule.floor == 0 && may_relax(above, layer);
    for (std::uint32_t i = 0; i < count && !other.damaged(); ++i) {
      const auto change = other.at<OverrideRecord>(Section::overrides, i);
      if (path::match_plain(other.text(change.rule), model::Text(image.text(rule.id))) == model::Truth::yes) {
        apply(change, other, relax, out);
      }
    }
  }
  return out;
}

Mode Layers::mode_of(std::size_t layer, const image::RuleRecord& rule, const Standing& standing) const {
  if (rule.floor != 0 || standing.mode == RuleMode::enforce) return Mode::enforce;
  if (standing.mode == RuleMode::observe) return Mode::observe;
  // A rule of a layer below stays one of those, whichever layer's lists it has.
  return modes_[rule.adopted != 0 ? owner_ : layer];
}

}  // namespace belay::decide
