#pragma once

#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include "rulekit/case_world.h"

/// The shipped packs and a few calls, for the benchmarks.
namespace bench_world {

using namespace belay;

struct Named {
  const char* name;
  const char* command;
};
/// From the shortest call to what an agent writes on a busy day.
inline constexpr std::array kCommands{
    Named{"git-status", "git status"},
    Named{"pipeline", "make -j4 2>&1 | grep -E 'error|warning' | sort | uniq -c | head -n 20"},
    Named{"loop", "for f in *.cc *.h; do clang-format -i \"$f\" && git add \"$f\" || echo \"$f failed\" >> log; done"},
    Named{"force-push", "git push --force origin main"},
    Named{"hidden", "X=rm; sudo env -i bash -c \"cd / && $X -rf \\\"$HOME\\\"\""},
    Named{"python", "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"x\"])' < in.json"},
};

inline std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The compiled packs as they lie in the program.
class Packs {
 public:
  Packs() : bytes_(read(BELAY_IMAGE)), view_(*image::View::open(bytes_)) {}
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] const image::View& view() const { return view_; }

 private:
  std::string bytes_;
  image::View view_;
};
inline const Packs& packs() {
  static const Packs packs;
  return packs;
}

inline rulekit::Scene scene_of(const std::string& command) {
  policy::Case one;
  one.run = command;
  return *rulekit::scene_of(one);
}

/// `lines` lines that are written to a file.
inline std::string here_document(int lines) {
  std::string out = "cat > notes.md <<'E'\n";
  for (int i = 0; i < lines; ++i) out += "a line of text that is written to a file, as long as sixty-four.\n";
  return out + "E\n";
}

}  // namespace bench_world
