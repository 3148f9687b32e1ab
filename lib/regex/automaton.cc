#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "regex/scanner.h"

namespace belay::regex {

namespace {

using Classes = std::array<unsigned char, 256>;

struct Node {
  std::map<unsigned char, std::uint32_t> edges;  ///< class -> node
  std::uint32_t literal = 0;
  std::uint32_t fail = 0;
  std::uint32_t up = 0;
};

Classes classes_of(const std::vector<std::string>& literals) {
  std::array<bool, 256> used{};
  for (const auto& literal : literals) {
    for (const char c : literal) used[static_cast<unsigned char>(c)] = true;
  }
  Classes classes{};
  unsigned next = 0;
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (used[byte]) classes[byte] = static_cast<unsigned char>(++next);
  }
  for (unsigned char c = 'A'; c <= 'Z'; ++c)
    classes[c] = classes[static_cast<unsigned char>(base::to_lower(static_cast<char>(c)))];
  return classes;
}

std::vector<Node> trie_of(const std::vector<std::string>& literals, const Classes& classes) {
  std::vector<Node> nodes(1);
  for (std::size_t n = 0; n < literals.size(); ++n) {
    std::uint32_t at = 0;
    for (const char c : literals[n]) {
      const auto [edge, added] =
          nodes[at].edges.try_emplace(classes[static_cast<unsigned char>(c)], static_cast<std::uint32_t>(nodes.size()));
      at = edge->second;
      if (added) nodes.emplace_back();
    }
    nodes[at].literal = static_cast<std::uint32_t>(n + 1);
  }
  return nodes;
}

/// Renumbers breadth first, which makes every suffix smaller than the states that fall back on it.
std::vector<Node> breadth_first(std::vector<Node> trie) {
  std::vector<std::uint32_t> order{0};
  std::vector<std::uint32_t> number(trie.size(), 0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const auto& [symbol, child] : trie[order[i]].edges) {
      number[child] = static_cast<std::uint32_t>(order.size());
      order.push_back(child);
    }
  }
  std::vector<Node> out(trie.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    out[i] = std::move(trie[order[i]]);
    for (auto& [symbol, child] : out[i].edges) child = number[child];
  }
  return out;
}

std::uint32_t fall_back(const std::vector<Node>& nodes, std::uint32_t parent, unsigned char symbol) {
  std::uint32_t at = parent;
  while (at != 0) {
    at = nodes[at].fail;
    const auto edge = nodes[at].edges.find(symbol);
    if (edge != nodes[at].edges.end()) return edge->second;
  }
  return 0;
}

void add_suffix_links(std::vector<Node>& nodes) {
  for (std::uint32_t parent = 0; parent < nodes.size(); ++parent) {
    for (const auto& [symbol, child] : nodes[parent].edges) {
      const std::uint32_t fail = fall_back(nodes, parent, symbol);
      nodes[child].fail = fail;
      nodes[child].up = nodes[fail].literal != 0 ? fail : nodes[fail].up;
    }
  }
}

/// Puts the edges of all states into one array in which they interleave: a state's edges lie at its base plus their classes.
class Packer {
 public:
  std::uint32_t place(std::uint32_t state, const std::map<unsigned char, std::uint32_t>& edges) {
    if (edges.empty()) return 0;
    const std::uint32_t base = find(edges);
    for (const auto& [symbol, next] : edges) {
      grow(base + symbol + 1);
      rows_[base + symbol] = {state + 1, next};
    }
    while (first_free_ < rows_.size() && rows_[first_free_].owner != 0) ++first_free_;
    return base;
  }
  [[nodiscard]] std::vector<EdgeRow> take() { return std::move(rows_); }

 private:
  static constexpr std::size_t kTries = 256;  ///< then the end of the array is good enough

  void grow(std::size_t size) {
    if (rows_.size() < size) rows_.resize(size);
  }
  [[nodiscard]] bool fits(std::size_t base, const std::map<unsigned char, std::uint32_t>& edges) const {
    return std::all_of(edges.begin(), edges.end(), [&](const auto& edge) {
      return base + edge.first >= rows_.size() || rows_[base + edge.first].owner == 0;
    });
  }
  [[nodiscard]] std::uint32_t find(const std::map<unsigned char, std::uint32_t>& edges) const {
    const std::size_t lowest = edges.begin()->first;
    std::size_t tries = 0;
    for (std::size_t at = std::max(first_free_, lowest); at < rows_.size() && tries < kTries; ++at) {
      if (rows_[at].owner != 0) continue;
      if (fits(at - lowest, edges)) return static_cast<std::uint32_t>(at - lowest);
      ++tries;
    }
    return static_cast<std::uint32_t>(std::max(rows_.size(), lowest) - lowest);
  }

  std::vector<EdgeRow> rows_;
  std::size_t first_free_ = 0;
};

std::vector<std::uint32_t> packed(const Classes& classes) {
  std::vector<std::uint32_t> words(kClassWords, 0);
  for (std::size_t i = 0; i < classes.size(); ++i) words[i / 4] |= std::uint32_t{classes[i]} << (8 * (i % 4));
  return words;
}

std::vector<std::uint32_t> pairs_of(const std::vector<std::string>& literals, const Classes& classes) {
  const unsigned top = *std::max_element(classes.begin(), classes.end());
  std::vector<std::uint32_t> words(2 * (std::size_t{top} + 1), 0);
  for (const auto& literal : literals) {
    const std::size_t first = classes[static_cast<unsigned char>(literal[0])];
    const unsigned bit = classes[static_cast<unsigned char>(literal[1])] & 63U;
    words[2 * first + bit / 32] |= 1U << (bit % 32);
  }
  return words;
}

}  // namespace

Automaton build_automaton(const std::vector<std::string>& literals) {
  const Classes classes = classes_of(literals);
  auto nodes = breadth_first(trie_of(literals, classes));
  add_suffix_links(nodes);
  Automaton out;
  Packer packer;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    out.states.push_back({packer.place(i, nodes[i].edges), nodes[i].fail, nodes[i].literal, nodes[i].up});
  }
  out.edges = packer.take();
  out.classes = packed(classes);
  out.pairs = pairs_of(literals, classes);
  return out;
}

}  // namespace belay::regex
