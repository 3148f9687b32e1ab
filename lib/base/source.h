#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace belay::base {

/// 1-based line and column; the column counts bytes.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(LineColumn, LineColumn) = default;
};

/// A named text (a rule file, a command) that can turn byte offsets into lines.
class SourceText {
 public:
  SourceText(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// An offset past the end is the end.
  [[nodiscard]] LineColumn position(std::uint32_t offset) const;
  /// Byte offset of a 1-based line and 1-based byte column; clamped into the text.
  [[nodiscard]] std::uint32_t offset(LineColumn at) const;
  /// The text of a 1-based line without its newline.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> starts_;  ///< offset of the first byte of each line
};

}  // namespace belay::base
