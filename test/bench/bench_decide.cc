// From operations to candidate rules, and to a decision.
#include <benchmark/benchmark.h>

#include "bench_world.h"
#include "decide/candidates.h"
#include "decide/conditions.h"

namespace {

using namespace belay;

struct Asked {
  rulekit::Scene scene;
  model::Analysis analysis;
  path::Places places;
  decide::Actor actor;

  explicit Asked(const char* command) : scene(bench_world::scene_of(command)), places(scene.places()), actor(scene.actor()) {
    const std::array knowledge{&bench_world::packs().view()};
    analysis = command::analyse(scene.call, scene.world(), knowledge);
  }
};

void select(benchmark::State& state) {
  const auto& [name, command] = bench_world::kCommands[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(name);
  const Asked asked(command);
  const auto& view = bench_world::packs().view();
  const auto policy = view.at<image::PolicyRecord>(image::Section::policy, 0);
  for (auto _ : state) {
    decide::Candidates candidates(view, policy, asked.analysis);
    for (std::uint32_t op = 0; op < asked.analysis.operations.size(); ++op) benchmark::DoNotOptimize(candidates.of(op).size());
  }
}
BENCHMARK(select)->DenseRange(0, bench_world::kCommands.size() - 1);

/// As a hook does it, and with patterns that are compiled already, as a replay does.
void judge_with(benchmark::State& state, decide::Patterns* warm) {
  const auto& [name, command] = bench_world::kCommands[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(name);
  const Asked asked(command);
  const std::array layers{decide::Layer{&bench_world::packs().view(), true, false, warm}};
  for (auto _ : state) benchmark::DoNotOptimize(decide::judge({asked.scene.call, asked.analysis, asked.places, asked.actor}, layers));
}
void judge(benchmark::State& state) { judge_with(state, nullptr); }
BENCHMARK(judge)->DenseRange(0, bench_world::kCommands.size() - 1);
void judge_warm(benchmark::State& state) {
  decide::Patterns warm(bench_world::packs().view());
  judge_with(state, &warm);
}
BENCHMARK(judge_warm)->DenseRange(0, bench_world::kCommands.size() - 1);

}  // namespace
