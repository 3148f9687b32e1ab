#pragma once

#include "command/program/effects.h"
#include "command/program/reader.h"

namespace belay::command::program {

/// The effects of options and operands by their roles, in this order: surroundings (cwd, user, environment), files, request,
/// queries, code and wrapped command, standard input.
void apply_roles(const Reading& reading, Effects& effects);

/// What the roles `user env unset split root container …` change for a wrapped command.
struct Surroundings {
  Change change;
  std::vector<Text> prefix;  ///< words before the wrapped command (`env -S`)
  bool login = false;        ///< without a command a shell is started
};
[[nodiscard]] Surroundings surroundings(const Reading& reading, Effects& effects);

void apply_files(const Reading& reading, Effects& effects);

/// One file role on one argument.
struct FileUse {
  Role role;
  Text text;
  bool recursive = false;
  bool empties = false;  ///< what it writes is nothing
  bool stays = false;    ///< of a move: below the folder where it lies
};
void apply_file(const FileUse& use, Effects& effects);

/// Code in an argument. `language` is `sh`, or a key=value language whose values may be shell code: `ssh-option`, `git-config`,
/// `tar-action`. Other languages: code.h.
/// `parameters` are the arguments of the program that runs it, after its name.
void apply_code(std::string_view language, const Text& code, const Change& change, Effects& effects,
                const std::vector<Text>& parameters = {});

/// `host:path`, `user@host:path`, `rsync://host/…`: splits off the host. False for a local path.
struct RemotePath {
  Text host;
  Text path;
};
[[nodiscard]] bool split_remote(const Text& text, RemotePath& out);

/// As http::host_of.
[[nodiscard]] Text host_of(const Text& url);

/// An HTTP request from the roles `url method header body …` (docs/knowledge.md).
void apply_fetch(const Reading& reading, Effects& effects);
/// What `script` does when a client of the engine of `where` sends it there.
void send_statements(const model::Query& where, const Text& script, Effects& effects);
/// Statements from the roles `sql sql-file host database` and, without any, from standard input.
void apply_queries(const Reading& reading, Effects& effects);

/// `text` cut at blanks outside quotes, quotes removed: what `env -S` and xargs do.
[[nodiscard]] std::vector<Text> split_words(const Text& text, std::string_view quotes = "'\"");

}  // namespace belay::command::program
