#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "rulekit/engine.h"

/// The shipped packs, for fuzzers that decide whole calls in the world of the rules' cases.
namespace belay::fuzz {

inline void check(bool holds) {
  if (!holds) std::abort();
}

inline std::string bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): libFuzzer's type
}

inline const image::View& shipped() {
  static const std::string bytes = [] {
    std::ifstream file(BELAY_PACKS, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  static const auto view = image::View::open(bytes);
  check(view.has_value());
  return *view;
}

inline rulekit::Scene scene_of_call(model::Action action) {
  policy::Case one;
  one.run = "true";
  auto scene = rulekit::scene_of(one);
  check(scene.has_value());
  scene->call.actions.assign(1, std::move(action));
  return *std::move(scene);
}

/// Decides `action` by the shipped packs. No input is a fault of ours, and none makes more operations than are promised.
inline void decide_call(model::Action action) {
  const auto scene = scene_of_call(std::move(action));
  const image::View* view = &shipped();
  const auto analysis = rulekit::analyse(scene, {&view, 1});
  check(analysis.operations.size() <= command::Limits{}.operations + 1U);
  for (const auto& flow : analysis.flows) check(flow.from < analysis.operations.size() && flow.to < analysis.operations.size());
  check(rulekit::judge(scene, analysis, {&view, 1}).fault.empty());
}

}  // namespace belay::fuzz
