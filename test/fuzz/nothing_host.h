#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include "command/program/effects.h"

/// A host of the analysis that does nothing, for fuzzers of code readers.
namespace belay::fuzz {

class Nothing final : public command::Host {
 public:
  std::uint32_t emit(model::Operation) override {
    if (++count_ > kMost) std::abort();  // a reader that never ends
    return count_;
  }
  void flow(std::uint32_t, std::uint32_t) override {}
  model::Path path(const model::Text& written, const model::Text&) override { return {written, written, written}; }
  std::optional<command::Input> written(const model::Text&, const model::Text&) override { return std::nullopt; }
  void run(const command::Invocation&) override {
    if (++count_ > kMost) std::abort();
  }
  void run_shell(const model::Text&, const std::vector<model::Text>&, const command::Invocation&) override {}
  std::span<const image::View* const> knowledge() const override { return {}; }

 private:
  static constexpr std::uint32_t kMost = 2'000'000;
  std::uint32_t count_ = 0;
};

/// A byte 0x00 stands for a hole.
inline model::Text text_of(const std::uint8_t* data, std::size_t size) {
  model::Text out;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = static_cast<char>(data[i]);
    if (c == model::kHole) out.append_hole(model::HoleTrait::any);
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

}  // namespace belay::fuzz
