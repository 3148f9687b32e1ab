#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

/// Every line of a log names the line before it by digest (BLAKE2b-256 of its bytes, without newline), as its last member:
/// `"prev":"DIGEST"`. So a line that was changed, taken out, put in or moved later does not fit its neighbour any more. There is no key: whoever
/// can write the file can also write all of it anew from the place that was changed, which only a digest kept elsewhere shows.
///
///     "prev":"-"          the first line of a file
///     "prev":"DIGEST"     follows the line with that digest
///     "prev":"~DIGEST"    the same, but written without the file's lock: lines of others may stand in between; also `~-`
///     "prev":"?"          whoever wrote it could not read the log
namespace belay::audit {

inline constexpr std::size_t kDigestText = 64;
/// Bytes of a link in a line, at most.
inline constexpr std::size_t kMaxLink = kDigestText + 12;

/// 64 hexadecimal digits.
[[nodiscard]] std::string digest_of(std::string_view line);

/// A line and its link, in the parts that make up the whole: a line is large, and it is written once.
struct Linked {
  std::array<std::string_view, 5> parts;
};
/// `line` must be a JSON object with at least one member; anything else stays as it is. Borrows both.
[[nodiscard]] Linked with_link(std::string_view line, std::string_view link);
[[nodiscard]] std::string joined(const Linked& linked);

/// What stands behind the last `"prev":`; empty when the line ends otherwise.
[[nodiscard]] std::string_view link_of(std::string_view line);

enum class Fit : std::uint8_t {
  linked,    ///< it names the line before it, or one before that with only `~` and `?` lines between
  first,     ///< it says it is the first, and is
  unknown,   ///< `?`
  unlinked,  ///< no link: not written by belay, or by one that knew no links
  broken,    ///< names a line that does not stand where it must
  no_first,  ///< the first line of the file names a line before it: the beginning is missing
};

/// Follows a log line by line.
class ChainReader {
 public:
  [[nodiscard]] Fit add(std::string_view line);
  /// Digest of the line that came last; empty before any.
  [[nodiscard]] const std::string& head() const { return head_; }

 private:
  struct Seen {
    std::string digest;
    bool loose = false;  ///< a line that was written without the lock
  };
  [[nodiscard]] Fit fit_of(std::string_view link) const;
  [[nodiscard]] bool may_be_first(bool loose) const;
  [[nodiscard]] bool stands_before(std::string_view digest, bool loose) const;

  /// How far back a line may reach that was written without the lock.
  static constexpr std::size_t kReach = 256;

  std::string head_;
  std::deque<Seen> seen_;   ///< the last ones, the latest at the end
  bool forgotten_ = false;  ///< there were more
};

}  // namespace belay::audit
