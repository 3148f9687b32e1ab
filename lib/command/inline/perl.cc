#include "command/inline/printing.h"
#include "command/inline/tables.h"

/// Perl 5 (perlfunc, File::Path, File::Copy, Path::Tiny, LWP, HTTP::Tiny) and Raku.
namespace belay::command::inline_code {

namespace {

constexpr Comment kComments[] = {{"#", "\n"}, {"=pod", "\n=cut"}, {"=head", "\n=cut"}, {"=begin", "\n=cut"}};
constexpr StringForm kStrings[] = {
    {"\"", "\"", Escape::c_like, Interpolation::sigils, true},
    {"'", "'", Escape::quote_only, Interpolation::none, true},
    {"`", "`", Escape::c_like, Interpolation::sigils, true, true},
};

constexpr Callee kCallees[] = {
    {"", "system exec", "command words..."},
    {"#argv0", "call", "program argv0 words..."},
    {"POSIX", "system", "command words..."},
    {"", "unlink rmdir", "delete..."},
    {"", "rename", "move write"},
    {"", "open", "- perl-mode words...", gives_perl_handle},
    {"#Process", "print printf say send", "told"},
    {"#out", "print printf say write syswrite", "self=handle content"},
    {"", "select", "", gives_selected},
    {"IO.Pipe", "writer", "command words...", gives_process},
    {"?", "writer", "command words...", gives_process_of_object},
    {"Expect", "spawn new", "command words...", gives_process},
    {"?", "can", "", gives_own_member},
    {"", "can", "", gives_own_member},
    {"", "push unshift", "", gives_grown_first},
    {"", "lc", "", gives_lower},
    {"", "uc", "", gives_upper},
    {"", "substr", "", gives_substituted_part},
    {"", "splice", "", gives_spliced},
    {"", "chop", "", gives_chopped},
    {"", "shift pop", "", gives_shifted},
    {"", "sysopen", "- read write-maybe"},
    {"", "chdir", "folder"},
    {"", "truncate", "write"},
    {"", "chmod", "- write..."},
    {"", "chown utime", "- - write..."},
    {"", "mkdir", "write"},
    {"", "symlink link", "read write"},
    {"", "glob", "", gives_glob_at_home},
    {"", "readdir", "", gives_names_in},
    {"", "readline", "", gives_input_lines},
    {"", "read_given", "", gives_given_files},  // `<>` and `<ARGV>`, as the lexer has it
    {"", "eval", "code", gives_evaluated},
    {"", "print printf say", "", gives_perl_print},
    {"", "require do", "import"},
    {"", "syscall", "opaque"},
    {"", "join", "", gives_perl_joined},
    {"", "reverse", "", gives_reversed},
    {"", "encode_json to_json", "", gives_serialised},
    {"", "chr", "", gives_characters},
    {"", "pack", "", gives_packed},
    {"", "sprintf", "", gives_formatted},
    {"File.Path", "rmtree remove_tree", "delete-tree..."},
    {"File.Path", "mkpath make_path", "write..."},
    {"File.Copy", "copy cp", "read write"},
    {"File.Copy", "move mv", "move write"},
    {"File.Copy.Recursive", "rcopy dircopy", "read-tree write-tree"},
    {"File.Copy.Recursive", "pathrmdir", "delete-tree"},
    {"File.Slurp", "read_file slurp", "read", gives_contents},
    {"File.Slurp", "write_file append_file", "write content"},
    {"File.Spec", "catfile catdir", "", gives_joined_path},
    {"File.Temp", "tempdir tempfile", "", gives_temporary},
    {"Path.Tiny", "path", "", gives_path},
    {"Mojo.File", "path", "", gives_path},
    {"#Path", "remove", "self=delete"},
    {"#Path", "remove_tree", "self=delete-tree"},
    {"#Path", "spew spew_utf8 spew_raw append spurt", "self=write content"},
    {"#Path", "slurp slurp_utf8 slurp_raw lines", "self=read", gives_contents},
    {"#Path", "move", "self=move write"},
    {"#Path", "copy", "self=read write"},
    {"#Path", "touch mkpath mkdir", "self=write"},
    {"#Path", "child", "", gives_below},
    {"IO.File", "new", "pipe mode", gives_process},
    {"IPC.Open2", "open2", "- - command words...", gives_second_handle},
    {"IPC.Open3", "open3", "- - - command words...", gives_second_handle},
    {"IPC.System.Simple", "systemx capturex runx", "program words..."},
    {"IPC.System.Simple", "capture run", "command words..."},
    {"IPC.Run", "run start", "command stdin"},
    {"IPC.Run3", "run3", "command stdin"},
    {"IPC.Cmd", "run", "=command|command"},
    {"Proc.Background", "new", "command words..."},
    {"File.Remove", "remove", "- delete-tree..."},
    {"File.Find", "find finddepth", "", gives_found},
    {"Path.Class", "dir file", "", gives_path},
    {"#Path", "rmtree", "self=delete-tree"},
    {"Net.OpenSSH", "new", "", gives_remote},
    {"#Remote", "system capture", "remote"},
    {"POSIX", "remove unlink rmdir", "delete"},
    {"POSIX", "execvp", "program words..."},
    {"LWP.Simple", "get head", "url", gives_network},
    {"LWP.Simple", "getstore mirror", "url write"},
    {"LWP.UserAgent", "new", "", gives_session},
    {"HTTP.Tiny", "new", "", gives_session},
    {"Mojo.UserAgent", "new", "", gives_session},
    {"#Session", "get head delete", "url", gives_network},
    {"#Session", "post put patch", "url body", gives_network},
    {"#Session", "request", "method url body|content", gives_network},
    {"#Session", "mirror", "url write"},
    {"HTTP.Request", "new", "method url", gives_network},
    {"IO.Socket.INET", "new", "host|PeerAddr|PeerHost port|PeerPort"},
    {"MIME.Base64", "decode_base64 decode", "", gives_base64},
};

constexpr Alias kAliases[] = {
    {"CORE", ""}, {"GLOBAL", ""}, {"main", ""}, {"File.Path.Tiny", "File.Path"}, {"File.Slurper", "File.Slurp"},
};

constexpr std::string_view kWords =
    "my our local state return if unless while until and or not x eq ne lt gt le ge cmp for foreach sub else elsif defined given "
    "when BEGIN END last next redo die warn";

constexpr std::string_view kRakuWords =
    "my our local state return if unless while until and or not x eq ne lt gt le ge cmp for foreach sub else elsif defined given "
    "when BEGIN END last next redo print say printf die warn push";

constexpr Callee kRakuCallees[] = {
    {"", "shell", "sh"},
    {"", "run", "program words..."},
    {"Proc.Async", "new", "program words..."},
    {"", "unlink rmdir", "delete..."},
    {"", "rename move", "move write"},
    {"", "copy", "read write"},
    {"", "spurt", "write content"},
    {"", "slurp open", "read", gives_contents},
    {"", "EVAL", "code"},
    {"?", "unlink", "self=delete"},
    {"?", "rmdir", "self=delete"},
    {"?", "spurt", "self=write content"},
    {"?", "slurp lines", "self=read", gives_contents},
    {"?", "IO", "attribute", gives_object},
};

}  // namespace

constexpr Dialect kPerl{
    .language = "perl",
    .traits = Trait::quote_operators | Trait::heredocs | Trait::slash_regex | Trait::bare_calls | Trait::sigils |
              Trait::default_argument | Trait::text_calls | Trait::angle_globs | Trait::line_variable,
    .comments = kComments,
    .strings = kStrings,
    .name_start = "$@%",
    .accessors = "-> ::",
    .joins = ".",
    .assigns = "=",
    .words = kWords,
    .importers = "use no",
    .environment = "$ENV",
    .definers = "sub",
    .programs = "Shell",
    .keeps =
        "print printf say scalar keys values each exists defined ref join map grep sort reverse wantarray die warn bless length sprintf Dumper encode_json to_json first any "
        "all none sum sum0 max min uniq exit local lc uc index pos pack Data List Scalar JSON",
    .copies = Copies::all,
    .parameters = "$ARGV $_ARGV",
    .callees = kCallees,
    .aliases = kAliases,
};

constexpr Dialect kRaku{
    .language = "raku",
    .traits = Trait::quote_operators | Trait::bare_calls | Trait::sigils,
    .comments = kComments,
    .strings = kStrings,
    .name_start = "$@%",
    .name_part = "-",
    .accessors = ". ::",
    .joins = "~",
    .assigns = "=",
    .words = kRakuWords,
    .importers = "use no",
    .environment = "$ENV",
    .parameters = "$ARGS",
    .callees = kRakuCallees,
};

const Dialect& perl() { return kPerl; }
const Dialect& raku() { return kRaku; }

}  // namespace belay::command::inline_code
