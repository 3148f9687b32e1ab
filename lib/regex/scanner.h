#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

/// One pass over a text that finds every literal of a fixed set in it, whatever the case of its letters: Aho and Corasick, "Efficient
/// string matching: an aid to bibliographic search", CACM 18 (1975). The tables are built once and then read from bytes of any origin.
namespace belay::regex {

/// A state. Its edges lie in EdgeRow [base + class]. States are numbered breadth first, so `fail` and `up` are smaller than the state.
struct StateRow {
  std::uint32_t base = 0;
  std::uint32_t fail = 0;     ///< longest proper suffix that is a state
  std::uint32_t literal = 0;  ///< number of the literal that ends here, plus one; 0: none
  std::uint32_t up = 0;       ///< nearest state along `fail` in which a literal ends; 0: none
};
struct EdgeRow {
  std::uint32_t owner = 0;  ///< state the edge leaves, plus one; 0: free
  std::uint32_t next = 0;
};

inline constexpr std::size_t kClassWords = 64;  ///< 256 bytes: byte -> class; 0: in no literal
inline constexpr std::size_t kLongestLiteral = 20;
inline constexpr std::size_t kShortestLiteral = 2;

struct Automaton {
  std::vector<StateRow> states;
  std::vector<EdgeRow> edges;
  std::vector<std::uint32_t> classes;  ///< kClassWords, four classes in each, lowest byte first
  std::vector<std::uint32_t>
      pairs;  ///< per class two words: 64 bits, bit (second & 63) set when some literal begins with this pair
};

/// `literals` are lower case, without repetitions, each kShortestLiteral to kLongestLiteral bytes; literal n is number n.
[[nodiscard]] Automaton build_automaton(const std::vector<std::string>& literals);

/// Reads an automaton from its bytes as they lie in an image (little-endian). Borrows them.
class Scanner {
 public:
  struct Tables {
    std::string_view states, edges, classes, pairs;
  };
  Scanner() = default;
  explicit Scanner(const Tables& tables) : t_(tables) {}

  [[nodiscard]] bool empty() const { return t_.states.size() <= sizeof(StateRow); }

  /// Calls `found(number)` for every occurrence, in order of their ends; linear in `text` whatever the tables hold. False when the tables
  /// contradict themselves: then nothing was found out.
  template <class Found>
  [[nodiscard]] bool scan(std::string_view text, Found&& found) const;

 private:
  template <class Row>
  [[nodiscard]] static bool read(std::string_view bytes, std::size_t index, Row& row) {
    if (index >= bytes.size() / sizeof(Row)) return false;
    std::memcpy(&row, bytes.data() + index * sizeof(Row), sizeof(Row));
    return true;
  }
  [[nodiscard]] unsigned class_of(char c) const { return static_cast<unsigned char>(t_.classes[static_cast<unsigned char>(c)]); }
  /// First position from `i` where the first two bytes of some literal stand; the size of the text when there is none.
  [[nodiscard]] std::size_t skip(std::string_view text, std::size_t i) const;
  [[nodiscard]] bool step(char c, std::uint32_t& state) const;
  template <class Found>
  [[nodiscard]] bool report(std::uint32_t state, Found&& found) const;

  Tables t_;
};

inline std::size_t Scanner::skip(std::string_view text, std::size_t i) const {
  if (i + 1 >= text.size()) return text.size();
  unsigned first = class_of(text[i]);
  for (; i + 1 < text.size(); ++i) {
    const unsigned second = class_of(text[i + 1]);
    std::uint64_t row = 0;
    if (first != 0 && second != 0) {
      if (!read(t_.pairs, first, row) || ((row >> (second & 63U)) & 1U) != 0) return i;
    }
    first = second;
  }
  return text.size();
}

inline bool Scanner::step(char c, std::uint32_t& state) const {
  const unsigned symbol = class_of(c);
  if (symbol == 0) {
    state = 0;
    return true;
  }
  for (;;) {
    StateRow row;
    EdgeRow edge;
    if (!read(t_.states, state, row)) return false;
    if (read(t_.edges, std::size_t{row.base} + symbol, edge) && edge.owner == state + 1) {
      state = edge.next;
      return true;
    }
    if (state == 0) return true;
    if (row.fail >= state) return false;  // would never end
    state = row.fail;
  }
}

template <class Found>
bool Scanner::report(std::uint32_t state, Found&& found) const {
  while (state != 0) {
    StateRow row;
    if (!read(t_.states, state, row)) return false;
    if (row.literal != 0) found(row.literal - 1);
    if (row.up >= state) return false;
    state = row.up;
  }
  return true;
}

template <class Found>
bool Scanner::scan(std::string_view text, Found&& found) const {
  if (empty()) return true;
  if (t_.classes.size() != kClassWords * 4) return false;
  std::uint32_t state = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (state == 0) i = skip(text, i);
    if (i >= text.size()) break;
    if (!step(text[i], state) || !report(state, found)) return false;
  }
  return true;
}

}  // namespace belay::regex
