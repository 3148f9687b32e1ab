#include "shell/cursor.h"

#include <cstring>

namespace belay::shell {

char Cursor::peek_second() const {
  std::uint32_t at = pos_ + 1;
  while (at + 1 < end_ && text_[at] == '\\' && text_[at + 1] == '\n') at += 2;
  return at < end_ ? text_[at] : '\0';
}

void Cursor::skip_blanks() {
  while (is_blank(peek())) ++pos_;
  if (raw() != '#') return;
  const void* newline = std::memchr(text_.data() + pos_, '\n', end_ - pos_);
  pos_ = newline != nullptr ? static_cast<std::uint32_t>(static_cast<const char*>(newline) - text_.data()) : end_;
}

bool Cursor::fail(ProblemCode code, std::uint32_t begin) {
  if (shared_.failed) return false;
  shared_.failed = true;
  const std::uint32_t from = begin < end_ ? begin : end_;
  const std::uint32_t to = pos_ > from ? pos_ : from;
  shared_.problems.push_back({code, {original(from), original(to < end_ ? to : end_)}});
  return false;
}

bool Cursor::unexpected() { return fail(at_end() ? ProblemCode::unterminated_construct : ProblemCode::unexpected_token); }

}  // namespace belay::shell
