#include "command/inline/tables.h"

/// PHP (Program execution, Filesystem, cURL and Stream functions of the manual).
namespace belay::command::inline_code {

namespace {

constexpr Comment kComments[] = {{"#", "\n"}, {"//", "\n"}, {"/*", "*/"}};
constexpr StringForm kStrings[] = {
    {"\"", "\"", Escape::c_like, Interpolation::sigils, true},
    {"'", "'", Escape::quote_only, Interpolation::none, true},
    {"`", "`", Escape::c_like, Interpolation::sigils, true, true},
};

constexpr Callee kCallees[] = {
    {"", "system exec shell_exec passthru popen", "sh"},
    {"", "proc_open", "command"},
    {"", "pcntl_exec", "program words"},
    {"", "unlink rmdir", "delete"},
    {"", "rename", "move write"},
    {"", "copy", "read write"},
    {"", "move_uploaded_file", "- write"},
    {"", "file_put_contents", "write content"},
    {"", "touch mkdir chmod chown chgrp lchown", "write"},
    {"", "symlink link", "read write"},
    {"", "file_get_contents readfile file highlight_file show_source parse_ini_file simplexml_load_file", "read", gives_contents},
    {"", "fopen", "open mode", gives_file},
    {"", "fwrite fputs fputcsv", "handle content"},
    {"", "ftruncate", "handle"},
    {"", "glob", "", gives_glob},
    {"", "scandir", "", gives_names_in},
    {"", "getenv", "", gives_variable},
    {"", "chdir", "folder"},
    {"", "getcwd", "", gives_here},
    {"", "sys_get_temp_dir", "", gives_temporary_folder},
    {"", "tempnam", "", gives_temporary},
    {"", "realpath", "", gives_first},
    {"", "eval assert create_function", "code"},
    {"", "include include_once require require_once", "script"},
    {"", "call_user_func", "", gives_called},
    {"", "call_user_func_array", "", gives_called},
    {"", "array_map array_walk", "", gives_called_for_each},
    {"", "base64_decode", "", gives_base64},
    {"", "hex2bin", "", gives_hex},
    {"", "gzinflate gzuncompress gzdecode convert_uudecode", "", gives_unreadable},
    {"", "str_rot13", "", gives_rot13},
    {"", "strrev", "", gives_reversed},
    {"", "json_encode http_build_query", "", gives_serialised},
    {"", "chr", "", gives_characters},
    {"", "sprintf", "", gives_formatted},
    {"", "implode join", "", gives_perl_joined},
    {"", "trim rtrim escapeshellarg escapeshellcmd strval", "", gives_first},
    {"", "curl_init", "url", gives_network},
    {"", "fsockopen pfsockopen stream_socket_client", "host port"},
    {"", "dl", "opaque"},
    {"", "FFI", "opaque"},
    {"FFI", "cdef load", "opaque"},
};

constexpr Alias kAliases[] = {{"php", ""}};

}  // namespace

constexpr Dialect kPhp{
    .language = "php",
    .traits = Trait::angle_heredocs | Trait::bare_calls | Trait::sigils | Trait::text_calls,
    .comments = kComments,
    .strings = kStrings,
    .name_start = "$",
    .accessors = "-> :: ?.",
    .joins = ".",
    .assigns = "=",
    .words =
        "return if else elseif while and or new echo print as function fn foreach for switch case try catch throw static public "
        "private global",
    .environment = "$_ENV $_SERVER",
    .parameters = "$argv",
    .parameter_offset = 1,
    .callees = kCallees,
    .aliases = kAliases,
};

const Dialect& php() { return kPhp; }

}  // namespace belay::command::inline_code
