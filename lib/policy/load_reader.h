#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/diag_table.h"
#include "policy/rule.h"
#include "policy/toml_tree.h"

/// Reading the tables of one file by tables of fields. Whatever is wrong is reported and reading goes on.
namespace belay::policy {

template <class E>
using Word = std::pair<std::string_view, E>;

/// `a`, `b` or `c` in back-ticks, for messages.
[[nodiscard]] std::string quoted_list(const std::vector<std::string_view>& words);

class Reader {
 public:
  Reader(SourcePtr source, base::Diagnostics& out) : source_(std::move(source)), out_(out) {}

  [[nodiscard]] const SourcePtr& source() const { return source_; }
  void report(Span span, Finding finding) const { policy::report(out_, source_, span, std::move(finding)); }
  /// E103 for the value of `member`.
  void wrong_type(const TomlMember& member, std::string_view expected) const { wrong_type(member.key, member.value, expected); }
  void wrong_type(std::string_view key, const TomlValue& value, std::string_view expected) const;
  void wrong_word(std::string_view key, const Value& value, const std::vector<std::string_view>& expected) const;
  void unknown_key(const TomlMember& member, std::string_view place, const std::vector<std::string_view>& expected) const;
  void missing_key(Span span, std::string_view place, std::string_view key) const;

  /// How many findings there are so far: a check of a whole table keeps silent when a part of it was already found wrong.
  [[nodiscard]] std::size_t findings() const { return out_.items().size(); }

  /// A string that is not empty.
  [[nodiscard]] std::optional<Value> text(const TomlMember& member) const { return text(member.key, member.value); }
  [[nodiscard]] std::optional<Value> text(std::string_view key, const TomlValue& value) const;
  /// A string or a list of strings; at least one.
  [[nodiscard]] std::vector<Value> texts(const TomlMember& member) const;
  [[nodiscard]] std::optional<bool> flag(const TomlMember& member) const;
  /// A table or a list of tables.
  [[nodiscard]] std::vector<const TomlValue*> tables(const TomlMember& member) const;
  [[nodiscard]] bool is_table(const TomlMember& member) const;

  template <class E>
  [[nodiscard]] std::optional<E> word(const TomlMember& member, std::span<const Word<E>> words) const {
    const auto value = text(member);
    return value ? word(member.key, *value, words) : std::nullopt;
  }
  template <class E>
  [[nodiscard]] std::optional<E> word(std::string_view key, const Value& value, std::span<const Word<E>> words) const {
    std::vector<std::string_view> names;
    for (const auto& [name, meaning] : words) {
      if (name == value.text) return meaning;
      names.push_back(name);
    }
    wrong_word(key, value, names);
    return std::nullopt;
  }

 private:
  SourcePtr source_;
  base::Diagnostics& out_;
};

enum class Need : bool { optional, required };

/// One key of a table that becomes a T.
template <class T>
struct Field {
  std::string_view key;
  void (*read)(const Reader&, const TomlMember&, T&);
  Need need = Need::optional;
};

/// What to do with a key that is no field; true when it was one of the others that are known here.
template <class T>
using Otherwise = bool (*)(const Reader&, const TomlMember&, T&);

template <class T>
struct TableShape {
  std::string place;  ///< `[[rule]]`, for messages
  std::span<const Field<T>> fields;
  Otherwise<T> otherwise = nullptr;
  std::vector<std::string_view> (*more_keys)() = nullptr;  ///< what `otherwise` knows
};

template <class T>
void read_table(const Reader& in, const TomlValue& table, const TableShape<T>& shape, T& into) {
  const auto field_of = [&](std::string_view key) {
    const Field<T>* found = nullptr;
    for (const auto& field : shape.fields) {
      if (field.key == key) found = &field;
    }
    return found;
  };
  for (const auto& member : table.members) {
    if (const auto* field = field_of(member.key)) {
      field->read(in, member, into);
    } else if (shape.otherwise == nullptr || !shape.otherwise(in, member, into)) {
      std::vector<std::string_view> expected;
      for (const auto& known : shape.fields) expected.push_back(known.key);
      if (shape.more_keys != nullptr) {
        for (const auto key : shape.more_keys()) expected.push_back(key);
      }
      in.unknown_key(member, shape.place, expected);
    }
  }
  for (const auto& field : shape.fields) {
    if (field.need == Need::required && table.find(field.key) == nullptr) in.missing_key(table.span, shape.place, field.key);
  }
}

}  // namespace belay::policy
