#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace belay::model {

/// Stands for a part that is not known before the call runs. No argv, path or environment string can contain it.
inline constexpr char kHole = '\0';

/// What a hole may turn into; a bit set. No bit set: exactly one non-empty piece without slash or blank (`$$`, `$RANDOM`).
enum class HoleTrait : std::uint8_t {
  none = 0,
  slash = 1,  ///< may contain `/`
  blank = 2,  ///< may contain blanks
  words = 4,  ///< may be any number of words, none included
  empty = 8,  ///< may be empty
  any = 15,
  each = 32,    ///< in turn every file that lies there or deeper; not part of `any`
  inside = 64,  ///< of a request: does not leave the value or the part of the address that it stands in; not part of `any`
  made = 128,   ///< of the name of a folder that the call itself makes (`mktemp -d`); not part of `any`
  glob = 16,    ///< a live `*`, `?` or `[…]`: names that exist in the folder where it stands; not part of `any`
};
[[nodiscard]] constexpr HoleTrait operator|(HoleTrait a, HoleTrait b) {
  return static_cast<HoleTrait>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
[[nodiscard]] constexpr bool has(HoleTrait set, HoleTrait bit) {
  return (static_cast<unsigned>(set) & static_cast<unsigned>(bit)) != 0;
}

/// A string that may have holes: literal bytes, with one kHole byte and one trait per unknown part, in order.
class Text {
 public:
  Text() = default;
  Text(std::string literal) : bytes_(std::move(literal)) { drop_nul(); }  // NOLINT(google-explicit-constructor)
  Text(std::string_view literal) : Text(std::string(literal)) {}          // NOLINT(google-explicit-constructor)
  Text(const char* literal) : Text(std::string(literal)) {}               // NOLINT(google-explicit-constructor)
  [[nodiscard]] static Text hole(HoleTrait trait);

  void append(std::string_view literal);
  void append(const char* literal) { append(std::string_view(literal)); }
  void append(const std::string& literal) { append(std::string_view(literal)); }
  void append(const Text& other);
  void append_hole(HoleTrait trait);

  /// The bytes with each hole as kHole: what RE2 conditions and globs are tested on.
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string_view view() const { return bytes_; }
  [[nodiscard]] bool literal() const { return holes_.empty(); }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  /// The trait of the `n`th hole, counted from the left.
  [[nodiscard]] HoleTrait trait(std::size_t n) const { return static_cast<HoleTrait>(holes_[n]); }
  [[nodiscard]] std::size_t hole_count() const { return holes_.size(); }
  /// Every bit that some hole has.
  [[nodiscard]] HoleTrait traits() const;
  /// Bytes [begin, begin+count) with the holes that lie inside.
  [[nodiscard]] Text substr(std::size_t begin, std::size_t count = std::string::npos) const;
  /// With holes as `‹?›`; not yet escaped for a terminal.
  [[nodiscard]] std::string display() const;

  friend bool operator==(const Text&, const Text&) = default;

 private:
  void drop_nul();

  std::string bytes_;
  std::string holes_;  ///< one HoleTrait per kHole byte; a string so that the common cases never allocate
};

}  // namespace belay::model
