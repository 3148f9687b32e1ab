#pragma once

#include <cstdint>
#include <string_view>

/// How texts that database clients send are read: lexical rules of engines, commands of their clients. Nothing here knows of operations.
namespace belay::command::sql {

enum class Trait : std::uint32_t {
  backslash = 1,       ///< `\'` does not end '…'
  nested = 2,          ///< block comments nest
  hash = 4,            ///< `# …` is a comment
  slashes = 8,         ///< `// …` is a comment
  dashes_blank = 16,   ///< `--` begins a comment only in front of a blank
  executable = 32,     ///< `/*! … */` is code
  double_string = 64,  ///< "…" is a string, not a name
  brackets = 128,      ///< […] is a name
  dollar = 256,        ///< $tag$ … $tag$ is a string
  escape = 512,        ///< E'…' is a string with backslashes
  batches = 1024,      ///< statements need no `;`, and a line `GO` ends a batch
};
[[nodiscard]] constexpr std::uint32_t operator|(Trait a, Trait b) {
  return static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b);
}
[[nodiscard]] constexpr std::uint32_t operator|(std::uint32_t a, Trait b) { return a | static_cast<std::uint32_t>(b); }

/// Whose commands of its own (`\!`, `.shell`, `source` …) may stand between statements; a bit set.
enum class Client : std::uint32_t { none = 0, psql = 1, mysql = 2, sqlite = 4, sqlcmd = 8, bang = 16, sqlplus = 32, cql = 64 };

enum class Language : std::uint8_t { sql, words, script };

struct Dialect {
  std::string_view engine;
  std::uint32_t traits = 0;
  Client client = Client::none;
  Language language = Language::sql;

  [[nodiscard]] bool has(Trait t) const { return (traits & static_cast<std::uint32_t>(t)) != 0; }
};

/// An unknown engine reads as the dialect `sql`, which hides least: what only some engines take for a string or comment stays code.
[[nodiscard]] const Dialect& dialect_of(std::string_view engine);
/// The engine that a client program speaks to by itself; empty when its name does not say.
[[nodiscard]] std::string_view engine_of_client(std::string_view program);

}  // namespace belay::command::sql
