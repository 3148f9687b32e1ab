#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/text.h"

/// YAML as far as definitions use it: blocks, flows (and so JSON), quotes, block scalars. Anchors, tags and merges are read over.
namespace belay::command::program::yaml {

struct Node {
  enum class Kind : std::uint8_t { scalar, map, list };
  Kind kind = Kind::scalar;
  model::Text text;                                   ///< of a scalar
  std::vector<std::pair<std::string, Node>> entries;  ///< of a list: without keys

  [[nodiscard]] const Node* get(std::string_view key) const;
  [[nodiscard]] std::string_view scalar(std::string_view key) const;
  /// The scalars of a list; a scalar is a list of one.
  [[nodiscard]] std::vector<model::Text> texts() const;
};

/// The documents of a text. A text that is larger or deeper than people write yields what was read so far.
[[nodiscard]] std::vector<Node> documents(const model::Text& text);

}  // namespace belay::command::program::yaml
