#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "shell/ast.h"

namespace belay::shell {

/// Whose grammar is read. `posix` is that of dash: none of bash's additions that change how the rest of a line is read (`((`, `[[`, `&>`, `|&`,
/// `$'…'`, `function`, `select`, `time`, `coproc`, `;&`, process substitution). Arrays and patterns like `@(…)` are read all the same. `zsh` is bash's with subscripts
/// behind names without braces.
enum class Dialect : std::uint8_t { bash, posix, zsh };

/// Ends of the reader's patience, counted as work. Going over one marks the script incomplete.
struct Limits {
  std::uint32_t bytes = 4U << 20U;
  std::uint32_t depth = 100;      ///< nested constructs of any kind
  std::uint32_t nodes = 200'000;  ///< words, parts and commands in all
};

enum class ProblemCode : std::uint8_t {
  unexpected_token,
  unterminated_quote,
  unterminated_expansion,
  unterminated_heredoc,
  unterminated_construct,
  bad_substitution,
  too_long,
  too_deep,
  too_many_nodes,
  nul_byte,
};
[[nodiscard]] std::string_view name_of(ProblemCode code);

struct Problem {
  ProblemCode code;
  Span at;
};

struct Script {
  List body;
  bool complete = true;           ///< false: the tree is what was read up to the first problem; treat the text as unknown
  std::vector<Problem> problems;  ///< not empty when incomplete
};

/// Reads `src` (bash: posix mode off, extglob patterns accepted, aliases not expanded). Never fails and never throws:
/// malformed or over-limit text gives `complete == false` and says where. An unterminated here-document at the end of the text
/// is complete, as in bash, which only warns. Linear in src.size(). The tree owns its text.
[[nodiscard]] Script parse(std::string_view src, const Limits& limits = {}, Dialect dialect = Dialect::bash);

/// Splits one word by brace expansion (bash(1) "Brace Expansion"), before any other expansion: `a{b,c}` gives two words,
/// `{1..3}` three. A word without live braces comes back as itself. At most `limit` words: beyond, an empty vector.
[[nodiscard]] std::vector<Word> expand_braces(const Word& word, std::size_t limit);
/// Whether there is anything to expand: else the copy that expand_braces would make is not needed.
[[nodiscard]] bool has_open_brace(const Word& word);

/// A deep copy; words are not copyable by accident.
[[nodiscard]] Word copy(const Word& word);
[[nodiscard]] Part copy(const Part& part);

}  // namespace belay::shell
