#include "command/inline/compiled.h"

#include "command/inline/tables.h"

/// Languages that are compiled: the calls in them that run, remove, write and fetch (POSIX XSH, C++ std::filesystem; packages os, os/exec of Go;
/// std::process and std::fs of Rust; std.fs of Zig; sysutils and unix of Free Pascal; Fortran 2008).
namespace belay::command::inline_code {

namespace {

constexpr Comment kSlashes[] = {{"//", "\n"}, {"/*", "*/"}};
constexpr Comment kFortranComments[] = {{"!", "\n"}};
constexpr Comment kPascalComments[] = {{"//", "\n"}, {"{", "}"}, {"(*", "*)"}};
constexpr StringForm kDouble[] = {{"R\"(", ")\"", Escape::none, Interpolation::none, true}, {"\"", "\""}, {"'", "'"}};
constexpr StringForm kGoStrings[] = {{"\"", "\""}, {"`", "`", Escape::none, Interpolation::none, true}, {"'", "'"}};
constexpr StringForm kRustStrings[] = {{"r#\"", "\"#", Escape::none, Interpolation::none, true}, {"r\"", "\"", Escape::none, Interpolation::none, true},
                                       {"\"", "\"", Escape::c_like, Interpolation::none, true}};
constexpr StringForm kQuoted[] = {{"'", "'", Escape::doubled}, {"\"", "\"", Escape::doubled}};

constexpr Callee kCCallees[] = {
    {"", "system wordexp", "sh"},
    {"", "popen _popen", "sh", gives_process},
    {"", "execl execlp execle", "program argv0 words..."},
    {"", "execv execvp execve execvpe", "program argv"},
    {"", "posix_spawn posix_spawnp", "- program - - argv"},
    {"", "remove unlink rmdir", "delete"},
    {"", "unlinkat", "- delete"},
    {"", "rename", "move write"},
    {"", "link symlink", "read write"},
    {"", "truncate mkdir chmod chown mkfifo creat", "write"},
    {"", "open", "open mode", gives_file},
    {"", "fopen freopen", "open mode", gives_file},
    {"", "fputs", "content handle"},
    {"", "fprintf", "handle content"},
    {"", "fwrite", "content - - handle"},
    {"", "dlopen", "library"},
    {"", "getenv", "", gives_variable},
    {"", "sprintf vsprintf asprintf", "", gives_printed_into},
    {"", "format", "", gives_filled},
    {"", "snprintf", "", gives_printed_into_limited},
    {"", "strcpy stpcpy strncpy", "", gives_copied_into},
    {"", "strcat strncat", "", gives_appended_to},
    {"?", "append push_back", "", gives_extended},
    {"", "ofstream fstream", "write", gives_file},
    {"", "ifstream", "read", gives_contents},
    {"", "include", "import"},
    {"fs", "remove_all", "delete-tree"},
    {"", "remove_all", "delete-tree"},
    {"fs", "remove", "delete"},
    {"fs", "rename", "move write"},
    {"fs", "copy copy_file", "read write"},
    {"fs", "path", "", gives_path},
    {"", "path", "", gives_path},
    {"", "string", "", gives_first},
    {"?", "c_str string str data", "", gives_object},
    {"QDir", "removeRecursively", "delete-tree"},
    {"QFile", "remove", "delete"},
    {"QProcess", "execute startDetached", "program words"},
};
constexpr Alias kCAliases[] = {{"std.filesystem", "fs"}, {"boost.filesystem", "fs"}, {"std.experimental.filesystem", "fs"}, {"std", ""}, {"boost.process", ""}};

constexpr Callee kGoCallees[] = {
    {"exec", "Command", "program words..."},
    {"exec", "CommandContext", "- program words..."},
    {"syscall", "Exec ForkExec", "program argv"},
    {"unix", "Exec", "program argv"},
    {"os", "StartProcess", "program argv"},
    {"os", "RemoveAll", "delete-tree"},
    {"os", "Remove", "delete"},
    {"syscall", "Unlink Rmdir", "delete"},
    {"unix", "Unlink Rmdir", "delete"},
    {"os", "Rename", "move write"},
    {"os", "WriteFile", "write content"},
    {"ioutil", "WriteFile", "write content"},
    {"os", "Create", "write", gives_file},
    {"os", "OpenFile", "open mode", gives_file},
    {"os", "Truncate Chmod Chown Mkdir MkdirAll", "write"},
    {"os", "Symlink Link", "read write"},
    {"os", "ReadFile Open", "read", gives_contents},
    {"ioutil", "ReadFile", "read", gives_contents},
    {"os", "Chdir", "folder"},
    {"os", "Getenv LookupEnv", "", gives_variable},
    {"os", "ExpandEnv", "", gives_expanded},
    {"os", "UserHomeDir", "", gives_home},
    {"os", "TempDir", "", gives_temporary_folder},
    {"os", "MkdirTemp CreateTemp", "", gives_temporary},
    {"?", "TempDir", "", gives_temporary},
    {"filepath", "Join", "", gives_joined_path},
    {"path", "Join", "", gives_joined_path},
    {"filepath", "Clean Abs", "", gives_first},
    {"filepath", "Glob", "", gives_glob},
    {"fmt", "Sprintf", "", gives_formatted},
    {"strings", "Join", "", gives_table_joined},
    {"strings", "Split", "", gives_first_split},
    {"strings", "Fields", "", gives_first_split},
    {"http", "Get Head", "url", gives_network},
    {"http", "Post", "url - body", gives_network},
    {"http", "PostForm", "url body", gives_network},
    {"http", "NewRequest", "method url body", gives_network},
    {"net", "Dial", "- host"},
};

constexpr Callee kRustCallees[] = {
    {"Command", "new", "", gives_builder},
    {"#Builder", "arg args", "", gives_builder_with},
    {"#Builder", "current_dir", "", gives_builder_in},
    {"#Builder", "env envs env_clear env_remove stdin stdout stderr arg0", "", gives_object},
    {"#Builder", "status output spawn exec", "", gives_builder_started},
    {"fs", "remove_dir_all", "delete-tree"},
    {"fs", "remove_file remove_dir", "delete"},
    {"fs", "rename", "move write"},
    {"fs", "copy", "read write"},
    {"fs", "write", "write content"},
    {"fs", "create_dir create_dir_all set_permissions", "write"},
    {"fs", "read read_to_string", "read", gives_contents},
    {"File", "create", "write", gives_file},
    {"File", "open", "read", gives_contents},
    {"OpenOptions", "new", "", gives_open_options},
    {"File", "options", "", gives_open_options},
    {"#OpenOptions", "append write create create_new truncate", "", gives_writing_options},
    {"#OpenOptions", "read mode", "", gives_object},
    {"#OpenOptions", "open", "read", gives_contents},
    {"#WriteOptions", "append write create create_new truncate read mode", "", gives_object},
    {"#WriteOptions", "open", "write", gives_file},
    {"", "module_file", "import"},
    {"env", "var var_os", "", gives_variable},
    {"env", "home_dir", "", gives_home},
    {"dirs", "home_dir", "", gives_home},
    {"env", "temp_dir", "", gives_temporary_folder},
    {"env", "set_current_dir", "folder"},
    {"Path", "new", "", gives_path},
    {"PathBuf", "from new", "", gives_path},
    {"#Path", "join", "", gives_below},
    {"String", "from", "", gives_first},
    {"CString", "new", "", gives_first},
    {"", "format", "", gives_filled},
    {"", "system", "sh"},
    {"", "unlink remove rmdir", "delete"},
    {"?", "unwrap expect unwrap_or_default to_string into to_owned clone as_str as_ref as_ptr to_str as_path display", "", gives_object},
};
constexpr Alias kRustAliases[] = {{"std.process", ""}, {"tokio.process", ""}, {"std.fs", "fs"}, {"tokio.fs", "fs"}, {"fs_err", "fs"}, {"std.env", "env"}, {"std.path", ""},
                                  {"std.ffi", ""},     {"libc", ""},          {"nix.unistd", ""}, {"fs.File", "File"}, {"fs.OpenOptions", "OpenOptions"}, {"process.Command", "Command"}, {"std", ""}};

constexpr Callee kZigCallees[] = {
    {"?", "deleteTreeAbsolute deleteTree", "delete-tree"},
    {"?", "deleteFileAbsolute deleteDirAbsolute deleteFile deleteDir", "delete"},
    {"?", "renameAbsolute", "move write"},
    {"std.process.Child", "init run", "command|argv"},
    {"std.ChildProcess", "init exec run", "command|argv"},
    {"std.process", "execv execve", "- argv"},
    {"?", "system", "sh"},
};

constexpr Callee kPascalCallees[] = {
    {"", "executeprocess runcommand", "sh words..."},
    {"", "fpsystem shell", "sh"},
    {"", "deletefile removedir rmdir fpunlink fprmdir", "delete"},
    {"", "deletedirectory", "delete-tree"},
    {"", "renamefile", "move write"},
};

constexpr Callee kFortranCallees[] = {
    {"", "execute_command_line system", "sh"},
    {"", "unlink", "delete"},
};

constexpr std::string_view kCWords =
    "return if else while do for switch case default break continue goto struct union enum typedef static const extern inline volatile register sizeof unsigned signed char int long "
    "short float double void bool auto FILE size_t ssize_t new delete using namespace class public private protected virtual try catch throw template typename std::string";
constexpr std::string_view kGoWords = "return if else for range var const func go defer switch case default break continue package type struct interface map chan select";
constexpr std::string_view kRustWords = "return if else for while loop let mut fn pub use mod match unsafe impl struct enum trait const static move async await ref where crate";

constexpr Dialect kC{.language = "c", .traits = Trait::whole_programs | Trait::adjacent_texts | Trait::path_slash | Trait::typed, .comments = kSlashes, .strings = kDouble, .accessors = ". -> ::", .joins = "+ |",
                     .assigns = "=", .words = kCWords, .parameters = "argv", .parameter_offset = 1, .callees = kCCallees, .aliases = kCAliases};
constexpr Dialect kGo{.language = "go", .traits = Trait::whole_programs | Trait::newline_ends | Trait::name_first, .comments = kSlashes, .strings = kGoStrings, .accessors = ".", .joins = "+ |", .assigns = "= :=",
                      .words = kGoWords, .definers = "func", .parameters = "os.Args", .parameter_offset = 1, .callees = kGoCallees};
constexpr Dialect kRust{.language = "rust", .traits = Trait::whole_programs | Trait::typed_behind, .comments = kSlashes, .strings = kRustStrings, .accessors = ". ::", .joins = "+", .assigns = "=", .words = kRustWords, .definers = "fn", .callees = kRustCallees,
                        .aliases = kRustAliases};
constexpr Dialect kZig{.language = "zig", .traits = Trait::whole_programs | Trait::typed_behind, .comments = kSlashes, .strings = kDouble, .accessors = ".", .joins = "++", .assigns = "=",
                       .words = "return if else for while var const fn pub try catch defer switch comptime", .definers = "fn", .callees = kZigCallees};
constexpr Dialect kPascal{.language = "pascal", .traits = static_cast<std::uint32_t>(Trait::whole_programs), .comments = kPascalComments, .strings = kQuoted, .accessors = ".", .joins = "+", .assigns = ":=",
                          .words = "begin end if then else while do for var const procedure function uses program", .callees = kPascalCallees};
constexpr Dialect kFortran{.language = "fortran", .traits = Trait::whole_programs | Trait::newline_ends, .comments = kFortranComments, .strings = kQuoted, .accessors = "%", .joins = "//", .assigns = "=",
                           .words = "call program end if then else do subroutine function", .callees = kFortranCallees};

}  // namespace

const Dialect& c_like() { return kC; }
const Dialect& go() { return kGo; }
const Dialect& rust() { return kRust; }
const Dialect& zig() { return kZig; }
const Dialect& pascal() { return kPascal; }
const Dialect& fortran() { return kFortran; }

}  // namespace belay::command::inline_code
