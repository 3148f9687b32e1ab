#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Just enough of a shell's quoting for the command lines in settings files.
namespace belay::deploy {

/// `word` as one word of a POSIX shell.
[[nodiscard]] std::string shell_quoted(std::string_view word);

/// The words of the first simple command of `text`, unquoted. Ends before the first operator; expansions stay as they are written.
[[nodiscard]] std::vector<std::string> first_words(std::string_view text);

}  // namespace belay::deploy
