#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// A look at a payload while it arrives, without memory and without trust: does it certainly announce an event that no tool call follows?
///
/// The answer decides only how a failure is said. A hook that blocks `Stop` or `UserPromptSubmit` because it failed would trap the agent;
/// one that stays silent before a tool call lets the call through. So everything in doubt counts as a tool call: JSON that is not
/// finished, or broken at its top level; a name spelt with an escape; a second name; an event that no dialect knows, or that some
/// dialect knows as one before a call. What lies inside a value or a string never counts: the model writes there.
namespace belay::cli {

class Glance {
 public:
  /// The next bytes of the payload, cut anywhere.
  void feed(std::string_view bytes);

  /// Of everything fed so far.
  [[nodiscard]] bool precedes_nothing() const;

 private:
  /// Where in the top-level object the next byte stands; `inside` one of its containers.
  enum class At : std::uint8_t { start, first_key, key, colon, value, scalar, comma, inside, end, doubtful };

  void step(char c);
  void step_inside(char c);
  void begin_member(char c);
  void begin_value(char c);
  void open_string(bool keep);
  [[nodiscard]] std::size_t read_string(std::string_view bytes);
  void close_string();
  void close_key();
  void open(bool object);
  void close(bool object);
  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }
  [[nodiscard]] bool holds(std::uint32_t members) const { return (held_ & members) != 0; }

  /// More than the reader takes: what it finds too deep may still be an event that no call follows.
  static constexpr std::size_t kDeepest = 256;

  At at_ = At::start;
  bool in_string_ = false;
  bool escaped_ = false;      ///< the byte before was a backslash
  bool keep_ = false;         ///< the string is wanted in text_
  bool fits_ = true;          ///< and fits there
  bool escapes_ = false;      ///< the string has some
  bool nothing_ = false;      ///< the event that was named precedes nothing
  std::uint32_t member_ = 0;  ///< bit of the key whose value comes next; none for a key that says nothing
  std::uint32_t seen_ = 0;    ///< bits of keys
  std::uint32_t held_ = 0;    ///< bits of keys with a value of the right kind
  std::size_t depth_ = 0;
  std::bitset<kDeepest> objects_;  ///< bit n: the container at depth n is an object
  std::size_t size_ = 0;
  std::array<char, 40> text_{};
};

}  // namespace belay::cli
