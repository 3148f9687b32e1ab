#pragma once

#include <vector>

#include "command/sql/script.h"

namespace belay::command::sql {

/// What a client does with the line of one of its own commands.
enum class CommandKind : std::uint8_t {
  nothing,  ///< prints or sets something
  shell,    ///< the line is a command
  output,   ///< results go to a file or into `|command` from here on
  once,     ///< … the next one
  saves,    ///< writes the file that is its last word
  pager,    ///< results go into the command that the line is
  prints,   ///< the line is printed where results are
  buffer,   ///< the statement that is not sent yet is written as a result would be
  variable, ///< sets a variable of the environment
  input,    ///< reads a file, or from `|command`
  script,   ///< runs a file of statements, or what `|command` prints
  write,
  read,
  database,
  connect,  ///< database, user, host
  host,
  ends,      ///< ends the statement; nothing of the line is its argument
  sends,     ///< ends the statement, whose result goes where the line says
  executes,  ///< ends the statement and runs every value of its result as one
  copies,    ///< the line is a COPY that the client does
  delimiter,
};

struct ClientCommand {
  std::uint32_t clients = 0;
  std::string_view mark;  ///< in front of the name: `\`, `.`, `:`, `!`; empty for a plain word
  std::string_view name;
  CommandKind kind = CommandKind::nothing;
};

/// The command `name` behind `mark`; null when the client has none. sqlite's may be abbreviated.
[[nodiscard]] const ClientCommand* find_command(Client client, std::string_view mark, std::string_view name);

/// The effects of a line, which has no name of a command any more. Not for the kinds that end or copy.
void apply_line(CommandKind kind, const Text& line, Client client, Sink& sink);

}  // namespace belay::command::sql
