#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/invocation.h"
#include "model/text.h"

/// What a variable or an expansion may be.
namespace belay::command {

/// Stand for holes in code that is given to the shell parser, which knows none: one that may be anything, one that is a piece without slash or blank
/// (HoleTrait::none), and each of the files below a folder, or of those that some test picks. Nobody writes them in a command.
inline constexpr char kHoleInCode = '\x01';
inline constexpr char kPieceInCode = '\x02';
inline constexpr char kEachInCode = '\x03';
inline constexpr char kPickedInCode = '\x04';
inline constexpr std::string_view kHolesInCode{"\x01\x02\x03\x04"};
[[nodiscard]] constexpr bool is_hole_in_code(char c) { return c >= kHoleInCode && c <= kPickedInCode; }
[[nodiscard]] inline bool has_hole_in_code(std::string_view code) {
  // A search for a byte each costs less than one for any of them.
  return std::any_of(kHolesInCode.begin(), kHolesInCode.end(), [code](char c) { return code.find(c) != std::string_view::npos; });
}
/// A text as code for the parser.
[[nodiscard]] std::string code_of(const Text& text);
/// Text of the syntax tree, with its holes again.
[[nodiscard]] model::Text text_in_tree(std::string_view text);

using model::HoleTrait;

/// More alternatives than this and the value is unknown instead: soundness does not depend on the number.
inline constexpr std::size_t kMaxAlternatives = 8;

/// A text longer than this is not known any more when a variable is to hold it: it may double with every assignment.
inline constexpr std::size_t kMaxVariable = 1U << 20U;

/// Nothing but what is not known.
[[nodiscard]] bool is_hole_alone(const Text& text);

/// One text of a small set; never empty.
struct Value {
  std::vector<Text> alternatives;
  Taint taint;
  std::vector<std::uint32_t> sources;  ///< operations whose data it holds
  bool environment =
      false;  ///< an alternative that is a hole alone is what the user's environment holds under a name that the call gives no value there

  Value() : alternatives(1) {}
  explicit Value(Text text) : alternatives{std::move(text)} {}
  [[nodiscard]] static Value unknown(HoleTrait trait = HoleTrait::slash | HoleTrait::blank | HoleTrait::empty) {
    return Value(Text::hole(trait));
  }

  /// What a variable holds that the call gives no value.
  [[nodiscard]] static Value of_environment() {
    Value value = unknown();
    value.environment = true;
    return value;
  }

  /// Told of a value that is the environment's, or a default.
  void note_environment();
  /// Leaves only what the call itself says.
  void drop_environment();

  /// The text, when there is exactly one and it has no hole.
  [[nodiscard]] const std::string* literal() const {
    return alternatives.size() == 1 && alternatives.front().literal() ? &alternatives.front().bytes() : nullptr;
  }
  /// This or `other`; unknown when that makes too many.
  void merge(const Value& other);
  void append(const Value& tail);
  /// The same texts; where they came from is not compared.
  friend bool operator==(const Value& a, const Value& b) { return a.alternatives == b.alternatives; }
};

void add_sources(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from);

/// Key of the element that stands for all that an array may hold besides, under whichever subscript.
inline constexpr std::string_view kAnyElement = "?";
/// Key of elements that lie behind those with a number, in their order, when how many there are is not known.
inline constexpr std::string_view kLaterElement = "+";
/// More contents than this that an array may have, and only what they begin with alike is known.
inline constexpr std::size_t kMaxContents = 6;

struct Variable {
  Value value;                                          ///< scalar; element 0 of an array
  bool unset = false;                                   ///< known to be unset: the environment's value is gone too
  bool is_array = false;                                ///< also of a map
  bool is_map = false;                                  ///< declare -A
  using Elements = std::vector<std::pair<std::string, Value>>;
  Elements elements;                                    ///< subscript -> value, in the order in which bash lists them
  std::vector<Elements> others;                         ///< contents that it may have instead; whoever changes one element collapses first
  bool maybe_unset = false;
  bool is_reference = false;  ///< declare -n: the value is a name
  bool exported = false;
  bool is_integer = false;  ///< declare -i: what is assigned is an arithmetic expression
  char letters = 0;         ///< `u` or `l` of declare: what is assigned changes its case

  /// The element with that subscript (canonical: a number as decimal digits), made if there is none.
  [[nodiscard]] Value& slot(const std::string& key);
  [[nodiscard]] const Value* element(std::string_view key) const;
  void erase(std::string_view key);
  /// Some element may have any subscript, so the list is not all that there may be.
  [[nodiscard]] bool open_anywhere() const { return element(kAnyElement) != nullptr; }
  /// The same, or there may be any number behind the ones that are known.
  [[nodiscard]] bool open_ended() const { return open_anywhere() || element(kLaterElement) != nullptr; }
  /// Behind the last element of every content. `many`: any number of them.
  void push(const Value& item, bool many);
  /// One content instead of several: what all begin with, then anything.
  void collapse();
  /// This or `other`.
  void merge(const Variable& other);
  friend bool operator==(const Variable& a, const Variable& b) {
    return a.value == b.value && a.unset == b.unset && a.elements == b.elements && a.others == b.others && a.maybe_unset == b.maybe_unset;
  }

 private:
  void merge_contents(const Variable& other);
};

}  // namespace belay::command
