#include "model/text.h"

#include <algorithm>

namespace belay::model {

/// A NUL in foreign bytes (JSON `\u0000`) must not pass for a hole that somebody accounted for: a shell drops it, so do we.
void Text::drop_nul() {
  if (bytes_.find(kHole) == std::string::npos) return;
  bytes_.erase(std::remove(bytes_.begin(), bytes_.end(), kHole), bytes_.end());
}

Text Text::hole(HoleTrait trait) {
  Text t;
  t.append_hole(trait);
  return t;
}

void Text::append(std::string_view literal) {
  while (!literal.empty()) {  // a hole's byte in it is left out
    const std::size_t plain = std::min(literal.find(kHole), literal.size());
    bytes_.append(literal.substr(0, plain));
    literal.remove_prefix(std::min(plain + 1, literal.size()));
  }
}

void Text::append(const Text& other) {
  bytes_ += other.bytes_;
  holes_ += other.holes_;
}

void Text::append_hole(HoleTrait trait) {
  bytes_.push_back(kHole);
  holes_.push_back(static_cast<char>(trait));
}

HoleTrait Text::traits() const {
  HoleTrait all = HoleTrait::none;
  for (const char h : holes_) all = all | static_cast<HoleTrait>(h);
  return all;
}

Text Text::substr(std::size_t begin, std::size_t count) const {
  Text out;
  out.bytes_ = bytes_.substr(std::min(begin, bytes_.size()), count);
  if (literal()) return out;  // or a text that is cut into lines is counted through for each of them
  const auto end_of_head = bytes_.begin() + static_cast<std::ptrdiff_t>(std::min(begin, bytes_.size()));
  const auto skipped = static_cast<std::size_t>(std::count(bytes_.begin(), end_of_head, kHole));
  out.holes_ = holes_.substr(skipped, static_cast<std::size_t>(std::count(out.bytes_.begin(), out.bytes_.end(), kHole)));
  return out;
}

std::string Text::display() const {
  std::string out;
  for (const char c : bytes_) {
    if (c == kHole) out += "‹?›";
    else out.push_back(c);
  }
  return out;
}

}  // namespace belay::model
