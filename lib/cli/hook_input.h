#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace belay::cli {

/// The bytes on a descriptor up to its end. Never cleared and never copied more than its growth needs: most payloads take two reads.
class HookInput {
 public:
  /// Errc::invalid when there is nothing or nobody but a person who could send something, too_large over agent::kMaxPayload, io. Tells
  /// the guard as soon as what has arrived cannot precede a tool call, so that a failure from then on stays silent.
  [[nodiscard]] base::Result<void> read_all(int descriptor);

  [[nodiscard]] std::string_view bytes() const { return {bytes_.get(), size_}; }

 private:
  void grow();

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace belay::cli
