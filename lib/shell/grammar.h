#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shell/cursor.h"
#include "shell/keyword.h"
#include "shell/word.h"

/// The functions of the grammar above words (POSIX XCU 2.10, bash(1) SHELL GRAMMAR). Internal to this folder.
namespace belay::shell {

enum class Empty : bool { refused, allowed };

/// Commands up to something that cannot begin one: the end, `)`, `;;`, a closing reserved word. What that is, is for the caller to judge.
[[nodiscard]] bool read_list(Cursor& c, Empty empty, List& out);
/// One command, or several joined by `|`, `&&` and `||`: what zsh takes for a body without a word that ends it.
[[nodiscard]] bool read_sublist(Cursor& c, List& out);
[[nodiscard]] bool read_command(Cursor& c, Command& out);
[[nodiscard]] bool read_simple(Cursor& c, Command& out);
/// A compound command with its redirections; unexpected token when none is here.
[[nodiscard]] bool read_compound(Cursor& c, Command& out);
[[nodiscard]] bool at_compound(Cursor& c);

/// A newline or `;`, then newlines; nothing is fine too.
[[nodiscard]] bool skip_separator(Cursor& c);
/// `do … done`; with `braces` also `{ … }`, which bash takes after `for` and `select`. In zsh that, or a sublist, for every loop.
[[nodiscard]] bool read_do(Cursor& c, bool braces, std::unique_ptr<List>& out);

/// Behind their keyword.
enum class ForKind : std::uint8_t { for_, select, foreach };
[[nodiscard]] bool read_for(Cursor& c, ForKind kind, Command& out);
[[nodiscard]] bool read_while(Cursor& c, bool until, Command& out);
/// zsh: `repeat WORD body`.
[[nodiscard]] bool read_repeat(Cursor& c, Command& out);
/// zsh: an `if` whose condition was read and has no `then` behind it: `if list { … } elif list { … } else { … }`, `if list sublist`.
[[nodiscard]] bool read_short_if(Cursor& c, If& out);
/// zsh: `() { … } WORDS`, behind its name, which is none: the function is defined and called.
[[nodiscard]] bool read_anonymous(Cursor& c, Command& out);
/// zsh: `(flags)` behind `${` (zshexpn(1), Parameter Expansion Flags), if they are there.
[[nodiscard]] bool read_expansion_flags(Cursor& c, Parameter& out);
/// What they do besides the operator that was read.
void add_expansion_flags(const Parameter& flags, Parameter& out);
/// zsh: `${${name}…}`, `${"$(list)"…}`: an expansion instead of a name.
[[nodiscard]] bool at_nested(Cursor& c);
[[nodiscard]] bool read_nested(Cursor& c, Around around, Parameter& out);
/// zsh: `${:-word}`.
[[nodiscard]] bool at_nameless(Cursor& c);
/// zsh: `always { … }` behind a group, if it is there.
[[nodiscard]] bool read_always(Cursor& c, Group& out);
[[nodiscard]] bool read_conditional(Cursor& c, Conditional& out);
[[nodiscard]] bool read_function_keyword(Cursor& c, Command& out);
[[nodiscard]] bool read_coproc(Cursor& c, Command& out);
/// The body of a function: a compound command, in zsh also a sublist.
[[nodiscard]] bool read_function_command(Cursor& c, Command& out);
/// Behind `name ()`.
[[nodiscard]] bool read_function_body(Cursor& c, std::string name, Command& out);

/// A redirection operator here, a descriptor before it included?
[[nodiscard]] bool at_redirect(Cursor& c);
[[nodiscard]] bool read_redirect(Cursor& c, Redirect& out);
[[nodiscard]] bool read_redirects(Cursor& c, std::vector<Redirect>& out);

enum class Assigned : std::uint8_t { no, yes, word, failed };
/// `name=…`, `name[i]=…`, `name+=…`. `word`: it looked like one but was not; what was read is in `rest`, a word to go on with.
[[nodiscard]] Assigned read_assignment(Cursor& c, Assignment& out, Word& rest);
/// `(a [i]=b …)`, at its parenthesis.
[[nodiscard]] bool read_array(Cursor& c, Assignment& out);

/// Newlines (with the here-documents that begin after them), blanks and comments.
[[nodiscard]] bool skip_newlines(Cursor& c);
/// Consumes one newline and the here-documents that begin after it.
[[nodiscard]] bool take_newline(Cursor& c);
/// Bodies of all here-documents that wait, at the beginning of a line.
[[nodiscard]] bool read_bodies(Cursor& c);
/// Quote removal on the delimiter as written; `quoted` says whether there was any.
[[nodiscard]] std::string delimiter_text(std::string_view written, bool& quoted);

}  // namespace belay::shell
