#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "command/inline/value.h"

/// What the reader has to know of a language: its lexical forms, a little of its syntax, and what the arguments of its functions are.
namespace belay::command::inline_code {

struct Comment {
  std::string_view open;
  std::string_view close;
};

enum class Escape : std::uint8_t { none, quote_only, c_like, decimal, doubled };  // decimal: as c_like, but `\114` is of base ten
enum class Interpolation : std::uint8_t { none, dollar_brace, hash_brace, sigils, dollar_parens };

struct StringForm {
  std::string_view open;
  std::string_view close;
  Escape escape = Escape::c_like;
  Interpolation interpolation = Interpolation::none;
  bool lines = false;    ///< may contain line ends
  bool command = false;  ///< its text is a command that is run
};

/// Peculiarities that more than one language shares.
enum class Trait : std::uint32_t {
  python_prefixes = 1U << 0,   ///< r'' b'' f''
  quote_operators = 1U << 1,   ///< q qq qw qx m s tr y
  percent_literals = 1U << 2,  ///< %w[] %q() %x{}
  heredocs = 1U << 3,          ///< <<EOT, <<~"EOT"
  angle_heredocs = 1U << 4,    ///< <<<EOT
  slash_regex = 1U << 5,
  newline_ends = 1U << 6,   ///< a line end ends a statement
  bare_calls = 1U << 7,     ///< `system "x"`
  bare_literals = 1U << 8,  ///< `f"x"`, `f{…}` are calls
  path_slash = 1U << 9,     ///< `/` joins paths
  percent_format = 1U << 10,
  text_calls = 1U << 11,        ///< a string is called by the name that it holds
  sigils = 1U << 12,            ///< $x @x %x are names
  symbols = 1U << 13,           ///< :name is a text
  default_argument = 1U << 14,  ///< without arguments a function takes `$_`
  comma_last = 1U << 15,        ///< `(a, b)` is b
  arrows = 1U << 16,            ///< `x => …` and `(x) => …` are functions
  ends_blocks = 1U << 17,       ///< `end` closes what `def`, `do`, `if` open
  angle_globs = 1U << 18,       ///< `<*.c>` names files, `<F>` reads lines
  line_variable = 1U << 19,     ///< with `-n` and `-p`, `$_` is each line of what is read
  lisp = 1U << 20,              ///< (name arguments …)
  quoted_code = 1U << 21,       ///< the text of a command literal is run only when it is handed on
  keywords = 1U << 22,          ///< f(name = value)
  templates = 1U << 23,         ///< f`text` is a call
  whole_programs = 1U << 24,    ///< see Session
  adjacent_texts = 1U << 25,    ///< texts side by side are one
  curried = 1U << 26,           ///< `f a b`: arguments are parted by blanks
  tilde_files = 1U << 27,       ///< `~` at the beginning of a file name is the home folder
  typed = 1U << 28,             ///< `type f(type a) {…}` is a function, `type a(x);` makes an object
  name_first = 1U << 29,        ///< of `a type` the name comes first
  typed_behind = 1U << 30,      ///< `a: type`
  class_files = 1U << 31,       ///< a class is looked for in the file of its name
};
[[nodiscard]] constexpr std::uint32_t operator|(Trait a, Trait b) {
  return static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b);
}
[[nodiscard]] constexpr std::uint32_t operator|(std::uint32_t a, Trait b) { return a | static_cast<std::uint32_t>(b); }

struct Call;
class Walker;
/// What a call returns, worked out from its arguments.
using Gives = Value (*)(const Call& call, Walker& walker);

/// Functions and what their arguments are: roles, blank separated, in order. `ROLE|NAME` may also be given by keyword or field NAME;
/// `self=ROLE` is the object of a method; `ROLE...` all further ones. The roles are listed in arguments.cc.
struct Callee {
  std::string_view module;   ///< `os`; empty: a plain function; `#Path`: objects of that type; `?`: any object
  std::string_view members;  ///< blank separated
  std::string_view arguments;
  Gives gives = nullptr;
};

/// Names that mean the same: `from` at the beginning of a dotted name stands for `to`.
struct Alias {
  std::string_view from;
  std::string_view to;
};

/// Lists and maps are shared by the names that hold them, unless an assignment copies them and only references share.
enum class Copies : std::uint8_t {
  none,   ///< texts cannot be changed
  texts,  ///< none either, but texts can be changed too (Ruby)
  all,
};

struct Dialect {
  std::string_view language;
  std::uint32_t traits = 0;
  std::span<const Comment> comments;
  std::span<const StringForm> strings;
  std::string_view name_start;        ///< bytes besides letters and `_` that may begin a name
  std::string_view name_part;         ///< … that a name may contain
  std::string_view accessors;         ///< blank separated operators before a member: `. ?.`
  std::string_view joins;             ///< … that join texts
  std::string_view assigns;           ///< … that bind a name
  std::string_view words;             ///< names that only hold expressions together: `return if await`
  std::string_view importers;         ///< `import from use`: read by walker_syntax.cc
  std::string_view environment;       ///< maps of environment variables
  std::string_view definers = {};     ///< words that begin a function: read by closures.cc
  std::string_view borrowed = {};     ///< modules that are themselves whichever module they are a member of: `shutil.os`
  std::string_view transparent = {};  ///< members that are their object: `os.__dict__`
  std::string_view programs = {};     ///< modules whose members are programs: `sh.rm("-rf", x)`
  std::string_view own_folder = {};   ///< names for the folder of the file that holds the code
  std::string_view own_file = {};     ///< … and for the file
  std::string_view keeps = {};        ///< functions and modules of the language that leave lists as they are
  Copies copies = Copies::none;       ///< what an assignment copies
  std::size_t first_index = 0;        ///< of the first element of a list
  std::string_view parameters;        ///< lists of the arguments of the program
  std::size_t parameter_offset = 0;   ///< index of the first one
  std::span<const Callee> callees;
  std::span<const Alias> aliases;

  [[nodiscard]] constexpr bool has(Trait t) const { return (traits & static_cast<std::uint32_t>(t)) != 0; }
};

/// Is `word` one of the blank separated `list`?
[[nodiscard]] bool lists(std::string_view list, std::string_view word);

/// By the name of a `code:LANG` role; null for a language that is not read.
[[nodiscard]] const Dialect* dialect_of(std::string_view language);

}  // namespace belay::command::inline_code
