#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "command/invocation.h"

/// Programs that do nothing but compute text from their arguments and input: what they print is worked out instead of guessed.
namespace belay::command {

/// What a command does with text. A row of the table in producers.cc.
struct Produced {
  std::optional<Text> text;  ///< standard output, when it can be known
  bool decodes = false;      ///< turns input that nobody can read into text (base64 -d, xxd -r), or gives more of it than is kept
};

/// `argv[0]` is the program's basename; `input` its standard input when known; `shell` whose built-ins are meant. A program that is not in the
/// table gives nothing.
[[nodiscard]] Produced produce(std::span<const Text> argv, const std::optional<Text>& input, ShellKind shell = ShellKind::bash);

}  // namespace belay::command
