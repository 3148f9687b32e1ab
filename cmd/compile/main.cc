// The first stage of the build: rule files in, image out. `belay compile` is the tool for everybody else.
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/diag.h"
#include "policy/compile.h"
#include "policy/load.h"
#include "policy/merge.h"

namespace {

std::vector<belay::policy::SourcePtr> read_sources(int count, char** files) {
  std::vector<belay::policy::SourcePtr> out;
  for (int i = 0; i < count; ++i) {
    std::ifstream in(files[i], std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) std::fprintf(stderr, "belay-compile: cannot read %s\n", files[i]);
    out.push_back(std::make_shared<const belay::base::SourceText>(files[i], std::move(text).str()));
  }
  return out;
}

/// What layers above compile again and documentation shows; knowledge is for the program alone.
std::vector<belay::policy::SourcePtr> carried(const std::vector<belay::policy::SourcePtr>& sources) {
  std::vector<belay::policy::SourcePtr> out;
  for (const auto& source : sources) {
    if (source->name().find("/knowledge/") == std::string::npos) out.push_back(source);
  }
  return out;
}

bool write_file(const char* path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes << std::flush;
  return out.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: belay-compile IMAGE FILE…\n", stderr);
    return 2;
  }
  belay::base::Diagnostics diagnostics;
  const auto sources = read_sources(argc - 2, argv + 2);
  const auto carry = carried(sources);
  const auto loaded = belay::policy::load_all(sources, diagnostics);
  const auto policy = belay::policy::resolve(loaded.policy, diagnostics);
  const auto image = belay::policy::compile(policy, loaded.knowledge, {.carry = carry}, diagnostics);
  for (const auto& d : diagnostics.items()) std::fputs(belay::base::render(d).c_str(), stderr);
  if (!image || diagnostics.has_errors()) return 3;
  if (write_file(argv[1], *image)) return 0;
  std::fprintf(stderr, "belay-compile: cannot write %s\n", argv[1]);
  return 3;
}
