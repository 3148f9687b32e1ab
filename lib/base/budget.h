#pragma once

#include <cstdint>

namespace belay::base {

/// A count of work that may still be done. Everything that recurses or multiplies on foreign input spends from one and has
/// a defined answer for when it is empty; a budget counts work, never time, so the answer does not depend on the machine.
class Budget {
 public:
  constexpr explicit Budget(std::uint64_t units) : left_(units) {}

  /// Takes `units`; false (and empty from then on) when fewer are left.
  [[nodiscard]] constexpr bool spend(std::uint64_t units = 1) {
    if (left_ < units) {
      left_ = 0;
      return false;
    }
    left_ -= units;
    return true;
  }
  [[nodiscard]] constexpr bool empty() const { return left_ == 0; }
  [[nodiscard]] constexpr std::uint64_t left() const { return left_; }

 private:
  std::uint64_t left_;
};

}  // namespace belay::base
