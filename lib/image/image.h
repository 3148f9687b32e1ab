#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/result.h"

/// The compiled policy as one flat run of bytes: a header, then sections. This module knows the container and nothing of what
/// the records mean; the records themselves are in policy_records.h (rules) and knowledge_records.h (programs).
///
///   header   magic[8] "BELAYIMG" · format u32 · section count u32 · content size u64 (bytes before the stamps) · content
///            hash[32] (BLAKE2b-256; of every section but the stamps, in order: its size as u64, its bytes)
///   table    per section: offset u64 · size u64                     (from the start of the image)
///   sections in enum order, each 8-byte aligned, nothing between or after them
///   stamps   the section `stamps` is last and outside the hash
///
/// All integers are little-endian; records are structs of u32 fields, copied out, never cast to.
namespace belay::image {

inline constexpr std::uint32_t kFormatVersion = 13;
inline constexpr std::size_t kMaxBytes = 64U << 20U;

enum class Section : std::uint32_t {
  strings,  ///< bytes, referred to by Str
  policy,   ///< one PolicyRecord
  rules,
  conditions,
  groups,
  related,
  patterns,
  meta,
  overrides,
  command_index,  ///< sorted; command line words -> rules
  kind_index,     ///< rules that no literal selects, by operation kind
  automaton_states,
  automaton_edges,
  automaton_outputs,
  literal_rules,
  programs,
  options,
  operands,
  subcommands,
  spellings,
  forms,    ///< knowledge
  lists,    ///< u32 runs that other records point into
  texts,    ///< Str runs that other records point into
  sources,  ///< names of the files the policy came from
  files,    ///< rule files carried along; empty in all images but the shipped one
  stamps,
  count_,
};
inline constexpr std::size_t kSections = static_cast<std::size_t>(Section::count_);

/// A string in the string section.
struct Str {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};
/// Records [first, first+count) of the section that the field's comment names.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

template <class R>
concept Record = std::is_trivially_copyable_v<R> && std::is_standard_layout_v<R> && sizeof(R) % 4 == 0 && alignof(R) == 4;

/// Collects records and strings; `finish` lays them out. The same calls in the same order give the same bytes.
class Builder {
 public:
  /// Equal strings are stored once.
  Str text(std::string_view s);
  template <Record R>
  std::uint32_t add(Section section, const R& record) {
    auto& bytes = sections_[static_cast<std::size_t>(section)];
    const auto index = static_cast<std::uint32_t>(bytes.size() / sizeof(R));
    bytes.append(reinterpret_cast<const char*>(&record), sizeof(R));  // NOLINT: POD to bytes; little-endian hosts only
    return index;
  }
  template <Record R>
  Range add_all(Section section, const std::vector<R>& records) {
    const auto first = count<R>(section);
    for (const R& r : records) add(section, r);
    return {first, static_cast<std::uint32_t>(records.size())};
  }
  template <Record R>
  [[nodiscard]] std::uint32_t count(Section section) const {
    return static_cast<std::uint32_t>(sections_[static_cast<std::size_t>(section)].size() / sizeof(R));
  }
  [[nodiscard]] std::string finish() const;

 private:
  std::array<std::string, kSections> sections_;
  std::unordered_map<std::string, Str> interned_;
};

/// The same image with other stamps: they are known only once its sources were read, and are no part of what it says.
[[nodiscard]] base::Result<std::string> with_stamps(std::string_view image, std::string_view stamps);

/// Reads an image of any origin. `open` looks at the header and the table only, so its cost does not grow with the image; every
/// later access is bounds-checked. An access out of bounds gives a zero record or an empty string and makes `damaged()` true
/// from then on: whoever decides by this image must look at it before answering, and deny.
/// Borrows the bytes.
class View {
 public:
  View() = default;
  [[nodiscard]] static base::Result<View> open(std::string_view bytes);

  template <Record R>
  [[nodiscard]] R at(Section section, std::uint32_t index) const {
    R record{};
    const std::string_view bytes = raw(section);
    if (index >= bytes.size() / sizeof(R)) {
      damaged_ = true;
      return record;
    }
    std::memcpy(&record, bytes.data() + std::size_t{index} * sizeof(R), sizeof(R));
    return record;
  }
  template <Record R>
  [[nodiscard]] std::uint32_t count(Section section) const {
    return static_cast<std::uint32_t>(raw(section).size() / sizeof(R));
  }
  /// The range, or none of it where it cannot be: no record is shorter than four bytes. For whoever goes through a range to its end.
  [[nodiscard]] Range within(Range range) const {
    if (range.count <= bytes_.size() / 4) return range;
    damaged_ = true;
    return {};
  }
  [[nodiscard]] std::string_view text(Str s) const;
  [[nodiscard]] std::string_view raw(Section section) const { return sections_[static_cast<std::size_t>(section)]; }
  /// For readers that find a contradiction themselves (a cycle, a range that runs backwards).
  void mark_damaged() const { damaged_ = true; }
  [[nodiscard]] bool damaged() const { return damaged_; }
  /// Lower-case hex of the content hash as stored; nobody has compared it with the content (see verify).
  [[nodiscard]] std::string hash() const;
  /// Computes the hash over the content: a pass over everything, for `doctor` and `compile --check`, never for `hook`.
  [[nodiscard]] bool verify() const;

 private:
  std::string_view bytes_;
  std::array<std::string_view, kSections> sections_;
  mutable bool damaged_ = false;
};

}  // namespace belay::image
