#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/text.h"

/// Text tools that print what they make of files or of their standard input: which of their words name the files.
namespace belay::command {

using model::Text;

/// The text of a file, when the call wrote it and it is known.
using FileText = std::function<std::optional<Text>(const Text& path)>;

/// A call of such a tool as if the files that it names were its standard input, and what it makes went to its standard output.
struct FilterCall {
  std::vector<Text> argv;
  std::optional<Text> input;
  bool in_place = false;  ///< what it makes goes back into the file: nothing is printed
};

/// Nothing for a program that is no such tool.
[[nodiscard]] std::optional<FilterCall> filter_call(std::span<const Text> argv, const std::optional<Text>& input,
                                                    const FileText& file);

}  // namespace belay::command
