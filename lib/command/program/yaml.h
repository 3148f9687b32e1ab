#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/operation.h"
#include "model/text.h"

/// YAML 1.1, and so JSON, as libyaml reads it. Aliases stand for what they name, `<<` brings in the entries of a map; tags are read over.
namespace belay::command::program::yaml {

struct Entry;

struct Node {
  enum class Kind : std::uint8_t { scalar, map, list };
  Kind kind = Kind::scalar;
  model::Text text;            ///< of a scalar
  std::vector<Entry> entries;  ///< of a list: without keys

  [[nodiscard]] const Node* get(std::string_view key) const;
  [[nodiscard]] std::string_view scalar(std::string_view key) const;
  /// The scalars of a list; a scalar is a list of one.
  [[nodiscard]] std::vector<model::Text> texts() const;
};

/// Named, and complete only here: a vector may hold a type that is still incomplete, a pair of one may not.
struct Entry {
  std::string key;
  Node value;
};

struct Documents {
  std::vector<Node> all;
  /// Why they are not all: no YAML from there on (unparsable), or more than people write (limit).
  std::optional<model::OpaqueReason> problem;
};

[[nodiscard]] Documents documents(const model::Text& text);

}  // namespace belay::command::program::yaml
