// Times whole processes: spawns each command in turn, round after round, so that a busy moment hits all alike, and prints the minimum and
// the median of the wall time, the median of the processor's time (user and kernel; it does not grow because others run too), page faults and
// peak memory. Ratios are those of the medians of wall and processor time to the first command's.
//
//   spawn ROUNDS INPUT -- NAME COMMAND [ARG…] [-- NAME COMMAND [ARG…]]…
//
// INPUT is a file that every command gets as standard input.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

extern char** environ;

namespace {

struct Candidate {
  std::string name;
  std::vector<char*> argv;
  std::vector<double> micros;
  std::vector<double> processor;
  std::vector<double> faults;
  long peak_kib = 0;
};

bool run(Candidate& c, const char* input) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, c.argv[0], &actions, nullptr, c.argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return false;
  int status = 0;
  rusage usage{};
  if (wait4(pid, &status, 0, &usage) != pid) return false;
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  c.micros.push_back(took.count());
  const auto micros_of = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
  c.processor.push_back(micros_of(usage.ru_utime) + micros_of(usage.ru_stime));
  c.faults.push_back(static_cast<double>(usage.ru_minflt + usage.ru_majflt));
  c.peak_kib = std::max(c.peak_kib, usage.ru_maxrss);
  return true;
}

std::vector<Candidate> candidates(int argc, char** argv) {
  std::vector<Candidate> out;
  for (int i = 3; i < argc; ++i) {
    if (std::strcmp(argv[i], "--") == 0 && i + 1 < argc) out.push_back({argv[++i], {}, {}, {}, {}, 0});
    else out.back().argv.push_back(argv[i]);
  }
  for (auto& c : out) c.argv.push_back(nullptr);
  return out;
}

/// Sorts.
double median_of(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6 || std::strcmp(argv[3], "--") != 0) {
    std::fputs("usage: spawn ROUNDS INPUT -- NAME COMMAND [ARG…] [-- NAME COMMAND…]…\n", stderr);
    return 2;
  }
  auto all = candidates(argc, argv);
  const int rounds = std::atoi(argv[1]);
  for (int round = 0; round < rounds; ++round) {
    for (auto& c : all) {
      if (!run(c, argv[2])) {
        std::fprintf(stderr, "spawn: cannot run %s\n", c.argv[0]);
        return 1;
      }
    }
  }
  std::printf("%-28s %10s %10s %8s %10s %8s %8s %10s\n", "program", "min us", "median us", "ratio", "cpu us", "ratio", "faults",
              "peak KiB");
  double base = 0;
  double base_processor = 0;
  for (auto& c : all) {
    const double median = median_of(c.micros);
    const double processor = median_of(c.processor);
    if (base == 0) base = median;
    if (base_processor == 0) base_processor = processor;
    std::printf("%-28s %10.0f %10.0f %8.2f %10.0f %8.2f %8.0f %10ld\n", c.name.c_str(), c.micros.front(), median, median / base,
                processor, processor / base_processor, median_of(c.faults), c.peak_kib);
  }
  return 0;
}
