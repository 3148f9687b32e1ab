#include "shell/parser.h"

#include <array>

#include "shell/grammar.h"

namespace belay::shell {
namespace {

constexpr std::array<std::string_view, 10> kProblemNames{"unexpected-token",
                                                         "unterminated-quote",
                                                         "unterminated-expansion",
                                                         "unterminated-heredoc",
                                                         "unterminated-construct",
                                                         "bad-substitution",
                                                         "too-long",
                                                         "too-deep",
                                                         "too-many-nodes",
                                                         "nul-byte"};

}  // namespace

std::string_view name_of(ProblemCode code) { return kProblemNames[static_cast<std::size_t>(code)]; }

Script parse(std::string_view src, const Limits& limits, Dialect dialect) {
  Script script;
  const std::size_t nul = src.find('\0');
  if (src.size() > limits.bytes) {
    script.problems.push_back({ProblemCode::too_long, {limits.bytes, limits.bytes}});
  } else if (nul != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(nul);
    script.problems.push_back({ProblemCode::nul_byte, {at, at + 1}});
  } else {
    Shared shared(limits, dialect);
    Cursor cursor(src, shared);
    const bool read = read_list(cursor, Empty::allowed, script.body) && (cursor.at_end() || cursor.unexpected());
    if (read && !shared.pending.empty()) (void)read_bodies(cursor);
    script.problems = std::move(shared.problems);
  }
  script.complete = script.problems.empty();
  return script;
}

}  // namespace belay::shell
