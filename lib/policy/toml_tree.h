#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diag.h"
#include "base/source.h"

/// A TOML document as a plain tree in which every key and value knows where it stands. The only module part that sees toml++.
namespace belay::policy {

enum class TomlKind : std::uint8_t { string, integer, real, boolean, date, array, table };
[[nodiscard]] std::string_view name_of(TomlKind kind);

struct TomlMember;

struct TomlValue {
  TomlKind kind = TomlKind::table;
  base::Span span;   ///< of the value; of a `[table]` or `[[array]]` element its header
  std::string text;  ///< of a string (decoded), a date (as written)
  std::int64_t integer = 0;
  bool flag = false;
  std::vector<TomlValue> items;     ///< of an array, in order
  std::vector<TomlMember> members;  ///< of a table, in order of writing

  /// The member with this key, or null.
  [[nodiscard]] const TomlMember* find(std::string_view key) const;
};

struct TomlMember {
  std::string key;
  base::Span key_span;
  TomlValue value;
};

/// Reads one file. A syntax error is reported to `out` (E101, with position: the first one of the file, since TOML cannot be read
/// past it) and gives nothing. Refuses more than 1 MiB, invalid UTF-8, NUL and nesting beyond 32.
[[nodiscard]] std::optional<TomlValue> read_toml(const std::shared_ptr<const base::SourceText>& source, base::Diagnostics& out);

}  // namespace belay::policy
