#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/reader.h"

namespace belay::json {

/// A JSON value that can be changed: for editing files that belong to somebody else. Members keep the order in which they were
/// written, numbers the spelling. Keys are unique: a Document has no others, and `set` replaces.
class Tree {
 public:
  using Member = std::pair<std::string, Tree>;

  Tree() = default;  ///< null
  /// A deep copy; a missing value becomes null.
  explicit Tree(Value value);

  [[nodiscard]] static Tree string(std::string_view text);
  [[nodiscard]] static Tree number(std::uint64_t value);
  [[nodiscard]] static Tree boolean(bool value);
  [[nodiscard]] static Tree array(std::vector<Tree> items = {});
  [[nodiscard]] static Tree object(std::vector<Member> members = {});

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_string() const { return kind_ == Kind::string; }
  [[nodiscard]] bool is_array() const { return kind_ == Kind::array; }
  [[nodiscard]] bool is_object() const { return kind_ == Kind::object; }
  /// As Value::text.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool truthy() const { return kind_ == Kind::boolean && text_ == "true"; }

  /// Elements of an array; empty for everything else, and to be changed in arrays only.
  [[nodiscard]] std::vector<Tree>& items() { return items_; }
  [[nodiscard]] const std::vector<Tree>& items() const { return items_; }
  /// The same of the members of an object.
  [[nodiscard]] std::vector<Member>& members() { return members_; }
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }

  /// The member called `key`; null when there is none or this is no object.
  [[nodiscard]] Tree* find(std::string_view key);
  [[nodiscard]] const Tree* find(std::string_view key) const;
  /// The string called `key`; empty when there is none or it is not a string.
  [[nodiscard]] std::string_view string_at(std::string_view key) const;
  /// Replaces the member in its place, or adds it at the end.
  Tree& set(std::string_view key, Tree value);
  /// False when there was none.
  bool erase(std::string_view key);

  friend bool operator==(const Tree&, const Tree&);

 private:
  Kind kind_ = Kind::null;
  std::string text_ = "null";
  std::vector<Tree> items_;
  std::vector<Member> members_;
};

/// The same value, spelt alike and in the same order.
[[nodiscard]] bool operator==(const Tree& a, const Tree& b);

}  // namespace belay::json
