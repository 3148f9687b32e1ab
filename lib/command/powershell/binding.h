#pragma once

#include <optional>

#include "command/powershell/walker.h"

/// Arguments of a cmdlet bound to its parameters (about_Parameters, about_CommonParameters): names in any case and abbreviated,
/// values after a colon, switches switched off.
namespace belay::command::powershell {

struct Bound {
  std::string cmdlet;  ///< as its help spells it
  program::Block block;
  struct Option {
    std::string name;  ///< canonical, with its dash
    program::Role role = program::Role::word;
    bool has_value = false;
    Value value;
  };
  std::vector<Option> options;
  std::vector<Value> operands;
  bool what_if = false;  ///< only says what it would do

  [[nodiscard]] const Value* option(std::string_view name) const;
  /// The value of the parameter, or of the operand at that place.
  [[nodiscard]] Value value(std::string_view name, std::size_t place) const;
  [[nodiscard]] bool has(std::string_view name) const;
};

/// The cmdlet that a name stands for: itself in any case, or an alias that knowledge has as `ps:NAME`. Empty: none.
[[nodiscard]] std::string cmdlet_named(std::string_view name, const program::KnowledgeView& knowledge);

/// Nothing when a parameter is none of the cmdlet's: then the word names a program of the same name (`rm -rf x`).
[[nodiscard]] std::optional<Bound> bind_arguments(const std::string& cmdlet, const Call& call, const program::KnowledgeView& knowledge);

/// The cmdlet with its arguments as an argv that knowledge describes.
[[nodiscard]] std::vector<Value> argv_of(const Bound& bound, const Call& call, const Session& session);

}  // namespace belay::command::powershell
