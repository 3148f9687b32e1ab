// Opening an image: what is in memory already, and from a file with mmap(2) or read(2) (docs/image-format.md says which the program does and why).
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "bench_world.h"
#include "image/policy_records.h"

namespace {

using namespace belay;

void open_borrowed(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(image::View::open(bench_world::packs().bytes()));
}
BENCHMARK(open_borrowed);

/// A file of about `bytes` that begins with the shipped image; the rest is never looked at, as most of an image is not.
class File {
 public:
  explicit File(std::size_t bytes) : size_(bytes) {
    std::string text = bench_world::packs().bytes().substr(0, bytes);
    text.resize(bytes);
    fd_ = ::mkstemp(name_.data());
    if (fd_ < 0 || ::write(fd_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::abort();
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    ::close(fd_);
    ::unlink(name_.c_str());
  }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::string name_ = "/tmp/bench_image.XXXXXX";
  std::size_t size_;
  int fd_ = -1;
};

/// A call touches the header and a page here and there: about ten of the shipped image.
unsigned touch(const char* bytes, std::size_t size) {
  constexpr std::size_t kPages = 10;
  unsigned sum = 0;
  for (std::size_t i = 0; i < kPages; ++i) sum += static_cast<unsigned char>(bytes[i * (size / kPages)]);
  return sum;
}

void from_file_mmap(benchmark::State& state) {
  const File file(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    void* const mapped = ::mmap(nullptr, file.size(), PROT_READ, MAP_PRIVATE, file.fd(), 0);
    benchmark::DoNotOptimize(touch(static_cast<const char*>(mapped), file.size()));
    ::munmap(mapped, file.size());
  }
}
BENCHMARK(from_file_mmap)->Arg(300'000)->Arg(2'600'000)->Arg(10'000'000);

/// A process has no pages that it could use again: it is given new ones for what it reads, as here.
void from_file_read(benchmark::State& state) {
  const File file(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    void* const room = ::mmap(nullptr, file.size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (::pread(file.fd(), room, file.size(), 0) != static_cast<ssize_t>(file.size())) std::abort();
    benchmark::DoNotOptimize(touch(static_cast<const char*>(room), file.size()));
    ::munmap(room, file.size());
  }
}
BENCHMARK(from_file_read)->Arg(300'000)->Arg(2'600'000)->Arg(10'000'000);

}  // namespace
