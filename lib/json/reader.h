#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

/// JSON of foreign origin, read strictly. Only this folder sees RapidJSON.
namespace belay::json {

enum class Kind : std::uint8_t { missing, null, boolean, number, string, array, object };

/// What a reader accepts before it gives up. Bytes count the input, depth the objects and arrays inside each other, values
/// everything that is neither key nor punctuation.
struct Limits {
  std::size_t bytes = 16U << 20U;
  std::uint32_t depth = 64;
  std::uint32_t values = 200'000;
};
/// No Limits::depth may be larger.
inline constexpr std::uint32_t kDeepest = 128;

class Document;

/// A value inside a Document, which must outlive it. A value that does not exist is false and has Kind::missing; every look-up in it
/// gives a missing value again, so chains need no checks in between.
class Value {
 public:
  Value() = default;

  explicit operator bool() const { return document_ != nullptr; }
  [[nodiscard]] Kind kind() const;
  [[nodiscard]] bool is_string() const { return kind() == Kind::string; }
  [[nodiscard]] bool is_number() const { return kind() == Kind::number; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::object; }
  /// A string decoded (it may hold NUL), a number as written, `true`, `false`, `null`; empty for containers.
  [[nodiscard]] std::string_view text() const;
  /// The name under which an object holds this value; empty elsewhere.
  [[nodiscard]] std::string_view key() const;
  /// The string called `key`, or `otherwise` when there is none or it is not a string.
  [[nodiscard]] std::string_view string_at(std::string_view key, std::string_view otherwise = {}) const;
  /// The member of an object.
  [[nodiscard]] Value operator[](std::string_view key) const;
  /// A non-negative integer that fits; `otherwise` for anything else.
  [[nodiscard]] std::uint64_t unsigned_or(std::uint64_t otherwise) const;
  [[nodiscard]] bool truthy() const { return kind() == Kind::boolean && text() == "true"; }

  /// Walks members or elements in the order in which they are written: `for (Value v = c.first(); v; v = v.next())`.
  [[nodiscard]] Value first() const;
  [[nodiscard]] Value next() const;

 private:
  friend class Document;
  Value(const Document* document, std::uint32_t index) : document_(document), index_(index) {}

  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

/// One JSON object and nothing else but white space around it. Rejected: anything RFC 8259 rejects, a byte order mark, invalid UTF-8,
/// lone surrogates, a key used twice in one object at any level, input over the limits. Errors say the byte (from 0) at which
/// reading stopped; Errc::truncated when that is the end of the input.
class Document {
 public:
  [[nodiscard]] static base::Result<Document> parse(std::string_view text, const Limits& limits = {});

  [[nodiscard]] Value root() const { return nodes_.empty() ? Value() : Value(this, 0); }

 private:
  friend class Value;
  friend class Builder;

  /// Offsets into bytes_; `next` is the following sibling, 0 for none (the root has none). The first child follows its parent.
  struct Node {
    std::uint32_t text = 0;
    std::uint32_t size = 0;  ///< of the text; of a container the number of children
    std::uint32_t key = 0;
    std::uint32_t key_size = 0;
    std::uint32_t next = 0;
    Kind kind = Kind::null;
  };

  std::vector<char> bytes_;  ///< the input, strings decoded in place
  std::vector<Node> nodes_;
};

}  // namespace belay::json
