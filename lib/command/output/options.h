#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/text.h"

/// Options of a text tool whose output is worked out (POSIX XBD 12.2, with GNU's long ones).
namespace belay::command {

using model::Text;

/// The options that a tool is understood with. Words of `longs` are `name=x`: a long option and the letter that does the same.
struct OptionTable {
  std::string_view flags;   ///< letters without a value
  std::string_view valued;  ///< … with one
  std::string_view longs;
};

class Options {
 public:
  /// Nothing when there is an option that the table does not have, or one that is not known.
  [[nodiscard]] static std::optional<Options> read(std::span<const Text> args, const OptionTable& table);

  [[nodiscard]] bool has(char letter) const { return value(letter) != nullptr; }
  /// The last one; of a flag an empty text. Null when it is not given.
  [[nodiscard]] const Text* value(char letter) const;
  [[nodiscard]] std::vector<Text> values(char letter) const;
  [[nodiscard]] const std::vector<Text>& operands() const { return operands_; }

 private:
  bool take_long(std::span<const Text> args, std::size_t& at, const OptionTable& table);
  bool take_short(std::span<const Text> args, std::size_t& at, const OptionTable& table);

  std::vector<std::pair<char, Text>> given_;
  std::vector<Text> operands_;
};

}  // namespace belay::command
