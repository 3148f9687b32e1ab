#include "decide/reach.h"

#include <algorithm>

namespace belay::decide {

void Reach::sort_flows() {
  if (sorted_) return;
  sorted_ = true;
  flows_ = analysis_.flows;
  std::sort(flows_.begin(), flows_.end(),
            [](const model::Flow& a, const model::Flow& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });
}

const std::vector<std::uint32_t>& Reach::from(std::uint32_t operation) {
  if (operation == origin_) return reached_;
  sort_flows();
  origin_ = operation;
  for (const std::uint32_t old : reached_) seen_[old] = false;
  reached_.clear();
  seen_.resize(analysis_.operations.size(), false);
  const auto visit = [&](std::uint32_t at) {
    const auto first =
        std::lower_bound(flows_.begin(), flows_.end(), at, [](const model::Flow& f, std::uint32_t n) { return f.from < n; });
    for (auto flow = first; flow != flows_.end() && flow->from == at; ++flow) {
      if (flow->to >= seen_.size() || flow->to == operation || seen_[flow->to]) continue;
      seen_[flow->to] = true;
      reached_.push_back(flow->to);
    }
  };
  visit(operation);
  for (std::size_t i = 0; i < reached_.size(); ++i) visit(reached_[i]);
  return reached_;
}

}  // namespace belay::decide
