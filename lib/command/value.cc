#include "command/value.h"

#include <algorithm>

namespace belay::command {

Text text_in_tree(std::string_view text) {
  Text out;
  for (;;) {
    const std::size_t hole = text.find(kHoleInCode);
    if (out.empty() && hole == std::string_view::npos) return Text(text);
    out.append(text.substr(0, hole));
    if (hole == std::string_view::npos) return out;
    out.append_hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::empty);
    text.remove_prefix(hole + 1);
  }
}

void add_sources(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from) {
  for (const std::uint32_t s : from) {
    if (std::find(to.begin(), to.end(), s) == to.end()) to.push_back(s);
  }
}

void Value::merge(const Value& other) {
  for (const Text& text : other.alternatives) {
    if (std::find(alternatives.begin(), alternatives.end(), text) == alternatives.end()) alternatives.push_back(text);
  }
  if (alternatives.size() > kMaxAlternatives) alternatives = unknown().alternatives;
  taint = taint | other.taint;
  add_sources(sources, other.sources);
}

void Value::append(const Value& tail) {
  taint = taint | tail.taint;
  add_sources(sources, tail.sources);
  if (tail.alternatives.size() == 1) {
    for (Text& text : alternatives) text.append(tail.alternatives.front());
    return;
  }
  if (alternatives.size() * tail.alternatives.size() > kMaxAlternatives) {
    alternatives = unknown().alternatives;
    return;
  }
  std::vector<Text> product;
  for (const Text& head : alternatives) {
    for (const Text& end : tail.alternatives) {
      product.push_back(head);
      product.back().append(end);
    }
  }
  alternatives = std::move(product);
}

}  // namespace belay::command
