// From rule files to an image.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>

#include "bench_world.h"
#include "policy/compile.h"
#include "policy/load.h"
#include "policy/merge.h"

namespace {

using namespace belay;

std::vector<policy::SourcePtr> shipped_files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(BELAY_SOURCE_DIR "/rules")) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().string());
  }
  std::sort(names.begin(), names.end());
  std::vector<policy::SourcePtr> out;
  for (const auto& name : names) out.push_back(std::make_shared<const base::SourceText>(name, bench_world::read(name)));
  return out;
}

void compile(benchmark::State& state) {
  const auto files = shipped_files();
  for (auto _ : state) {
    base::Diagnostics out;
    auto loaded = policy::load_all(files, out);
    benchmark::DoNotOptimize(policy::compile(policy::resolve(std::move(loaded.policy), out), loaded.knowledge, out));
  }
}
BENCHMARK(compile)->Unit(benchmark::kMillisecond);

}  // namespace
