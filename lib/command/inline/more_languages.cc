#include "command/inline/printing.h"
#include "command/inline/tables.h"

/// R, Julia, Elixir, Erlang, Lisps, OCaml, the languages of the Java machine, Octave, Nim: what runs, removes, writes and fetches in each.
namespace belay::command::inline_code {

namespace {

constexpr Comment kHash[] = {{"#", "\n"}};
constexpr Comment kSlashes[] = {{"//", "\n"}, {"/*", "*/"}};
constexpr StringForm kPlain[] = {{"\"", "\"", Escape::c_like, Interpolation::none, true}, {"'", "'", Escape::c_like, Interpolation::none, true}};
constexpr StringForm kDoubleOnly[] = {{"\"", "\"", Escape::c_like, Interpolation::none, true}};

// --- R -------------------------------------------------------------------------------------------------------------------------------

constexpr StringForm kRStrings[] = {{"\"", "\"", Escape::c_like, Interpolation::none, true}, {"'", "'", Escape::c_like, Interpolation::none, true}};
constexpr Callee kRCallees[] = {
    {"", "system shell", "sh|command"},
    {"", "pipe", "sh|description"},
    {"", "system2", "program|command words|args"},
    {"", "unlink", "delete-flag|x recursive|recursive"},
    {"file", "remove", "delete..."}, {"file", "rename", "move|from write|to"},
    {"file", "copy", "read|from write|to"},
    {"file", "symlink link append", "write|to write"},
    {"file", "create", "write..."},
    {"file", "path", "", gives_joined_path},
    {"", "file gzfile", "open|description mode|open", gives_file},
    {"", "readLines scan readRDS source_lines readChar readBin", "read|con|file", gives_contents},
    {"read", "csv table delim csv2", "read|file", gives_contents},
    {"write", "csv table csv2", "- write|file"},
    {"", "writeLines", "content|text write|con"},
    {"", "write saveRDS save", "- write|file"},
    {"", "cat", "=write|file"},
    {"", "sink", "write|file"},
    {"", "load", "read|file"},
    {"", "source", "script"},
    {"dir", "create", "write|path"},
    {"Sys", "chmod", "write|paths"},
    {"Sys", "getenv", "", gives_variable},
    {"download", "file", "url|url write|destfile"},
    {"", "url", "url", gives_network},
    {"", "paste0", "", gives_concatenated},
    {"", "paste", "", gives_pasted},
    {"", "sprintf", "", gives_formatted},
    {"path", "expand", "", gives_home_expanded},
    {"", "normalizePath", "", gives_first},
    {"Sys", "glob", "", gives_glob},
    {"", "c list", "", gives_list},
    {"", "eval evalq", "code"},
    {"", "parse", "", gives_parsed},
    {"do", "call", "", gives_do_called},
    {"", "get", "", gives_module},
    {"match", "fun", "", gives_module},
    {"", "sapply lapply vapply walk", "", gives_element_called},
    {"", "Map Filter Reduce", "", gives_called_for_each},
    {"list", "files dirs", "", gives_paths_in},
    {"fs", "file_delete dir_delete", "delete-tree"},
    {"fs", "file_move", "move write"},
    {"processx", "run", "program words"},
    {"sys", "exec_wait exec_background exec_internal", "program words"},
    {"readr", "read_file read_lines read_csv read_tsv read_delim read_rds read_file_raw", "read|file", gives_contents},
    {"data.table", "fread", "read", gives_contents},
    {"jsonlite", "read_json fromJSON", "read", gives_contents},
    {"httr", "upload_file", "read", gives_contents},
    {"curl", "form_file", "read", gives_contents},
    {"httr", "POST PUT PATCH", "url|url - body|body", gives_network}, {"httr", "GET DELETE HEAD", "url|url", gives_network},
};
constexpr Alias kRAliases[] = {{"base", ""}, {"utils", ""}, {"xfun", ""}};

// --- Julia ---------------------------------------------------------------------------------------------------------------------------

constexpr Comment kJuliaComments[] = {{"#=", "=#"}, {"#", "\n"}};
constexpr StringForm kJuliaStrings[] = {
    {R"(""")", R"(""")", Escape::c_like, Interpolation::dollar_parens, true},
    {"\"", "\"", Escape::c_like, Interpolation::dollar_parens, true},
    {"`", "`", Escape::c_like, Interpolation::dollar_parens, true, true},
    {"'", "'"},
};
constexpr Callee kJuliaCallees[] = {
    {"", "run readchomp success pipeline", "command"},
    {"", "read readlines eachline", "pipe", gives_contents},
    {"", "ccall", "- - - sh"},
    {"", "getfield getproperty", "", gives_member},
    {"", "rm", "delete-flag recursive|recursive"},
    {"", "mv", "move write"},
    {"", "cp", "read-tree write-tree"},
    {"", "write", "write content"},
    {"", "open", "pipe mode", gives_file_given},
    {"", "touch mkdir mkpath chmod symlink", "write"},
    {"", "download", "url write"},
    {"Downloads", "download", "url write"},
    {"HTTP", "get post put patch delete", "url - body", gives_network},
    {"", "joinpath", "", gives_joined_path},
    {"", "homedir", "", gives_home},
    {"", "expanduser", "", gives_home_expanded},
    {"", "pwd", "", gives_here},
    {"", "string", "", gives_concatenated},
    {"", "include", "script"},
    {"", "eval", "code"},
    {"Meta", "parse", "", gives_parsed},
    {"", "include_string", "- code"},
    {"Base", "run", "command"},
    {"", "readdir", "", gives_names_or_paths},
    {"", "foreach map", "", gives_called_for_each},
};
constexpr Alias kJuliaAliases[] = {{"Base.Filesystem", ""}, {"Base", ""}, {"Main", ""}};

// --- Elixir, Erlang --------------------------------------------------------------------------------------------------------------------

constexpr StringForm kElixirStrings[] = {
    {R"(""")", R"(""")", Escape::c_like, Interpolation::hash_brace, true}, {"\"", "\"", Escape::c_like, Interpolation::hash_brace, true}, {"'", "'", Escape::c_like, Interpolation::hash_brace, true},
};
constexpr Callee kElixirCallees[] = {
    {"System", "cmd", "program words options"},
    {"System", "shell", "sh"},
    {"System", "get_env", "", gives_variable},
    {"System", "user_home user_home!", "", gives_home},
    {":os", "cmd", "sh"},
    {"Port", "open", "opaque"},
    {"File", "rm rm! rmdir rmdir!", "delete"},
    {"File", "rm_rf rm_rf!", "delete-tree"},
    {"File", "write write! touch touch! mkdir mkdir! mkdir_p mkdir_p! chmod chmod!", "write content"},
    {"File", "read read! stream!", "read", gives_contents},
    {"File", "rename rename!", "move write"},
    {"File", "cp cp! copy copy!", "read write"},
    {"File", "cp_r cp_r!", "read-tree write-tree"},
    {"Path", "join", "", gives_joined_path},
    {"Path", "expand", "", gives_home_expanded},
    {"Path", "wildcard", "", gives_glob},
    {"Code", "eval_string", "code"},
    {"Code", "eval_file require_file", "script"},
    {"", "to_charlist", "", gives_first},
    {"", "apply spawn spawn_link", "", gives_function_applied},
    {"Kernel", "apply", "", gives_function_applied},
    {"Task", "async start start_link", "", gives_function_applied},
    {"Enum", "each map", "", gives_element_called},
    {"HTTPoison", "get get! post post! put put! patch patch! delete delete!", "url body", gives_network},
    {"Req", "get get! post post! put put! patch patch! delete delete!", "url", gives_network},
};
constexpr Comment kErlangComments[] = {{"%", "\n"}};
constexpr Callee kErlangCallees[] = {
    {"os", "cmd", "sh"},
    {"file", "delete del_dir", "delete"},
    {"file", "del_dir_r", "delete-tree"},
    {"file", "write_file make_dir change_mode", "write content"},
    {"file", "read_file consult", "read", gives_contents},
    {"file", "rename", "move write"},
    {"file", "copy", "read write"},
    {"file", "eval script", "script"},
    {"", "open_port", "opaque"},
    {"erlang", "open_port", "opaque"},
    {"httpc", "request", "url", gives_network},
    {"filename", "join", "", gives_joined_path},
    {"", "apply spawn spawn_link", "", gives_function_applied},
    {"erlang", "apply spawn", "", gives_function_applied},
    {"lists", "foreach map", "", gives_called_for_each},
};

// --- Lisps ---------------------------------------------------------------------------------------------------------------------------

constexpr Comment kLispComments[] = {{"#|", "|#"}, {";", "\n"}};
constexpr Callee kLispCallees[] = {
    {"",
     "system shell-command shell-command-to-string async-shell-command call-process-shell-command run-shell-command "
     "uiop:run-program ext:shell ext:run-shell-command process/ports process open-pipe open-input-pipe open-output-pipe "
     "si:system ext:system sys-system os/shell "
     "launch-program uiop:launch-program",
     "sh"},
    {"", "call-process", "program - - - words..."},
    {"", "start-process", "- - program words..."},
    {"", "make-process", "=command|command"},
    {"", "system* execl execlp run-program ext:run-program sb-ext:run-program ccl:run-program process* process*/ports",
     "program words... =words|arguments"},
    {"", "exec", "- command"},  // (.exec (Runtime/getRuntime) "…")
    {"", "open-pipe*", "- program words..."},
    {"", "subprocess", "- - - program words..."},
    {"", "sh shell shell/sh s/sh sh/sh process/shell p/shell os/execute", "command words..."},
    {"os", "execute", "sh"},
    {"io", "popen", "sh"},
    {"os", "remove", "delete"},  // of fennel
    {"", "os/rm os/rmdir", "delete"},
    {"", "sb-ext:delete-directory", "delete-tree"},
    {"", "funcall apply", "", gives_called},
    {"", "quote function", "", gives_first},
    {"", "intern", "", gives_module},
    {"", "list", "", gives_list},
    {"", "eval", "code"},
    {"", "read read-from-string", "", gives_first},
    {"", "delete-file rmdir uiop:delete-file-if-exists io/delete-file fs/delete", "delete"},
    {"", "fs/delete-tree", "delete-tree"},
    {"", "spit", "write content"},
    {"", "slurp", "read", gives_contents},
    {"", "delete-directory", "delete-flag recursive"},
    {"", "delete-directory/files delete-file-recursively uiop:delete-directory-tree", "delete-tree"},
    {"", "rename-file rename-file-or-directory", "move write"},
    {"", "copy-file", "read write"},
    {"", "copy-directory", "read-tree write-tree"},
    {"", "write-region", "- - write"},
    {"", "open-output-file with-output-to-file call-with-output-file make-directory chmod truncate-file", "write"},
    {"", "with-temp-file", "write"},
    {"",
     "insert-file-contents open-input-file find-file find-file-noselect with-input-from-file call-with-input-file file->string",
     "read", gives_contents},
    {"", "load load-file primitive-load", "script"},
    {"", "eval-string", "code"},
    {"", "concat string-append", "", gives_concatenated},
    {"", "expand-file-name", "", gives_home_expanded},
    {"", "getenv", "", gives_variable},
    {"", "url-retrieve url-retrieve-synchronously", "url", gives_network},
};

constexpr Alias kLispAliases[] = {{"clojure.java", ""}, {"babashka", ""}};

// --- OCaml, Nim, Octave ------------------------------------------------------------------------------------------------------------------

constexpr Comment kOcamlComments[] = {{"(*", "*)"}};
constexpr Callee kOcamlCallees[] = {
    {"", "system command", "sh"},  // after `open Unix`, `open Sys`
    {"Sys", "command", "sh"},
    {"Unix", "system open_process_in open_process_out open_process", "sh"},
    {"Unix", "execv execvp", "program argv"},
    {"Sys", "remove rmdir", "delete"},
    {"Unix", "unlink rmdir", "delete"},
    {"Sys", "rename", "move write"},
    {"Unix", "rename", "move write"},
    {"", "open_out open_out_bin", "write"},
    {"", "open_in open_in_bin", "read", gives_contents},
    {"Sys", "getenv", "", gives_variable},
};
constexpr Callee kNimCallees[] = {
    {"", "execShellCmd execCmd execCmdEx staticExec gorge exec", "sh"},
    {"", "execProcess startProcess", "program words"},
    {"", "removeFile", "delete"},
    {"", "removeDir", "delete-tree"},
    {"", "moveFile moveDir", "move write"},
    {"", "copyFile", "read write"},
    {"", "writeFile createDir", "write content"},
    {"", "readFile", "read", gives_contents},
    {"", "getHomeDir", "", gives_home},
    {"", "getEnv", "", gives_variable},
};
constexpr Callee kOctaveCallees[] = {
    {"", "system shell_cmd unix dos", "sh"},
    {"", "popen", "sh"},
    {"", "feval", "", gives_sent_plain},
    {"", "unlink delete", "delete"},
    {"", "rmdir", "delete-flag recursive"},
    {"", "confirm_recursive_rmdir", ""},
    {"", "rename movefile", "move write"},
    {"", "copyfile", "read write"},
    {"", "fopen", "open mode", gives_file},
    {"", "fileread textread csvread", "read", gives_contents},
    {"", "urlread", "url", gives_network},
    {"", "urlwrite", "url write"},
    {"", "eval evalc", "code"},
    {"", "source run", "script"},
    {"", "getenv", "", gives_variable},
    {"", "strcat", "", gives_concatenated},
};

// --- the Java machine --------------------------------------------------------------------------------------------------------------------

constexpr StringForm kJavaStrings[] = {
    {R"(""")", R"(""")", Escape::c_like, Interpolation::dollar_brace, true}, {"'''", "'''", Escape::c_like, Interpolation::none, true},
    {"\"", "\"", Escape::c_like, Interpolation::dollar_brace}, {"'", "'"},
};
constexpr Callee kJavaCallees[] = {
    {"", "exec", "command"},  // of jrunscript(1), as the three below
    {"", "cp", "read write"},
    {"", "cat", "read", gives_contents},
    {"", "rm rmdir", "delete"},
    {"?", "execute", "self=command"},
    {"?", "exec", "command"},
    {"?", "! !! lazyLines lines_!", "self=command"},
    {"sys.process", "stringToProcess", "", gives_first},
    {"os.remove", "all", "delete-tree"},  // of os-lib, as the four below
    {"os", "remove", "delete"},
    {"os", "home", "attribute", gives_home_path}, {"os", "Path", "", gives_path},
    {"os", "read", "read", gives_contents},
    {"?", "delete", "=delete-tree|dir =delete|file"},  // of AntBuilder
    {"", "ProcessBuilder", "command words..."},
    {"ProcessBuilder", "new", "command words..."},
    {"sys.process", "Process", "command"},
    {"", "Process", "command"},
    {"", "File", "", gives_path},
    {"File", "new", "", gives_path},
    {"Path", "of", "", gives_path},
    {"List", "of", "", gives_list}, {"Arrays", "asList", "", gives_list}, {"", "listOf arrayOf", "", gives_list},
    {"Paths", "get", "", gives_path},
    {"#Path", "delete deleteOnExit", "self=delete"},
    {"#Path", "deleteDir deleteRecursively", "self=delete-tree"},
    {"#Path", "renameTo", "self=move write"},
    {"#Path", "write setText append writeText withWriter", "self=write content"},
    {"#Path", "text bytes", "attribute", gives_text_of},
    {"#Path", "getText readText readLines eachLine readBytes", "self=read", gives_contents},
    {"#Path", "toPath toFile toString toAbsolutePath resolve", "", gives_below},
    {"Files", "delete deleteIfExists", "delete"},
    {"Files", "write writeString createFile createDirectory createDirectories newBufferedWriter", "write content"},
    {"Files", "readString readAllLines readAllBytes lines", "read", gives_contents},
    {"Files", "move", "move write"},
    {"Files", "copy", "read write"},
    {"FileUtils", "deleteDirectory forceDelete deleteQuietly", "delete-tree"},
    {"", "FileWriter PrintWriter FileOutputStream", "write"},
    {"", "FileReader FileInputStream", "read"},
    {"", "URL URI", "url", gives_network},
    {"URI", "create", "url", gives_network},
    {"System", "getenv", "", gives_variable},
    {"Source", "fromFile", "read", gives_contents},
    {"Source", "fromURL", "url", gives_network},
    {"", "evaluate", "code"},
    {"Eval", "me", "code"},
};
constexpr Alias kJavaAliases[] = {{"java.io", ""}, {"java.nio.file", ""}, {"java.lang", ""}, {"java.net", ""}, {"scala.sys", "sys"}, {"scala.io", ""}, {"org.apache.commons.io", ""}, {"sys.process.Process", "Process"}};

// --- Haskell and .NET --------------------------------------------------------------------------------------------------------------------

constexpr Comment kDashes[] = {{"--", "\n"}, {"{-", "-}"}};
constexpr Callee kHaskellCallees[] = {
    {"", "callCommand system spawnCommand shell readCreateProcess", "sh"},
    {"", "callProcess spawnProcess rawSystem proc", "program words..."},
    {"", "readProcess readProcessWithExitCode", "program words -"},
    {"", "removeFile", "delete"},
    {"", "removeDirectory", "delete"},
    {"", "removeDirectoryRecursive removePathForcibly", "delete-tree"},
    {"", "renameFile renameDirectory renamePath", "move write"},
    {"", "copyFile", "read write"},
    {"", "writeFile appendFile", "write content"},
    {"", "readFile", "read", gives_contents},
};
constexpr Callee kSwiftCallees[] = {
    {"", "system", "sh"},
    {"", "unlink remove rmdir", "delete"},
    {"FileManager.default", "removeItem", "delete-tree|atPath|at"},
    {"FileManager.default", "contents", "read|atPath", gives_contents},
    {"FileManager.default", "createFile", "write|atPath"},
    {"FileManager.default", "moveItem", "move|atPath|at write|toPath|to"},
    {"FileManager.default", "copyItem", "read|atPath|at write|toPath|to"},
    {"FileManager.default", "homeDirectoryForCurrentUser", "attribute", gives_home_path},
    {"", "NSHomeDirectory", "", gives_home},
    {"", "String Data", "=read|contentsOfFile", gives_contents},
};
constexpr Alias kHaskellAliases[] = {{"System.Process", ""}, {"System.Directory", ""}, {"System.Cmd", ""}, {"System.IO", ""}};

constexpr Callee kDotnetCallees[] = {
    {"Process", "Start", "sh words..."},
    {"File", "Delete", "delete"},
    {"Directory", "Delete", "delete-tree"},
    {"File", "ReadAllText ReadAllLines ReadAllBytes ReadLines OpenRead OpenText", "read", gives_contents},
    {"File", "WriteAllText WriteAllLines WriteAllBytes AppendAllText AppendAllLines Create OpenWrite CreateText", "write content"},
    {"File", "Move", "move write"},
    {"Directory", "Move", "move write"},
    {"File", "Copy", "read write"},
};
constexpr Alias kDotnetAliases[] = {{"System.Diagnostics", ""}, {"System.IO", ""}};

constexpr std::string_view kCommonWords = "return if then else elseif elsif end while do for in and or not function fn def let var val const begin new try catch case of when with import use using local global";

}  // namespace

constexpr Dialect kR{.language = "r", .traits = Trait::newline_ends | Trait::keywords | Trait::tilde_files, .comments = kHash, .strings = kRStrings, .name_part = ".", .accessors = ":: ::: $ @",
                     .joins = "", .assigns = "= <- <<-", .words = "if else while for in function return repeat", .callees = kRCallees, .aliases = kRAliases};
constexpr Dialect kJulia{.language = "julia", .traits = Trait::newline_ends | Trait::keywords | Trait::quoted_code | Trait::symbols, .comments = kJuliaComments, .strings = kJuliaStrings,
                         .name_part = "!", .accessors = ".", .joins = "*", .assigns = "=", .words = kCommonWords, .environment = "ENV", .parameters = "ARGS",
                         .callees = kJuliaCallees, .aliases = kJuliaAliases};
constexpr Dialect kElixir{.language = "elixir", .traits = Trait::newline_ends | Trait::bare_calls, .comments = kHash, .strings = kElixirStrings, .name_start = ":",
                          .name_part = "!?", .accessors = ".", .joins = "<> ++", .assigns = "=", .words = kCommonWords, .importers = "import alias", .callees = kElixirCallees};
constexpr Dialect kErlang{.language = "erlang", .comments = kErlangComments, .strings = kDoubleOnly, .accessors = ":", .joins = "++", .assigns = "=", .words = kCommonWords,
                          .callees = kErlangCallees};
constexpr Dialect kLisp{.language = "lisp", .traits = Trait::lisp | Trait::newline_ends, .comments = kLispComments, .strings = kDoubleOnly, .name_start = ".", .name_part = "-!?*+/<>=:.",
                        .words = "progn begin let", .callees = kLispCallees, .aliases = kLispAliases};
constexpr Dialect kElisp = [] {
  Dialect out = kLisp;
  out.language = "elisp";
  out.traits = out.traits | Trait::tilde_files;
  return out;
}();
constexpr Dialect kOcaml{.language = "ocaml", .traits = Trait::newline_ends | Trait::bare_calls | Trait::curried, .comments = kOcamlComments, .strings = kDoubleOnly, .accessors = ".", .joins = "^",
                         .assigns = "=", .words = kCommonWords, .callees = kOcamlCallees};
constexpr Dialect kJava{
    .language = "java",
    .traits = Trait::newline_ends | Trait::typed | Trait::class_files,
    .comments = kSlashes,
    .strings = kJavaStrings,
    .accessors = ". ?.",
    .joins = "+",
    .assigns = "=",
    .words = "return if else while for in do new def var val let final throw try catch case when fun println print",
    .importers = "import",
    .callees = kJavaCallees,
    .aliases = kJavaAliases};
constexpr Dialect kOctave{.language = "octave", .traits = static_cast<std::uint32_t>(Trait::newline_ends), .comments = kHash, .strings = kPlain, .accessors = ".", .assigns = "=",
                          .words = kCommonWords, .callees = kOctaveCallees};
constexpr Dialect kNim{.language = "nim", .traits = Trait::newline_ends | Trait::bare_calls, .comments = kHash, .strings = kDoubleOnly, .accessors = ".", .joins = "&", .assigns = "=",
                       .words = kCommonWords, .callees = kNimCallees};

constexpr Dialect kHaskell{.language = "haskell", .traits = Trait::newline_ends | Trait::bare_calls | Trait::curried, .comments = kDashes, .strings = kDoubleOnly, .accessors = ".", .joins = "++ <>", .assigns = "=",
                           .words = kCommonWords, .callees = kHaskellCallees, .aliases = kHaskellAliases};
constexpr Dialect kDotnet{.language = "dotnet", .traits = Trait::newline_ends | Trait::typed, .comments = kSlashes, .strings = kDoubleOnly, .accessors = ".", .joins = "+", .assigns = "=",
                          .words = kCommonWords, .callees = kDotnetCallees, .aliases = kDotnetAliases};

constexpr Dialect kSwift{.language = "swift", .traits = Trait::newline_ends | Trait::typed_behind, .comments = kSlashes, .strings = kDoubleOnly, .accessors = ". ?.", .joins = "+",
                         .assigns = "=", .words = "return if else while for in let var try await throw do catch print", .importers = "import", .definers = "func", .callees = kSwiftCallees};

const Dialect& swift() { return kSwift; }
const Dialect& elisp() { return kElisp; }
const Dialect& haskell() { return kHaskell; }
const Dialect& dotnet() { return kDotnet; }
const Dialect& r_language() { return kR; }
const Dialect& julia() { return kJulia; }
const Dialect& elixir() { return kElixir; }
const Dialect& erlang() { return kErlang; }
const Dialect& lisp() { return kLisp; }
const Dialect& ocaml() { return kOcaml; }
const Dialect& java_like() { return kJava; }
const Dialect& octave() { return kOctave; }
const Dialect& nim() { return kNim; }

}  // namespace belay::command::inline_code
