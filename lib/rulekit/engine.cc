#include "rulekit/engine.h"

#include "policy/compile.h"

namespace belay::rulekit {

base::Result<Compiled> Compiled::make(const policy::Policy& policy, const policy::Knowledge& knowledge, base::Diagnostics& out) {
  BELAY_TRY(auto bytes, policy::compile(policy, knowledge, out));
  Compiled compiled;
  compiled.bytes_ = std::make_shared<const std::string>(std::move(bytes));
  BELAY_TRY(auto view, image::View::open(*compiled.bytes_));
  compiled.view_ = std::make_shared<const image::View>(view);
  return compiled;
}

model::Analysis analyse(const Scene& scene, std::span<const image::View* const> images) {
  return command::analyse(scene.call, scene.world(), images);
}

namespace {

/// A layer that says nothing but that the strict profile holds.
const image::View& strict_wish() {
  static const auto kWish = [] {
    policy::Policy wish;
    wish.profile = policy::Profile::strict;
    base::Diagnostics nothing;
    return Compiled::make(wish, {}, nothing);
  }();
  return kWish->view();
}

}  // namespace

model::Decision judge(const Scene& scene, const model::Analysis& analysis, std::span<const image::View* const> images) {
  std::vector<decide::Layer> layers;
  for (const auto* image : images) layers.push_back({image, image == images.back(), false});
  if (scene.profile == policy::Profile::strict) layers.push_back({&strict_wish(), false, true});
  const path::Places places = scene.places();
  const decide::Actor actor = scene.actor();
  return decide::judge({scene.call, analysis, places, actor}, layers);
}

}  // namespace belay::rulekit
