#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/budget.h"
#include "shell/ast.h"
#include "shell/parser.h"

/// The position in the text and everything the grammar functions share. Internal to this folder.
///
/// Grammar functions fill what they are given and return false once a problem was noted: the tree then holds what was read.
namespace belay::shell {

/// A set of bytes that answers in one load.
class ByteSet {
 public:
  constexpr ByteSet() = default;
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> has_{};
};

/// Only these two are blanks: CR, NBSP, form feed and every Unicode space are ordinary characters for bash.
[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
/// What ends an unquoted word.
[[nodiscard]] constexpr bool is_meta(char c) {
  return is_blank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == '<' || c == '>' || c == '(' || c == ')';
}

/// A here-document whose body begins after the next newline token. The slot is in the heap buffer of `Redirect::body`, which
/// stays where it is however often the redirect is moved.
struct PendingBody {
  Part* slot;
  std::string delimiter;
  bool strip;
  bool quoted;
  bool in_substitution;
};

/// What all cursors of one parse share.
struct Shared {
  Shared(const Limits& limits_in, Dialect dialect_in) : limits(limits_in), dialect(dialect_in), nodes(limits_in.nodes) {}
  Limits limits;
  Dialect dialect;
  base::Budget nodes;
  std::uint32_t depth = 0;
  bool failed = false;
  bool in_substitution = false;  ///< inside $( ) or <( ): bash then ends a here-document at `DELIMITER…)` too
  std::vector<Problem> problems;
  std::vector<PendingBody> pending;
  /// Offsets of `((` known to be two parentheses, so that reading an enclosing text again never tries them again.
  std::unordered_set<std::uint32_t> not_arithmetic;
};

/// Reads one text. A derived text (a backtick body without its backslashes) has a cursor of its own with `origin`: for each of
/// its bytes, and its end, the offset in the text of the caller of parse().
class Cursor {
 public:
  Cursor(std::string_view text, Shared& shared, const std::vector<std::uint32_t>* origin = nullptr)
      : text_(text), end_(static_cast<std::uint32_t>(text.size())), origin_(origin), shared_(shared) {}

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::uint32_t pos() const { return pos_; }
  [[nodiscard]] std::uint32_t end() const { return end_; }
  [[nodiscard]] Shared& shared() const { return shared_; }
  /// bash's additions are part of the grammar.
  [[nodiscard]] bool extended() const { return shared_.dialect != Dialect::posix; }
  [[nodiscard]] bool zsh() const { return shared_.dialect == Dialect::zsh; }
  /// `&>`
  [[nodiscard]] bool at_redirect_all() { return extended() && peek() == '&' && peek_second() == '>'; }
  void seek(std::uint32_t pos) { pos_ = pos; }
  void set_end(std::uint32_t end) { end_ = end; }
  /// To the end at most: a backslash may be the last byte.
  void bump(std::uint32_t count = 1) { pos_ = count < end_ - pos_ ? pos_ + count : end_; }

  /// The byte at the position, a continuation included; NUL at the end (no text has one inside).
  [[nodiscard]] char raw(std::uint32_t ahead = 0) const { return pos_ + ahead < end_ ? text_[pos_ + ahead] : '\0'; }
  /// Moves over backslash-newlines, then as raw().
  [[nodiscard]] char peek() {
    while (raw() == '\\' && raw(1) == '\n') pos_ += 2;
    return raw();
  }
  /// The byte after the one at peek(), continuations between them skipped but not consumed.
  [[nodiscard]] char peek_second() const;
  [[nodiscard]] bool at_end() { return peek() == '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++pos_;
    return true;
  }
  /// Blanks, continuations and a comment: what may stand between two tokens of a line.
  void skip_blanks();
  /// The source from `begin` to here.
  [[nodiscard]] std::string_view since(std::uint32_t begin) const { return text_.substr(begin, pos_ - begin); }

  [[nodiscard]] std::uint32_t original(std::uint32_t pos) const { return origin_ != nullptr ? (*origin_)[pos] : pos; }
  [[nodiscard]] Span span_from(std::uint32_t begin) const { return {original(begin), original(pos_)}; }

  /// Notes the problem, always false. Only the first of a parse is kept: what follows from it says nothing new.
  bool fail(ProblemCode code, std::uint32_t begin);
  bool fail(ProblemCode code) { return fail(code, pos_); }
  /// Something is here that the grammar does not allow, or the text ends.
  bool unexpected();
  /// Takes one node from the budget.
  [[nodiscard]] bool spend() { return shared_.nodes.spend() || fail(ProblemCode::too_many_nodes); }

 private:
  std::string_view text_;
  std::uint32_t pos_ = 0;
  std::uint32_t end_;
  const std::vector<std::uint32_t>* origin_;
  Shared& shared_;
};

/// One level of nesting. Not ok() means that the limit was reached and the problem noted.
class Nested {
 public:
  explicit Nested(Cursor& c) : shared_(c.shared()) {
    ok_ = ++shared_.depth <= shared_.limits.depth || c.fail(ProblemCode::too_deep);
  }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;
  ~Nested() { --shared_.depth; }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  Shared& shared_;
  bool ok_;
};

/// Narrows the text to [pos, end) and widens it again.
class Narrowed {
 public:
  Narrowed(Cursor& c, std::uint32_t end) : cursor_(c), end_(c.end()) { c.set_end(end); }
  Narrowed(const Narrowed&) = delete;
  Narrowed& operator=(const Narrowed&) = delete;
  ~Narrowed() { cursor_.set_end(end_); }

 private:
  Cursor& cursor_;
  std::uint32_t end_;
};

/// A text whose here-documents and kind of ending are its own: a substitution, a backtick body, a here-document body. Bodies that
/// did not come before the end of `$(…)` come after the next newline of what surrounds it, before the ones that wait there;
/// of any other text they are empty.
class OwnPending {
 public:
  OwnPending(Shared& shared, bool in_substitution)
      : shared_(shared), outer_(std::move(shared.pending)), was_(shared.in_substitution) {
    shared.pending.clear();
    shared.in_substitution = in_substitution;
  }
  OwnPending(const OwnPending&) = delete;
  OwnPending& operator=(const OwnPending&) = delete;
  ~OwnPending() {
    if (!shared_.in_substitution) shared_.pending.clear();
    shared_.pending.insert(shared_.pending.end(), outer_.begin(), outer_.end());
    shared_.in_substitution = was_;
  }

 private:
  Shared& shared_;
  std::vector<PendingBody> outer_;
  bool was_;
};

}  // namespace belay::shell
