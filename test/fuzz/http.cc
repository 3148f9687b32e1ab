// Arguments of programs that send requests: the first byte says which, every line is an argument.
#include <array>

#include "base/text.h"
#include "shipped.h"

using namespace belay;

namespace {

constexpr std::array<const char*, 14> kPrograms{"curl", "wget", "http", "https", "xh", "curlie", "gh", "glab", "aria2c", "lwp-request", "grpcurl", "hurl", "aws", "gcloud"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 16384) return 0;
  const std::string text = fuzz::bytes_of(data + 1, size - 1);
  model::RunArgv call{{kPrograms[data[0] % kPrograms.size()]}};
  for (const std::string_view line : base::split(text, '\n')) call.argv.emplace_back(line);
  fuzz::decide_call(std::move(call));
  return 0;
}
