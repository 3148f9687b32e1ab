#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/invocation.h"
#include "model/text.h"

/// What a variable or an expansion may be.
namespace belay::command {

/// Stands for a hole in code that is given to the shell parser, which knows no holes. Nobody writes it in a command.
inline constexpr char kHoleInCode = '\x01';
/// Text of the syntax tree, with its holes again.
[[nodiscard]] model::Text text_in_tree(std::string_view text);

using model::HoleTrait;

/// More alternatives than this and the value is unknown instead: soundness does not depend on the number.
inline constexpr std::size_t kMaxAlternatives = 8;

/// One text of a small set; never empty.
struct Value {
  std::vector<Text> alternatives;
  Taint taint;
  std::vector<std::uint32_t> sources;  ///< operations whose data it holds

  Value() : alternatives(1) {}
  explicit Value(Text text) : alternatives{std::move(text)} {}
  [[nodiscard]] static Value unknown(HoleTrait trait = HoleTrait::slash | HoleTrait::blank | HoleTrait::empty) {
    return Value(Text::hole(trait));
  }

  /// The text, when there is exactly one and it has no hole.
  [[nodiscard]] const std::string* literal() const {
    return alternatives.size() == 1 && alternatives.front().literal() ? &alternatives.front().bytes() : nullptr;
  }
  /// This or `other`; unknown when that makes too many.
  void merge(const Value& other);
  void append(const Value& tail);
};

void add_sources(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from);

struct Variable {
  Value value;                    ///< scalar; element 0 of an array
  bool is_array = false;
  bool is_map = false;            ///< declare -A
  std::vector<std::pair<std::string, Value>> elements;  ///< subscript -> value, in order of assignment
  bool maybe_unset = false;
  bool is_reference = false;      ///< declare -n: the value is a name
  bool exported = false;
};

}  // namespace belay::command
