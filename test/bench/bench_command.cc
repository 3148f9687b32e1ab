// From a tree to what the call would do.
#include <benchmark/benchmark.h>

#include "bench_world.h"

namespace {

void evaluate(benchmark::State& state) {
  const auto& [name, command] = bench_world::kCommands[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(name);
  const auto scene = bench_world::scene_of(command);
  const auto world = scene.world();
  const std::array knowledge{&bench_world::packs().view()};
  for (auto _ : state) benchmark::DoNotOptimize(belay::command::analyse(scene.call, world, knowledge));
}
BENCHMARK(evaluate)->DenseRange(0, bench_world::kCommands.size() - 1);

}  // namespace
