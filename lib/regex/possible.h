#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Could a pattern be found in a text of which parts are not known? RE2 cannot be asked: what stands for an unknown part would have to be
/// every text at once. So the pattern is made into an automaton of its own, which is only ever asked for "maybe": where it differs from RE2
/// it finds more. `\b` and `\B` always hold.
namespace belay::regex {

using ByteSet = std::bitset<256>;

class Possible {
 public:
  /// Nothing when the pattern uses what is not read here (\Q…\E, \pN, named classes, flags but `i` and `s`) or becomes too large.
  [[nodiscard]] static std::optional<Possible> compile(std::string_view pattern);

  /// Whether some filling of the holes of `text` (bytes 0) holds the pattern. Hole n may be any run of bytes of `fillings[n]`, the empty
  /// one included. Time: size of the text times size of the pattern.
  [[nodiscard]] bool found_in(std::string_view text, const std::vector<ByteSet>& fillings) const;

 private:
  friend class PossibleParser;
  friend class PossibleRun;
  struct Step {
    enum class Kind : std::uint8_t { bytes, split, jump, begin, end, found };
    Kind kind = Kind::found;
    std::uint32_t next = 0;   ///< of all but `found`
    std::uint32_t other = 0;  ///< second way of `split`, number of the set of `bytes`
  };
  std::vector<Step> steps_;
  std::vector<ByteSet> sets_;
};

}  // namespace belay::regex
