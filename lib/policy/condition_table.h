#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "policy/rule.h"

/// The keys of the rule language, one row each. The loader, lint, the compiler and the documentation read this table and know no key
/// by themselves.
namespace belay::policy {

/// How the value of a key is written and compared.
enum class ValueKind : std::uint8_t {
  exact,       ///< equal text
  word,        ///< one of a fixed set of words
  glob,        ///< path::match_plain
  option,      ///< `-x`, `--name`, `--name=GLOB`
  assignment,  ///< `NAME`, `NAME=GLOB`
  path,        ///< path::compile_glob
  regex,       ///< RE2: Latin-1, `.` matches newlines, found anywhere
  boolean,
};
[[nodiscard]] std::string_view name_of(ValueKind kind);

/// A set of operation kinds.
class Kinds {
 public:
  constexpr Kinds() = default;
  template <class... K>
  constexpr explicit Kinds(K... kinds) : bits_((... | bit(kinds))) {}
  [[nodiscard]] constexpr bool has(model::OpKind kind) const { return (bits_ & bit(kind)) != 0; }

 private:
  static constexpr unsigned bit(model::OpKind kind) { return 1U << static_cast<unsigned>(kind); }
  unsigned bits_ = 0;
};

struct ConditionRow {
  Key key;
  std::string_view name;
  ValueKind kind;
  Kinds applies;
  bool fold = false;        ///< letters of every case are equal
  bool suppresses = false;  ///< holds against the rule, and only when certain
  std::string_view help;    ///< "holds when …"
};

inline constexpr std::size_t kConditionKeys = static_cast<std::size_t>(Key::folder) + 1;
/// In the order of Key.
extern const std::array<ConditionRow, kConditionKeys> kConditionTable;

[[nodiscard]] inline const ConditionRow& row_of(Key key) { return kConditionTable[static_cast<std::size_t>(key)]; }
/// Null when no condition has this name.
[[nodiscard]] const ConditionRow* find_condition(std::string_view name);
[[nodiscard]] std::vector<std::string_view> condition_names();
/// The words that a key of kind ValueKind::word takes; empty for every other.
[[nodiscard]] std::vector<std::string_view> words_of(Key key);
/// Kinds whose operations are the effect of some program, so that `command` and `program` may be asked of them.
[[nodiscard]] Kinds kinds_with_program();
/// `@name`, not a pattern that happens to begin with an at sign.
[[nodiscard]] bool is_reference(std::string_view value);

}  // namespace belay::policy
