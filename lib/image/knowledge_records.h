#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "image/image.h"

/// The records of the knowledge sections (docs/knowledge.md): what programs do with their arguments. Flat, made of u32 fields only.
///
///   programs     BlockRecord, sorted by name; a program with several names has one record for each
///   subcommands  BlockRecord, those of one parent side by side and sorted by name
///   options      OptionRecord, those of one block side by side
///   spellings    SpellingRecord, those of one block side by side and sorted, so that an abbreviation is a range
///   operands     OperandRecord: of blocks, of forms, `key=value` assignments, variables of the environment, keys of settings
///   forms        FormRecord
///   lists        u32: option numbers (within their block) of forms
namespace belay::image {

/// What an argument is for. The order is that of kRoleNames and part of the format.
enum class Role : std::uint32_t {
  word, data, read, write, append, remove, read_tree, write_tree, remove_tree, move, write_into, read_write, script, command, shell, code,
  sql, sql_file, url, method, header, body, body_file, json_body, host, database, user, cwd, root, env, unset, split, mount, container, attributes,
  code_file, library, folders, program_or_script, container_image, entrypoint, only, workdir, existing,
  new_folder, new_from,
};
inline constexpr std::array<std::string_view, 46> kRoleNames{
    "word", "data", "read", "write", "append", "delete", "read-tree", "write-tree", "delete-tree", "move", "write-into", "read-write",
    "script", "command", "shell", "code", "sql", "sql-file", "url", "method", "header", "body", "body-file", "json-body", "host",
    "database", "user", "cwd", "root", "env", "unset", "split", "mount", "container", "attributes", "code-file", "library", "folders",
    "program-or-script", "image", "entrypoint", "only", "workdir", "existing",
    "new-folder", "new-from"};

/// Whether an option has a value: `--x`, `--x=V`, `--x[=V]`, or two of them: `--x=V,W`.
enum class Arity : std::uint32_t { none, required, optional, pair };

/// Bits of OptionRecord::marks; each is a word after ` : ` in the source.
enum class Mark : std::uint32_t {
  harmless = 1,    ///< the invocation has no effect (help, version, dry run)
  stop = 2,        ///< nothing after it is an option
  login = 4,       ///< without a command a shell is started that reads standard input
  to_url = 8,      ///< the request body goes into the URL instead
  url_name = 16,   ///< the answer is written to a file named like the last part of the URL
  clear_env = 32,  ///< the wrapped command starts with an empty environment
  recursive = 64,  ///< the block's file roles reach everything below
  raw = 128,       ///< a body in which `@` means nothing
  form = 256,      ///< a body part `name=@FILE`, `name=<FILE`
  exact = 512,     ///< the target is the file itself, never a folder that receives files
  clears = 1024,   ///< the folders that other options write into are emptied first
  names = 2048,    ///< nothing is printed but names of the files that were looked at
  details = 4096,  ///< what is printed is more than names
};
struct MarkName {
  std::string_view name;
  Mark mark;
};
inline constexpr std::array<MarkName, 12> kMarkNames{{{"harmless", Mark::harmless},
                                                     {"stop", Mark::stop},
                                                     {"login", Mark::login},
                                                     {"to-url", Mark::to_url},
                                                     {"url-name", Mark::url_name},
                                                     {"clear-env", Mark::clear_env},
                                                     {"raw", Mark::raw},
                                                     {"form", Mark::form},
                                                     {"exact", Mark::exact},
                                                     {"clears", Mark::clears},
                                                     {"names", Mark::names},
                                                     {"details", Mark::details}}};

/// Bits of BlockRecord::flags; each is a boolean key of the source.
enum class Flag : std::uint32_t {
  no_permute = 1,    ///< `permute = false`
  single_dash = 2,
  remote = 4,
  fetch = 8,
  login_shell = 16,
  exact = 32,        ///< `abbreviate = false`
  globals_first = 64,
  plus = 128,
  bundle = 256,
  hosts = 512,
  saves = 2048,       ///< the answer to a request lands in a file named like the last part of the URL
  truncates = 4096,   ///< what it writes is left empty
  lists = 8192,       ///< prints the names of what lies in its folders, if no option says otherwise
  lists_below = 16384,  ///< … or anywhere below them
  shell_line = 1024,  ///< the only word of a wrapped command is shell code when it has blanks
};

/// Operand languages that code reads. Order is part of the format.
enum class Grammar : std::uint32_t { none, find, tar, shell, xargs, parallel, httpie, fd, powershell, cmd, values, ansible, unpack };
inline constexpr std::array<std::string_view, 13> kGrammarNames{
    "", "find", "tar", "shell", "xargs", "parallel", "httpie", "fd", "powershell", "cmd", "values", "ansible", "unpack"};

struct OptionRecord {
  Str names;      ///< all spellings, blank separated, dashes included
  Str canonical;  ///< the long spelling if there is one
  std::uint32_t arity = 0;
  std::uint32_t role = 0;
  Str detail;     ///< the language or engine of `code:` and `sql:`, the notation of `only:`
  Str method;     ///< HTTP method that the option implies
  std::uint32_t marks = 0;
};

struct SpellingRecord {
  Str text;
  std::uint32_t option = 0;  ///< number within the block
};

enum class OperandFlag : std::uint32_t {
  repeat = 1,
  optional = 2,
  variable = 4,  ///< among the assignments: a variable of the environment that the program heeds
};
/// Settings (`[[settings]]`) stand among the programs under a name that none can have.
inline constexpr std::string_view kSettingsPrefix = "=";
/// Variables that whatever runs heeds stand in the block of that name.
inline constexpr std::string_view kAnyProgram = "*";
/// Under this prefix stand, among the variables, names of files in the working folder that a program reads by itself.
inline constexpr std::string_view kFilePrefix = "./";
/// Under this prefix stand names of packages and container images, which are like the program that they hold. They may have slashes.
inline constexpr std::string_view kPackagePrefix = "pkg:";
struct OperandRecord {
  Str key;  ///< of an assignment, variable or setting, of which a `*` stands for any text; empty otherwise
  std::uint32_t role = 0;
  Str detail;
  std::uint32_t flags = 0;
};

struct FormRecord {
  Range when;               ///< lists
  std::uint32_t count = 0;  ///< number of operands it is for, plus one; 0: any
  Range operands;
};

struct BlockRecord {
  Str name;
  std::uint32_t flags = 0;
  std::uint32_t grammar = 0;
  std::uint32_t words = 0;  ///< leading plain operands that count as subcommand words
  Range options, spellings, operands, forms, assignments, subs;
  std::uint32_t stdin_role = 0;  ///< Role plus one; 0: not used
  Str stdin_detail;
  Str as;
  Str like;  ///< read the block of that program instead
  Str engine;
  Str default_method;
  Str base_url;  ///< what a URL without host begins with
};

}  // namespace belay::image
