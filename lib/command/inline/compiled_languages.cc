#include "command/inline/compiled.h"

#include <array>

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
    {"", "system popen _popen wordexp", "sh"},
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
    {"", "sprintf", "", gives_printed_into},
    {"", "snprintf", "", gives_printed_into_limited},
    {"", "strcpy stpcpy", "", gives_copied_into},
    {"", "strcat", "", gives_appended_to},
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
    {"os", "Truncate Chmod Chown Mkdir MkdirAll", "write"},
    {"os", "Symlink Link", "read write"},
    {"os", "ReadFile Open", "read", gives_contents},
    {"ioutil", "ReadFile", "read", gives_contents},
    {"os", "Chdir", "folder"},
    {"os", "Getenv", "", gives_variable},
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
    {"http", "Post PostForm", "url - body", gives_network},
    {"http", "NewRequest", "method url body", gives_network},
    {"net", "Dial", "- host"},
};

constexpr Callee kRustCallees[] = {
    {"Command", "new", "", gives_builder},
    {"#Builder", "arg args", "", gives_builder_with},
    {"#Builder", "current_dir env stdin stdout stderr", "", gives_object},
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
    {"", "format", "", gives_formatted},
    {"", "system", "sh"},
    {"", "unlink remove rmdir", "delete"},
    {"?", "unwrap expect unwrap_or_default to_string into to_owned clone as_str as_ref as_ptr to_str as_path display", "", gives_object},
};
constexpr Alias kRustAliases[] = {{"std.process", ""}, {"tokio.process", ""}, {"std.fs", "fs"}, {"tokio.fs", "fs"}, {"fs_err", "fs"}, {"std.env", "env"}, {"std.path", ""},
                                  {"std.ffi", ""},     {"libc", ""},          {"nix.unistd", ""}, {"fs.File", "File"}, {"process.Command", "Command"}, {"std", ""}};

constexpr Callee kZigCallees[] = {
    {"?", "deleteTreeAbsolute deleteTree", "delete-tree"},
    {"?", "deleteFileAbsolute deleteDirAbsolute deleteFile deleteDir", "delete"},
    {"?", "renameAbsolute", "move write"},
    {"std.process.Child", "init", "command"},
    {"std.process", "execv execve", "- argv"},
    {"?", "system", "sh"},
};

constexpr Callee kPascalCallees[] = {
    {"", "ExecuteProcess executeprocess RunCommand", "sh words..."},
    {"", "fpSystem fpsystem FpSystem shell", "sh"},
    {"", "DeleteFile deletefile RemoveDir removedir rmdir", "delete"},
    {"", "DeleteDirectory deletedirectory", "delete-tree"},
    {"", "RenameFile renamefile", "move write"},
};

constexpr Callee kFortranCallees[] = {
    {"", "execute_command_line EXECUTE_COMMAND_LINE system SYSTEM", "sh"},
    {"", "unlink UNLINK", "delete"},
};

constexpr std::string_view kCWords =
    "return if else while do for switch case default break continue goto struct union enum typedef static const extern inline volatile register sizeof unsigned signed char int long "
    "short float double void bool auto FILE size_t ssize_t new delete using namespace class public private protected virtual try catch throw template typename std::string";
constexpr std::string_view kGoWords = "return if else for range var const func go defer switch case default break continue package type struct interface map chan select";
constexpr std::string_view kRustWords = "return if else for while loop let mut fn pub use mod match unsafe impl struct enum trait const static move async await ref where crate";

constexpr Dialect kC{.language = "c", .traits = Trait::whole_programs | Trait::adjacent_texts, .comments = kSlashes, .strings = kDouble, .accessors = ". -> ::", .joins = "+",
                     .assigns = "=", .words = kCWords, .callees = kCCallees, .aliases = kCAliases};
constexpr Dialect kGo{.language = "go", .traits = Trait::whole_programs | Trait::newline_ends, .comments = kSlashes, .strings = kGoStrings, .accessors = ".", .joins = "+", .assigns = "= :=",
                      .words = kGoWords, .callees = kGoCallees};
constexpr Dialect kRust{.language = "rust", .traits = static_cast<std::uint32_t>(Trait::whole_programs), .comments = kSlashes, .strings = kRustStrings, .accessors = ". ::", .joins = "+", .assigns = "=", .words = kRustWords, .callees = kRustCallees,
                        .aliases = kRustAliases};
constexpr Dialect kZig{.language = "zig", .traits = static_cast<std::uint32_t>(Trait::whole_programs), .comments = kSlashes, .strings = kDouble, .accessors = ".", .joins = "++", .assigns = "=",
                       .words = "return if else for while var const fn pub try catch defer switch comptime", .callees = kZigCallees};
constexpr Dialect kPascal{.language = "pascal", .traits = static_cast<std::uint32_t>(Trait::whole_programs), .comments = kPascalComments, .strings = kQuoted, .accessors = ".", .joins = "+", .assigns = ":=",
                          .words = "begin end if then else while do for var const procedure function uses program", .callees = kPascalCallees};
constexpr Dialect kFortran{.language = "fortran", .traits = Trait::whole_programs | Trait::newline_ends, .comments = kFortranComments, .strings = kQuoted, .accessors = "%", .joins = "//", .assigns = "=",
                           .words = "call program end if then else do subroutine function CALL", .callees = kFortranCallees};

/// Spellings that the reader of expressions does not have, and the same in others.
struct Rewrite {
  std::string_view language;
  std::string_view from;
  std::string_view to;
};
constexpr std::array kRewrites{
    Rewrite{"c", "O_RDONLY", "\"r\""},     Rewrite{"c", "O_WRONLY", "\"w\""},      Rewrite{"c", "O_RDWR", "\"w\""},
    Rewrite{"c", "[]", ""},                Rewrite{"c", "(char*)", ""},            Rewrite{"c", "(char *)", ""},
    Rewrite{"c", "(const char*)", ""},     Rewrite{"c", "(const char *)", ""},     Rewrite{"c", "std::string ", ""},
    Rewrite{"c", ", NULL)", ")"},          Rewrite{"c", ",NULL)", ")"},            Rewrite{"c", ", NULL}", "}"},
    Rewrite{"c", ",NULL}", "}"},           Rewrite{"c", ", 0)", ")"},              Rewrite{"c", ",0)", ")"},
    Rewrite{"c", ", 0}", "}"},             Rewrite{"c", ",0}", "}"},               Rewrite{"c", ", nullptr)", ")"},
    Rewrite{"c", ",nullptr)", ")"},        Rewrite{"c", ", nullptr}", "}"},        Rewrite{"c", ",nullptr}", "}"},
    Rewrite{"go", "[]string{", "{"},       Rewrite{"go", ", err :=", " :="},       Rewrite{"go", ",err:=", ":="},
    Rewrite{"go", ", _ :=", " :="},        Rewrite{"go", ",_:=", ":="},            Rewrite{"go", ", err =", " ="},
    Rewrite{"go", "[]byte(", "("},         Rewrite{"rust", "vec![", "["},          Rewrite{"rust", "format!(", "format("},
    Rewrite{"java", "new String[]{", "{"}, Rewrite{"java", "new String[] {", "{"}, Rewrite{"zig", "&.{", "{"},
    Rewrite{"zig", "&[_][]const u8{", "{"},
};

Text replaced_all(const Text& code, std::string_view from, std::string_view to) {
  auto at = code.view().find(from);
  if (at == std::string_view::npos) return code;
  Text out;
  std::size_t begin = 0;
  for (; at != std::string_view::npos; at = code.view().find(from, begin)) {
    out.append(code.substr(begin, at - begin));
    out.append(to);
    begin = at + from.size();
  }
  out.append(code.substr(begin));
  return out;
}

/// `#define NAME text` is `NAME = text;`; what else the preprocessor is told binds nothing.
Text without_directives(const Text& code) {
  constexpr std::string_view kDefine = "#define ";
  if (code.view().find('#') == std::string_view::npos) return code;
  Text out;
  for (std::size_t begin = 0; begin < code.size();) {
    const std::size_t end = std::min(code.view().find('\n', begin), code.size());
    const Text line = code.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t blank = line.view().find(' ', kDefine.size());
    if (line.view().starts_with(kDefine) && blank != std::string_view::npos) {
      out.append(line.substr(kDefine.size(), blank - kDefine.size()));
      out.append(" =");
      out.append(line.substr(blank));
      out.append(";");
    } else if (!line.view().starts_with("#")) {
      out.append(line);
    }
    out.append("\n");
  }
  return out;
}

}  // namespace

Text respelled(std::string_view language, const Text& code) {
  Text out = language == "c" ? without_directives(code) : code;
  for (const Rewrite& row : kRewrites) {
    if (row.language == language) out = replaced_all(out, row.from, row.to);
  }
  return out;
}

const Dialect& c_like() { return kC; }
const Dialect& go() { return kGo; }
const Dialect& rust() { return kRust; }
const Dialect& zig() { return kZig; }
const Dialect& pascal() { return kPascal; }
const Dialect& fortran() { return kFortran; }

}  // namespace belay::command::inline_code
