#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/operation.h"

/// The words of Callee::arguments.
namespace belay::command::inline_code {

using model::OpKind;

enum class Part : std::uint8_t {
  none, shell, command, program, argv, argv0, words, options, file, open, mode, handle, content, url, method, headers, body, host, port,
  code, module_name, import, script, library, recursive, in_shell, cwd, opaque, perl_mode, pipe_or_path, folder, base, standard_input, upstream, told, remote, or_mode,
};
struct RoleRow {
  std::string_view name;
  Part part;
  OpKind kind = OpKind::exec;
  bool recursive = false;
  bool and_delete = false;  ///< read, then deleted
  bool by_flag = false;     ///< recursive when an option says so
  bool certain = true;
  bool appends = false;
};
inline constexpr std::array kRoles{
    RoleRow{"sh", Part::shell},              ///< shell code
    RoleRow{"command", Part::command},       ///< text: shell code; with `words` after it or as a list: an argv
    RoleRow{"program", Part::program},       ///< argv[0], never shell code by itself
    RoleRow{"argv", Part::argv},             ///< a list with its own argv[0], which does not count
    RoleRow{"argv0", Part::argv0},
    RoleRow{"words", Part::words},           ///< further arguments of the command; lists are opened
    RoleRow{"options", Part::options},       ///< `{shell: true, cwd: "…"}`
    RoleRow{"shell", Part::in_shell},        ///< a flag: the command is shell code
    RoleRow{"cwd", Part::cwd},
    RoleRow{"stdin", Part::standard_input},  ///< what the command reads
    RoleRow{"upstream", Part::upstream},     ///< … from a command that was started
    RoleRow{"told", Part::told},             ///< what the object, a command that was started, reads
    RoleRow{"or-mode", Part::or_mode},       ///< `r`, `w+`; else as command
    RoleRow{"remote", Part::remote},         ///< shell code of another host, which the object is
    RoleRow{"folder", Part::folder},         ///< the working folder from now on
    RoleRow{"read", Part::file, OpKind::read},
    RoleRow{"read-tree", Part::file, OpKind::read, true},
    RoleRow{"write", Part::file, OpKind::write},
    RoleRow{"write-maybe", Part::file, OpKind::write, false, false, false, false},
    RoleRow{"append", Part::file, OpKind::write, false, false, false, true, true},
    RoleRow{"write-tree", Part::file, OpKind::write, true},
    RoleRow{"delete", Part::file, OpKind::remove},
    RoleRow{"delete-tree", Part::file, OpKind::remove, true},
    RoleRow{"delete-flag", Part::file, OpKind::remove, false, false, true},
    RoleRow{"move", Part::file, OpKind::read, true, true},
    RoleRow{"recursive", Part::recursive},   ///< a flag
    RoleRow{"open", Part::open},             ///< a path whose use `mode` tells; a URL is fetched
    RoleRow{"pipe", Part::pipe_or_path},     ///< the same, but `|command` is run
    RoleRow{"mode", Part::mode},
    RoleRow{"perl-mode", Part::perl_mode},   ///< second argument of perl's open
    RoleRow{"handle", Part::handle},         ///< an open file that is written to
    RoleRow{"content", Part::content},       ///< what is written
    RoleRow{"url", Part::url},
    RoleRow{"base", Part::base},             ///< what stands before a URL that is a path
    RoleRow{"method", Part::method},
    RoleRow{"headers", Part::headers},
    RoleRow{"body", Part::body},
    RoleRow{"host", Part::host},             ///< a connection; with `port`
    RoleRow{"port", Part::port},
    RoleRow{"code", Part::code},             ///< code in the same language
    RoleRow{"import", Part::import},         ///< the same, and nothing new when it is computed
    RoleRow{"module", Part::module_name},    ///< a library by name: computed, it may be anything
    RoleRow{"script", Part::script},         ///< a file that is run
    RoleRow{"library", Part::library},       ///< machine code that is loaded
    RoleRow{"opaque", Part::opaque},         ///< leaves what can be told
    RoleRow{"-", Part::none},
};

[[nodiscard]] inline const RoleRow& role_named(std::string_view name) {
  for (const RoleRow& row : kRoles) {
    if (row.name == name) return row;
  }
  return kRoles.back();
}

}  // namespace belay::command::inline_code
