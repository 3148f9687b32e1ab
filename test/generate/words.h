#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Words of shell text and other spellings of them. Deliberately not lib/shell: what is tested must not read its own tests.
namespace belay::generate {

/// One word of a simple command.
struct Word {
  std::string raw;                     ///< as written
  std::optional<std::string> literal;  ///< what it is after quote removal; absent when something in it is expanded
};

/// The words of `text` when it is one simple command: no operator, no redirection, no assignment in front, no reserved word, one line.
[[nodiscard]] std::optional<std::vector<Word>> words_of(std::string_view text);

/// The same, and its first word is no built-in: other programs can run it.
[[nodiscard]] bool is_program_call(std::string_view text);

/// Its first word is a built-in that exists as a program too or not at all: `echo`, `test`, `[`, `:`.
[[nodiscard]] bool is_builtin(std::string_view text);

[[nodiscard]] std::string single_quoted(std::string_view text);
[[nodiscard]] std::string double_quoted(std::string_view text);
/// A byte as a number: `\x72`, `\162`, `\u0072`, `\U00000072`, `72`.
enum class Digits : unsigned char { hex, octal, u4, u8, bare_hex };
[[nodiscard]] std::string every_byte(std::string_view text, Digits digits);
/// `$'…'` with every byte as a number.
[[nodiscard]] std::string ansi_quoted(std::string_view text, Digits digits);
[[nodiscard]] std::string every_backslashed(std::string_view text);
/// Backslash before every character of `which`.
[[nodiscard]] std::string escaped(std::string_view text, std::string_view which);
[[nodiscard]] std::string base64(std::string_view text);
[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace belay::generate
