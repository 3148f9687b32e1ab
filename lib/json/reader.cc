#include "json/reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>
#include <utility>

#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#endif
#define RAPIDJSON_ASSERT(x) static_cast<void>(0)
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include "base/text.h"

namespace belay::json {

using base::Errc;

/// Receives RapidJSON's events. Returning false ends the parse; `error_` then says why.
class Builder {
 public:
  Builder(Document& document, rapidjson::InsituStringStream& stream, const Limits& limits)
      : document_(document), stream_(stream), limits_(limits) {}

  bool Null() { return literal(Kind::null, "null"); }
  bool Bool(bool value) { return literal(Kind::boolean, value ? "true" : "false"); }
  bool Int(int) { return number(); }
  bool Uint(unsigned) { return number(); }
  bool Int64(std::int64_t) { return number(); }
  bool Uint64(std::uint64_t) { return number(); }
  bool Double(double) { return number(); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return number(); }
  bool String(const char* s, rapidjson::SizeType size, bool) {
    return well_formed(s, size) && add(Kind::string, offset_of(s), size);
  }
  bool Key(const char* s, rapidjson::SizeType size, bool) {
    key_ = offset_of(s);
    key_size_ = size;
    return well_formed(s, size);
  }
  bool StartObject() { return open(Kind::object); }
  bool StartArray() { return open(Kind::array); }
  bool EndObject(rapidjson::SizeType count) { return close(count) && unique_keys(last_closed_, count); }
  bool EndArray(rapidjson::SizeType count) { return close(count); }

  [[nodiscard]] const base::Error& error() const { return error_; }

 private:
  struct Frame {
    std::uint32_t node = 0;
    std::uint32_t last_child = 0;
  };

  [[nodiscard]] std::uint32_t offset_of(const char* s) const { return static_cast<std::uint32_t>(s - document_.bytes_.data()); }

  bool stop(Errc code, std::string what) {
    error_ = {code, std::move(what)};
    return false;
  }

  bool add(Kind kind, std::uint32_t text, std::uint32_t size) {
    auto& nodes = document_.nodes_;
    if (depth_ == 0 && kind != Kind::object) return stop(Errc::invalid, "not an object");
    if (nodes.size() >= limits_.values) return stop(Errc::too_large, "more than " + std::to_string(limits_.values) + " values");
    const auto index = static_cast<std::uint32_t>(nodes.size());
    if (depth_ > 0) {
      Frame& parent = frames_[depth_ - 1];
      if (parent.last_child != 0) nodes[parent.last_child].next = index;
      parent.last_child = index;
    }
    nodes.push_back({text, size, key_, key_size_, 0, kind});
    key_ = key_size_ = 0;
    return true;
  }

  bool literal(Kind kind, std::string_view text) {
    // The text is a constant, so only its kind and length are kept: the lengths of `true` and `false` differ.
    return add(kind, 0, static_cast<std::uint32_t>(text.size()));
  }

  bool number() {
    // RapidJSON works on a copy of the stream, so the position may be either end of the number.
    const std::string_view bytes(document_.bytes_.data(), document_.bytes_.size());
    constexpr std::string_view kNumber = "+-.0123456789Ee";
    std::size_t begin = stream_.Tell();
    while (begin > 0 && kNumber.find(bytes[begin - 1]) != std::string_view::npos) --begin;
    const std::size_t end = bytes.find_first_not_of(kNumber, begin);
    return add(Kind::number, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin));
  }

  bool open(Kind kind) {
    if (depth_ >= limits_.depth || depth_ >= kDeepest) {
      return stop(Errc::too_deep, "more than " + std::to_string(limits_.depth) + " levels");
    }
    if (!add(kind, 0, 0)) return false;
    frames_[depth_++] = {static_cast<std::uint32_t>(document_.nodes_.size() - 1), 0};
    return true;
  }

  bool close(std::uint32_t count) {
    last_closed_ = frames_[--depth_].node;
    document_.nodes_[last_closed_].size = count;
    return true;
  }

  /// Only an escape can have made a surrogate: the input was valid UTF-8. RapidJSON checks the first half of a pair only.
  bool well_formed(const char* s, std::size_t size) {
    const char* const end = s + size;
    while ((s = static_cast<const char*>(std::memchr(s, 0xED, static_cast<std::size_t>(end - s)))) != nullptr) {
      if (s + 1 < end && static_cast<unsigned char>(s[1]) >= 0xA0) return stop(Errc::invalid, "half of a surrogate pair");
      ++s;
    }
    return true;
  }

  [[nodiscard]] std::string_view key_of(std::uint32_t node) const {
    const auto& n = document_.nodes_[node];
    return {document_.bytes_.data() + n.key, n.key_size};
  }

  bool unique_keys(std::uint32_t object, std::uint32_t count) {
    if (count < 2) return true;
    constexpr std::uint32_t kFew = 24;
    return count <= kFew ? few_unique(object) : many_unique(object, count);
  }

  bool few_unique(std::uint32_t object) {
    const auto& nodes = document_.nodes_;
    for (std::uint32_t a = object + 1; a != 0; a = nodes[a].next) {
      for (std::uint32_t b = nodes[a].next; b != 0; b = nodes[b].next) {
        if (nodes[a].key_size == nodes[b].key_size && key_of(a) == key_of(b)) return duplicate(a);
      }
    }
    return true;
  }

  bool many_unique(std::uint32_t object, std::uint32_t count) {
    std::vector<std::uint32_t> members;
    members.reserve(count);
    for (std::uint32_t m = object + 1; m != 0; m = document_.nodes_[m].next) members.push_back(m);
    std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) { return key_of(a) < key_of(b); });
    const auto twice = std::adjacent_find(members.begin(), members.end(),
                                          [&](std::uint32_t a, std::uint32_t b) { return key_of(a) == key_of(b); });
    return twice == members.end() || duplicate(*twice);
  }

  bool duplicate(std::uint32_t node) {
    constexpr std::size_t kShown = 60;
    return stop(Errc::invalid, "the key `" + base::printable(key_of(node).substr(0, kShown)) + "` stands twice in one object");
  }

  Document& document_;
  rapidjson::InsituStringStream& stream_;
  const Limits& limits_;
  base::Error error_;
  std::array<Frame, kDeepest> frames_{};
  std::uint32_t depth_ = 0;
  std::uint32_t last_closed_ = 0;
  std::uint32_t key_ = 0;
  std::uint32_t key_size_ = 0;
};

namespace {

bool plain_ascii(std::string_view s) {
  std::size_t i = 0;
  for (std::uint64_t word = 0; i + sizeof word <= s.size(); i += sizeof word) {
    std::memcpy(&word, s.data() + i, sizeof word);
    if ((word & 0x8080808080808080ULL) != 0) return false;
  }
  for (; i < s.size(); ++i) {
    if ((static_cast<unsigned char>(s[i]) & 0x80U) != 0) return false;
  }
  return true;
}

std::string at_byte(std::string_view what, std::size_t offset) {
  std::string out = "not one JSON object: ";
  for (const char c : what) out += base::to_lower(c);
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out + " (byte " + std::to_string(offset) + ")";
}

}  // namespace

base::Result<Document> Document::parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes || text.size() > 0x7FFFFFFFU) {
    return base::fail(Errc::too_large,
                      "input of " + std::to_string(text.size()) + " bytes, at most " + std::to_string(limits.bytes));
  }
  // Faster than RapidJSON's own validation, byte by byte: nearly all input is ASCII.
  if (!plain_ascii(text) && !base::valid_utf8(text)) return base::fail(Errc::invalid, "not one JSON object: invalid utf-8");

  Document document;
  constexpr std::size_t kSpare = 32;  // the end mark, and what a 16-byte load may read behind it
  document.bytes_.resize(text.size() + kSpare);
  std::memcpy(document.bytes_.data(), text.data(), text.size());
  constexpr std::size_t kTypical = 48;
  document.nodes_.reserve(kTypical);

  // Recursion is no danger: Builder::open stops at kDeepest. The iterative parser takes a seventh more instructions.
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag;
  using Pool = rapidjson::MemoryPoolAllocator<>;
  alignas(16) std::array<char, 2048> scratch;
  Pool pool(scratch.data(), scratch.size());
  rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, Pool> reader(&pool, 1024);
  rapidjson::InsituStringStream stream(document.bytes_.data());
  Builder builder(document, stream, limits);
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (result.IsError()) {
    if (result.Code() == rapidjson::kParseErrorTermination) {
      return base::fail(builder.error().code, at_byte(builder.error().what, result.Offset()));
    }
    const bool cut = result.Offset() >= text.size();
    return base::fail(cut ? Errc::truncated : Errc::invalid,
                      at_byte(rapidjson::GetParseError_En(result.Code()), result.Offset()));
  }
  // A raw NUL ends RapidJSON's stream: what stands behind it was not looked at.
  if (stream.Tell() != text.size()) return base::fail(Errc::invalid, at_byte("a NUL byte", stream.Tell()));
  return document;
}

Kind Value::kind() const { return document_ == nullptr ? Kind::missing : document_->nodes_[index_].kind; }

std::string_view Value::text() const {
  if (document_ == nullptr) return {};
  const Document::Node& node = document_->nodes_[index_];
  switch (node.kind) {
    case Kind::null: return "null";
    case Kind::boolean: return node.size == 4 ? "true" : "false";
    case Kind::number:
    case Kind::string: return {document_->bytes_.data() + node.text, node.size};
    case Kind::missing:
    case Kind::array:
    case Kind::object: break;
  }
  return {};
}

std::string_view Value::key() const {
  if (document_ == nullptr) return {};
  const Document::Node& node = document_->nodes_[index_];
  return {document_->bytes_.data() + node.key, node.key_size};
}

Value Value::operator[](std::string_view key) const {
  if (!is_object()) return {};
  for (Value v = first(); v; v = v.next()) {
    if (v.key() == key) return v;
  }
  return {};
}

std::string_view Value::string_at(std::string_view key, std::string_view otherwise) const {
  const Value v = (*this)[key];
  return v.is_string() ? v.text() : otherwise;
}

std::uint64_t Value::unsigned_or(std::uint64_t otherwise) const {
  if (!is_number()) return otherwise;
  const std::string_view digits = text();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : otherwise;
}

Value Value::first() const {
  if (!is_object() && !is_array()) return {};
  return document_->nodes_[index_].size == 0 ? Value() : Value(document_, index_ + 1);
}

Value Value::next() const {
  if (document_ == nullptr) return {};
  const std::uint32_t next = document_->nodes_[index_].next;
  return next == 0 ? Value() : Value(document_, next);
}

}  // namespace belay::json
