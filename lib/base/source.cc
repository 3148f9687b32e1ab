#include "base/source.h"

#include <algorithm>
#include <utility>

namespace belay::base {

SourceText::SourceText(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

LineColumn SourceText::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - starts_.begin());
  return {line, offset - starts_[line - 1] + 1};
}

std::uint32_t SourceText::offset(LineColumn at) const {
  const auto line_index = std::clamp<std::size_t>(at.line, 1, starts_.size()) - 1;
  const auto end = starts_[line_index] + static_cast<std::uint32_t>(line(static_cast<std::uint32_t>(line_index + 1)).size());
  return std::min(end, starts_[line_index] + std::max(at.column, 1U) - 1);
}

std::string_view SourceText::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const auto begin = starts_[number - 1];
  const auto end = number < starts_.size() ? starts_[number] - 1 : static_cast<std::uint32_t>(text_.size());
  return text().substr(begin, end - begin);
}

}  // namespace belay::base
