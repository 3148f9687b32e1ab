#include <array>
#include <cstddef>
#include <cstdint>

#include "command/inline/code.h"
#include "command/program/effects.h"

namespace {

using namespace belay;  // NOLINT(google-build-using-namespace)
using model::Text;

class Nothing final : public command::Host {
 public:
  std::uint32_t emit(model::Operation) override { return count_++; }
  void flow(std::uint32_t, std::uint32_t) override {}
  model::Path path(const Text& written, const Text&) override { return {written, written, written}; }
  std::optional<command::Input> written(const Text&, const Text&) override { return std::nullopt; }
  void run(const command::Invocation&) override {}
  void run_shell(const Text&, const std::vector<Text>&, const command::Invocation&) override {}
  std::span<const image::View* const> knowledge() const override { return {}; }

 private:
  std::uint32_t count_ = 0;
};

// In the order in which test/fuzz/seeds counts them.
constexpr std::array kLanguages{"python", "javascript", "perl",   "ruby",   "php",         "lua",     "r",      "julia",
                                "raku",   "elixir",     "erlang", "lisp",   "elisp",       "ocaml",   "java",   "octave",
                                "nim",    "sed",        "awk",    "c",      "applescript", "haskell", "dotnet", "swift",
                                "go",     "rust",       "zig",    "pascal", "fortran"};

/// A byte 0x00 stands for a hole.
Text text_of(const std::uint8_t* data, std::size_t size) {
  Text out;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = static_cast<char>(data[i]);
    if (c == model::kHole) out.append_hole(model::HoleTrait::any);
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

}  // namespace

/// The first byte chooses the language, the rest is code.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  command::Invocation in;
  in.argv = {Text("interpreter")};
  in.setting.cwd = Text("/w");
  Nothing host;
  command::program::Effects effects(in, host, "interpreter");
  command::inline_code::read_code({kLanguages[data[0] % kLanguages.size()], text_of(data + 1, size - 1), {Text("/etc/x")}}, {},
                                  effects);
  return 0;
}
