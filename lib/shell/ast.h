#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/span.h"

/// The syntax tree of POSIX sh and bash (POSIX.1-2017 XCU 2, bash(1)). It says what was written, with quoting removed from
/// literal parts only; it knows nothing of expansion, so a `Word` is still one word however many it may become.
namespace belay::shell {

using base::Span;

struct Part;
struct List;
struct Command;

/// One word: adjacent parts. Empty `parts` cannot occur in a word the user wrote (`''` is one empty Quoted).
struct Word {
  std::vector<Part> parts;
  Span span;
};

/// Text outside every quote. Pattern characters, `~`, braces and `=` in it are live.
struct Literal { std::string text; };
enum class QuoteStyle : std::uint8_t { backslash, single, ansi_c };
/// Text that is itself: `\x`, '…', $'…' (decoded; a NUL ends it, as in bash).
struct Quoted { std::string text; QuoteStyle style; };
/// "…" or $"…": literal text inside appears as Quoted (backslash style is used for it), expansions as themselves. Also the one
/// part of the body of an unquoted here-document.
struct DoubleQuoted { std::vector<Part> parts; bool locale = false; };

enum class ParamOp : std::uint8_t {
  none,
  use_default, assign_default, error_if_unset, use_alternate,          // - = ? +   (colon: also when empty)
  remove_prefix, remove_long_prefix, remove_suffix, remove_long_suffix, // # ## % %%
  replace_first, replace_all, replace_prefix, replace_suffix,          // / // /# /%
  substring,                                                           // :offset[:length]
  upper_first, upper_all, lower_first, lower_all, toggle_first, toggle_all,  // ^ ^^ , ,, ~ ~~
  transform,                                                           // @Q @P …
  names_with_prefix,                                                   // ${!prefix*} ${!prefix@}
  keys,                                                                // ${!name[@]}
};
/// `$name`, `${…}`. Special parameters have their character as name (`@`, `*`, `#`, `?`, `-`, `$`, `!`, `0`…).
/// An operand inside double quotes has its text as Quoted where bash quotes it (`"${x:-a*}"`) and as Literal where it is a
/// live pattern all the same (`"${x#*.}"`). Pattern text keeps `@(…)` as Literal.
struct Parameter {
  std::string name;
  bool braced = false;
  bool length = false;    ///< ${#name}
  bool indirect = false;  ///< ${!name}
  bool splits = false;    ///< zsh: ${=name}, ${(f)name}
  char separator = 0;     ///< zsh: ${(s:,:)name} splits there
  bool computed = false;  ///< zsh: flags that make something else of the value
  bool colon = false;     ///< the `:` of `:-` `:=` `:?` `:+`
  ParamOp op = ParamOp::none;
  char transform = 0;     ///< the letter of @X; `*` or `@` of names_with_prefix
  std::unique_ptr<Word> index;     ///< subscript; `[@]` and `[*]` are a Literal
  std::unique_ptr<Word> operand;   ///< default, pattern, offset
  std::unique_ptr<Word> operand2;  ///< replacement, length; absent when not written
};
enum class SubstStyle : std::uint8_t { dollar, backtick, funsub };  // $(…)  `…`  ${ …;}
/// The commands inside are shared between copies of a word (brace expansion makes them); nothing changes them after parsing.
struct CommandSubst { SubstStyle style; std::shared_ptr<List> body; };
/// `$((…))`, `$[…]`: the expression as a word, since parameters and substitutions in it are live.
struct Arithmetic { std::unique_ptr<Word> expression; };
enum class ProcessDirection : std::uint8_t { in, out };  // <(…)  >(…)
struct ProcessSubst { ProcessDirection direction; std::shared_ptr<List> body; };
/// `?(…)` `*(…)` `+(…)` `@(…)` `!(…)`, where extglob is possible.
struct ExtGlob { char kind; std::vector<Word> alternatives; };

struct Part {
  Span span;
  std::variant<Literal, Quoted, DoubleQuoted, Parameter, CommandSubst, Arithmetic, ProcessSubst, ExtGlob> node;
};

struct ArrayElement {
  std::unique_ptr<Word> index;  ///< of `[i]=value`; null otherwise
  Word value;
  bool append = false;          ///< `[i]+=value`
};
/// `name=value`, `name[i]=value`, `name+=value`, `name=(…)`.
struct Assignment {
  std::string name;
  std::unique_ptr<Word> index;
  bool append = false;
  bool array = false;
  Word value;                          ///< when not `array`; may have no parts (`name=`)
  std::vector<ArrayElement> elements;  ///< when `array`
  Span span;
};

enum class RedirOp : std::uint8_t {
  read, write, append, clobber, read_write,  // <  >  >>  >|  <>
  dup_in, dup_out,                           // <&  >&
  write_all, append_all,                     // &>  &>>
  heredoc, heredoc_strip, herestring,        // <<  <<-  <<<
};
struct Redirect {
  RedirOp op = RedirOp::read;
  int fd = -1;              ///< as written; -1: the operator's default
  std::string fd_variable;  ///< of `{name}>file`
  Word target;              ///< file name, fd word, here-string; for a here-document its delimiter word
  bool heredoc_quoted = false;  ///< some part of the delimiter was quoted: the body is pure text
  Word body;                ///< here-document only; exactly one part: Quoted if `heredoc_quoted`, else DoubleQuoted
  Span span;
};

/// `name=(…)` as argument of a declaration builtin (declare typeset local export readonly; bash also: alias eval let).
struct DeclaredArray {
  std::size_t word = 0;  ///< which of `words`; that word holds `name=(a b)` as flat parts, for whoever does not look here
  Assignment assignment;
};
struct SimpleCommand {
  std::vector<Assignment> assignments;
  std::vector<Word> words;
  std::vector<DeclaredArray> declared;  ///< in word order; evaluate these or the flat words, not both
};
struct Subshell { std::unique_ptr<List> body; };
/// zsh: `{ … } always { … }`; what is in `always` runs whichever way the body is left.
struct Group { std::unique_ptr<List> body; std::unique_ptr<List> always; };
struct If {
  struct Branch { std::unique_ptr<List> condition; std::unique_ptr<List> body; };
  std::vector<Branch> branches;  ///< if, elif …
  std::unique_ptr<List> otherwise;
};
/// `for` and `select`. Without `in` the words are "$@". Bash takes any word for a name until it runs: then `name` is its text. zsh has more names than
/// one, which take a word each in a round.
struct For { std::string name; std::vector<std::string> more_names; bool has_in = false; std::vector<Word> words; std::unique_ptr<List> body; bool select = false; };
struct ArithFor { Word init; Word condition; Word step; std::unique_ptr<List> body; };
struct While { bool until = false; std::unique_ptr<List> condition; std::unique_ptr<List> body; };
enum class CaseEnd : std::uint8_t { stop, fall_through, test_next };  // ;;  ;&  ;;&
struct Case {
  struct Item { std::vector<Word> patterns; std::unique_ptr<List> body; CaseEnd end = CaseEnd::stop; };
  Word subject;
  std::vector<Item> items;
};
/// `name` as written, quotes included; redirections belong to the body. zsh: `function a b { … }` defines two.
struct Function { std::string name; std::vector<std::string> more_names; std::unique_ptr<Command> body; };
/// `[[ … ]]`: operators and operands in order as words; the evaluator only needs what runs inside them.
struct Conditional { std::vector<Word> words; };
struct ArithCommand { Word expression; };
/// Redirections belong to the body. Empty name: bash calls it COPROC.
struct Coproc { std::string name; std::unique_ptr<Command> body; };

struct Command {
  std::variant<SimpleCommand, Subshell, Group, If, For, ArithFor, While, Case, Function, Conditional, ArithCommand, Coproc> node;
  std::vector<Redirect> redirects;  ///< in order of writing; of a simple command wherever they stood
  Span span;
};

struct Pipeline {
  bool negated = false;
  bool timed = false;
  std::vector<Command> commands;     ///< at least one
  std::vector<bool> stderr_too;      ///< |& after command i
  Span span;
};
enum class Join : std::uint8_t { first, and_then, or_else };  // (none)  &&  ||
enum class Terminator : std::uint8_t { sequence, background };  // ; newline end  |  &
struct AndOr {
  struct Link { Join join; Pipeline pipeline; };
  std::vector<Link> links;
  Terminator end = Terminator::sequence;
  Span span;
};
struct List { std::vector<AndOr> items; Span span; };

}  // namespace belay::shell
