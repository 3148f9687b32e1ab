#pragma once

#include <cstdint>
#include <vector>

#include "model/operation.h"

namespace belay::decide {

/// Where the data of an operation ends up: the flows of a call, followed to their ends. Built when the first rule asks.
class Reach {
 public:
  explicit Reach(const model::Analysis& analysis) : analysis_(analysis) {}

  /// Operations that data of `operation` reaches, itself not among them, each once. Valid until the next call.
  [[nodiscard]] const std::vector<std::uint32_t>& from(std::uint32_t operation);

 private:
  void sort_flows();

  const model::Analysis& analysis_;
  std::vector<model::Flow> flows_;  ///< by `from`
  std::vector<std::uint32_t> reached_;
  std::vector<bool> seen_;
  std::uint32_t origin_ = model::kNoOperation;
  bool sorted_ = false;
};

}  // namespace belay::decide
