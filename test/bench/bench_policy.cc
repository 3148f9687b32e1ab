// From rule files to an image.
#include <benchmark/benchmark.h>

#include "policy/compile.h"
#include "policy/load.h"
#include "policy/merge.h"
#include "support/shipped.h"

namespace {

using namespace belay;

void compile(benchmark::State& state) {
  const auto files = test::shipped_sources();
  for (auto _ : state) {
    base::Diagnostics out;
    auto loaded = policy::load_all(files, out);
    benchmark::DoNotOptimize(policy::compile(policy::resolve(std::move(loaded.policy), out), loaded.knowledge, out));
  }
}
BENCHMARK(compile)->Unit(benchmark::kMillisecond);

}  // namespace
