#pragma once

#include <cstddef>
#include <string_view>

/// What secrets look like, as data. Only this folder includes it.
namespace belay::audit {

struct Found {
  std::string_view kind;  ///< empty: nothing found
  std::size_t size = 0;   ///< bytes of the secret
};

/// A token of well-known form at the start of `s`.
[[nodiscard]] Found known_token(std::string_view s);
/// May a known token start with this byte? Saves looking.
[[nodiscard]] bool may_start_token(char c);

/// A value that is no secret although its key names one: a truth value, a placeholder, a path where `strict` is not set …
enum class KeyKind : unsigned char { none, weak, strong };
/// `weak` keys (`auth`, `token`, `secret` …) also name ordinary things; `strong` ones (`password` …) hardly ever do.
[[nodiscard]] KeyKind key_kind(std::string_view key);
[[nodiscard]] bool ordinary_value(std::string_view value, KeyKind kind);

/// Headers whose value is a secret, in any case.
[[nodiscard]] bool secret_header(std::string_view name);

/// Does option `flag` of `program` take a secret? Some take it attached (`mysql -psecret`).
struct ProgramFlag {
  bool takes = false;
  bool attached_only = false;
};
[[nodiscard]] ProgramFlag program_flag(std::string_view program, std::string_view flag);
[[nodiscard]] bool has_secret_flags(std::string_view program);

}  // namespace belay::audit
