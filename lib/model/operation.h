#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/span.h"
#include "model/text.h"

namespace belay::model {

/// Kinds of effect, in the order of the variant `Operation::detail`. `remove` is written `delete` in rules.
enum class OpKind : std::uint8_t { exec, read, write, remove, fetch, query, call, opaque };
[[nodiscard]] std::string_view name_of(OpKind kind);

/// What feeds a command's standard input. Written in rules as `inherit file pipe literal network`.
enum class StdinKind : std::uint8_t { inherit, file, pipe, literal, network };
[[nodiscard]] std::string_view name_of(StdinKind kind);

/// Why something cannot be known. Written in rules with these names (see name_of).
enum class OpaqueReason : std::uint8_t {
  computed_command,     ///< the name of the program is not known
  unknown_code,         ///< eval, `sh -c`, source … of text that is not known
  download_and_run,     ///< text from the network reaches an executor
  decode_and_run,       ///< decoded or otherwise computed text reaches an executor
  unparsable,           ///< the text is not something the shell reader finished
  limit,                ///< a budget was used up before everything was looked at
  unsupported_dialect,  ///< a shell language this program does not read
  unreadable_path,      ///< the file system would not say what a path is
  changed_environment,  ///< a variable that decides which code runs (PATH, LD_PRELOAD, BASH_ENV …) has an unknown value
};
[[nodiscard]] std::string_view name_of(OpaqueReason reason);

/// One option in use. `names` are all spellings of the same option, blank separated, dashes included (`-f --force`), so that a
/// rule may name any of them. A later `--no-x` has already removed an earlier `--x`.
struct OptionUse {
  std::string names;
  std::string canonical;  ///< the long spelling if there is one: what the canonical line shows
  bool has_value = false;
  bool letters = false;  ///< not declared and of several letters: all names but `canonical` are guesses
  Text value;
};

struct Binding {
  std::string name;
  Text value;
};

/// A further place that a path may stand for, or a further name of the one it stands for.
struct OtherName {
  enum class Why : std::uint8_t {
    walk,      ///< `..` behind a symbolic link: the kernel goes up from where the link leads, programs that fold the text do not
    spelling,  ///< the same place as other systems spell it (see path::respelled)
    link,      ///< a hard link: the same file, but deleting one name leaves the others
    mount,     ///< the same tree, mounted a second time
    listed,    ///< one of the names that a glob stands for
    around,    ///< the same of a tree that the call's own folder lies in: all that is done there has both names
  };
  Why why = Why::walk;
  Text path;
};

/// One path in its forms. All are absolute but `written`; each may have holes.
struct Path {
  Text written;
  Text lexical;                   ///< joined to the working folder, `.`, `..`, `//` and `/proc/self/root` folded
  Text canonical;                 ///< symlinks of the deepest existing ancestor resolved; equal to lexical when unknown
  std::vector<OtherName> others;  ///< almost always none
};

/// One simple command after unwrapping.
struct Exec {
  Text program;                    ///< basename; literal (an unknown name is an Opaque instead)
  Text path;                       ///< the command word as written
  std::vector<std::string> words;  ///< subcommand words: `push` of `git push`, `volume delete` of `railway volume delete`
  std::vector<OptionUse> options;
  std::vector<Text> operands;
  std::vector<bool> inert;       ///< parallel to operands: data (a message, a text to print), nothing that acts
  Text canonical;                ///< the canonical line
  std::vector<std::string> via;  ///< wrapper chain, outermost first: `sudo`, `ssh`, `xargs` …
  std::string as;                ///< effective user, `root` under sudo; empty: the actor's own
  std::vector<Binding> env;      ///< assignments made for this command
  Path folder;                   ///< where it works; empty: where the call began, not here, or `env` may say where
  StdinKind input = StdinKind::inherit;
  bool remote = false;  ///< runs on another host or inside a container: its paths are not ours
};

/// A read, write or delete. Which one says Operation::kind.
struct FileAccess {
  Path path;
  bool recursive = false;      ///< everything below is affected too
  bool contents_only = false;  ///< with recursive: what lies below, not the folder itself (`dir/*`, `find dir -mindepth 1`)
  bool via_glob = false;       ///< the path has a glob (`*`) that stands for names not known
  bool text_stays = false;     ///< a write of mode, owner or times only
  bool appends = false;        ///< a write behind what is there already
  bool certain = true;         ///< false: the command may touch it (a branch, a program whose behaviour is only likely)
  bool if_folder = false;      ///< with certain = false: it lies in the target of a copy; certain for a pattern that names that folder itself
  bool moved = false;          ///< of a delete: the file goes on under another name
  bool makes = false;          ///< a write of a folder, of which the command makes all that is in it then
  Text content;                ///< what is written, as far as it is known
};

struct Fetch {
  std::string method = "GET";  ///< upper case
  Text url;
  Text host;                         ///< lower case, without port and user
  std::vector<std::string> headers;  ///< names, lower case
  Text body;
  bool has_body = false;
};

struct Query {
  std::string engine;  ///< postgres mysql sqlite mssql mongo redis …
  Text host;           ///< empty: local by default
  Text database;
  bool local = true;
  Text statement;
};

struct ToolField {
  std::string key;
  Text value;
};

struct ToolUse {
  std::string tool;  ///< `mcp:server/tool`, or the agent's own name for it
  std::vector<ToolField> input;
};

struct Opaque {
  OpaqueReason reason = OpaqueReason::unparsable;
  std::string detail;  ///< for people; never shows how to be understood better
};

inline constexpr std::uint32_t kNoOperation = 0xFFFFFFFFU;

/// One effect of a call.
struct Operation {
  OpKind kind = OpKind::exec;
  base::Span span;                    ///< in the command text of the call; empty when the call has none
  std::string why;                    ///< "operand of `cp`", "redirection", "file tool Read": shown by `belay check`
  std::uint32_t exec = kNoOperation;  ///< index of the exec operation this one is an effect of
  std::variant<Exec, FileAccess, Fetch, Query, ToolUse, Opaque> detail;
  bool guessed = false;  ///< of what a program that is not known seems to start: it may not happen
  bool stored = false;   ///< of a script that lay on the disk before the call, see decide/verdict.h

  [[nodiscard]] const Exec* as_exec() const { return std::get_if<Exec>(&detail); }
  [[nodiscard]] const FileAccess* as_file() const { return std::get_if<FileAccess>(&detail); }
  [[nodiscard]] const Fetch* as_fetch() const { return std::get_if<Fetch>(&detail); }
  [[nodiscard]] const Query* as_query() const { return std::get_if<Query>(&detail); }
  [[nodiscard]] const ToolUse* as_tool() const { return std::get_if<ToolUse>(&detail); }
  [[nodiscard]] const Opaque* as_opaque() const { return std::get_if<Opaque>(&detail); }
};

/// Data of operation `from` reaches operation `to` (a pipe, a substitution, a variable, a file written then read, an `@file` body).
struct Flow {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// All effects of one call, in the order in which they were found.
struct Analysis {
  std::vector<Operation> operations;
  std::vector<Flow> flows;
};

}  // namespace belay::model
