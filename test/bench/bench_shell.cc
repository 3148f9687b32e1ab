// From text to a tree.
#include <benchmark/benchmark.h>

#include "bench_world.h"
#include "shell/parser.h"

namespace {

void parse(benchmark::State& state) {
  const auto& [name, command] = bench_world::kCommands[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(name);
  for (auto _ : state) benchmark::DoNotOptimize(belay::shell::parse(command));
}
BENCHMARK(parse)->DenseRange(0, bench_world::kCommands.size() - 1);

void parse_here_document(benchmark::State& state) {
  const std::string text = bench_world::here_document(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(belay::shell::parse(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_here_document)->Range(1, 4096);

}  // namespace
