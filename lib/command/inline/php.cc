#include "command/inline/printing.h"
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
    {"", "system exec shell_exec passthru", "sh"},
    {"", "popen", "sh", gives_process},
    {"", "proc_open", "command", gives_third_handles},
    {"Symfony.Component.Process", "Process", "command", gives_process},
    {"Symfony.Component.Process.Process", "fromShellCommandline", "sh", gives_process},
    {"#Process", "setInput", "told"},
    {"Symfony.Component.Filesystem", "Filesystem", "", gives_file_system},
    {"Illuminate.Filesystem", "Filesystem", "", gives_file_system},
    {"#FileSystem", "remove deleteDirectory cleanDirectory", "delete-tree"},
    {"#FileSystem", "delete", "delete"},
    {"#FileSystem", "dumpFile appendToFile put", "write content"},
    {"#FileSystem", "rename move", "move write"},
    {"Illuminate.Support.Facades.File", "deleteDirectory cleanDirectory", "delete-tree"},
    {"Illuminate.Support.Facades.File", "delete", "delete"},
    {"Illuminate.Support.Facades.Process", "run start", "command"},
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
    {"", "echo print", "", gives_plain_print},
    {"", "printf", "", gives_formatted_print},
    {"", "glob", "", gives_glob},
    {"", "scandir", "", gives_names_in},
    {"", "getenv", "", gives_variable},
    {"", "chdir", "folder"},
    {"", "getcwd", "", gives_here},
    {"", "sys_get_temp_dir", "", gives_temporary_folder},
    {"", "dirname", "", gives_folder_of},
    {"", "tempnam", "", gives_temporary},
    {"", "realpath", "", gives_first},
    {"", "eval assert", "code", gives_evaluated},
    {"", "create_function", "- code"},
    {"", "ReflectionFunction", "", gives_first},
    {"Closure", "fromCallable", "", gives_first},
    {"?", "invoke __invoke call", "", gives_object_called},
    {"?", "invokeArgs", "", gives_object_called},
    {"", "extract", "", gives_extracted},
    {"", "define", "", gives_defined},
    {"", "include include_once require require_once", "script"},
    {"",
     "call_user_func call_user_func_array forward_static_call forward_static_call_array register_shutdown_function "
     "register_tick_function",
     "", gives_called},
    {"", "array_map iterator_apply", "", gives_called_for_each},
    {"", "array_filter array_find array_any array_all", "", gives_sorted},
    {"", "sort rsort usort uasort uksort asort arsort ksort krsort natsort natcasesort array_multisort shuffle", "", gives_sorted_in_place},
    {"", "array_splice", "", gives_spliced},
    {"", "array_walk array_walk_recursive", "", gives_walked},
    {"", "parse_str", "", gives_parsed_query},
    {"", "preg_match preg_match_all sscanf", "", gives_matched},
    {"", "array_reduce", "", gives_reduced},
    {"", "ob_start spl_autoload_register set_error_handler set_exception_handler header_register_callback", "", gives_handled},
    {"", "preg_replace_callback", "", gives_handled},
    {"", "array_push array_unshift", "", gives_grown_first},
    {"", "array_merge", "", gives_all_lists},
    {"", "array_pop array_shift end reset current", "", gives_element},
    {"", "array_values", "", gives_values},
    {"", "explode", "", gives_exploded},
    {"", "substr", "", gives_part},
    {"", "strtolower", "", gives_lower},
    {"", "strtoupper", "", gives_upper},
    {"", "strtr", "", gives_transliterated},
    {"", "str_repeat", "", gives_repeated},
    {"", "urldecode rawurldecode", "", gives_unescaped},
    {"", "pack", "", gives_packed},
    {"", "vsprintf", "", gives_formatted},
    {"", "json_decode", "", gives_json},
    {"", "base64_decode", "", gives_base64},
    {"", "hex2bin", "", gives_hex},
    {"", "gzinflate gzuncompress gzdecode convert_uudecode", "", gives_unreadable},
    {"", "str_rot13", "", gives_rot13},
    {"", "strrev", "", gives_reversed},
    {"", "json_encode http_build_query", "", gives_serialised},
    {"", "chr", "", gives_characters},
    {"", "sprintf", "", gives_formatted},
    {"", "implode join", "", gives_perl_joined},
    {"", "trim ltrim rtrim", "", gives_trimmed},
    {"", "escapeshellarg escapeshellcmd strval", "", gives_first},
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
    .accessors = "-> :: ?. \\",
    .joins = ".",
    .assigns = "=",
    .words =
        "return if else elseif while and or new as function fn foreach for switch case try catch throw static public "
        "private global",
    .importers = "use",
    .environment = "$_ENV $_SERVER",
    .definers = "function fn",
    .own_folder = "__DIR__",
    .own_file = "__FILE__",
    .copies = Copies::all,
    .parameters = "$argv",
    .parameter_offset = 1,
    .callees = kCallees,
    .aliases = kAliases,
};

const Dialect& php() { return kPhp; }

}  // namespace belay::command::inline_code
