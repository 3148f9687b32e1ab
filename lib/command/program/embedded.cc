#include "command/program/embedded.h"

#include <algorithm>
#include <array>
#include <utility>

#include "command/program/commands.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::OpKind;

enum class Does : std::uint8_t { shell, words, read, write, remove, remove_tree, lua, ruby, include };

/// `open` begins a call. What it is given ends at one of `ends`; a closing bracket is the one that belongs to an opening one inside. Code of Ruby ends
/// at all of it.
struct CallRow {
  std::string_view language;
  std::string_view open;
  std::string_view ends;
  Does does;
};
constexpr std::array kCalls{
    CallRow{"m4", "esyscmd(", ")", Does::shell},  // also the end of `syscmd(`
    CallRow{"m4", "syscmd(", ")", Does::shell},
    CallRow{"m4", "include(", ")", Does::read},
    CallRow{"m4", "undivert(", ")", Does::read},
    CallRow{"tex", "\\write18{", "}", Does::shell},
    CallRow{"tex", "\\ShellEscape{", "}", Does::shell},
    CallRow{"tex", "\\input{|", "}", Does::shell},
    CallRow{"tex", "\\input|", "\n", Does::shell},
    CallRow{"tex", "\\directlua{", "}", Does::lua},
    CallRow{"tex", "\\input{", "}", Does::read},
    CallRow{"tex", "\\include{", "}", Does::read},
    CallRow{"tex", "\\verbatiminput{", "}", Does::read},
    CallRow{"tex", "\\lstinputlisting{", "}", Does::read},
    CallRow{"erb", "<%", "%>", Does::ruby},
    CallRow{"cmakelists", "execute_process(COMMAND ", ")", Does::shell},
    CallRow{"cmakelists", "include(", ")", Does::include},
    CallRow{"cmake", "include(", ")", Does::include},
    CallRow{"cmakelists", "file(REMOVE_RECURSE ", ")", Does::remove_tree},
    CallRow{"cmakelists", "file(REMOVE ", ")", Does::remove},
    CallRow{"rpm", "%(", ")", Does::shell},
    CallRow{"rpm", "%{lua:", "}", Does::lua},
    CallRow{"fzf", "execute(", ")", Does::shell},
    CallRow{"fzf", "execute-silent(", ")", Does::shell},
    CallRow{"fzf", "execute:", "\n", Does::shell},
    CallRow{"fzf", "become(", ")", Does::shell},
    CallRow{"fzf", "reload(", ")", Does::shell},
    CallRow{"fzf", "preview(", ")", Does::shell},
    CallRow{"fzf", "transform(", ")", Does::shell},
    CallRow{"gnuplot", "system(\"", "\"", Does::shell},
    CallRow{"gnuplot", "\"<", "\"", Does::shell},
    CallRow{"gnuplot", "\"|", "\"", Does::shell},
    CallRow{"gnuplot", "'<", "'", Does::shell},
    CallRow{"gnuplot", "'|", "'", Does::shell},
    CallRow{"gnuplot", "`", "`", Does::shell},
    CallRow{"tmux_format", "#(", ")", Does::shell},
    CallRow{"nix", "readFile ", " ;)}\n", Does::read},
    CallRow{"nix", "builtins.exec [", "]", Does::shell},
    CallRow{"jsonnet", "importstr \"", "\"", Does::read},
    CallRow{"jsonnet", "importstr '", "'", Does::read},
    CallRow{"jsonnet", "importbin \"", "\"", Does::read},
    CallRow{"jsonnet", "importbin '", "'", Does::read},
    CallRow{"jsonnet", "import \"", "\"", Does::read},
    CallRow{"jsonnet", "import '", "'", Does::read},
    CallRow{"gomplate", "file.Read \"", "\"", Does::read},
    CallRow{"gomplate", "file.Read `", "`", Does::read},
    CallRow{"yq", "load_str(\"", "\"", Does::read},
    CallRow{"yq", "strload(\"", "\"", Does::read},
    CallRow{"yq", "load(\"", "\"", Does::read},
    CallRow{"yq", "load_base64(\"", "\"", Does::read},
    CallRow{"yq", "load_props(\"", "\"", Does::read},
    CallRow{"yq", "load_xml(\"", "\"", Does::read},
    CallRow{"typst", "read(\"", "\"", Does::read},
    CallRow{"typst", "include \"", "\"", Does::read},
    CallRow{"cpp", "include \"", "\"", Does::read},
    CallRow{"cpp", "embed \"", "\"", Does::read},
    CallRow{"cpp", ".incbin \"", "\"", Does::read},
    CallRow{"assembler", ".incbin \"", "\"", Does::read},
    CallRow{"assembler", ".include \"", "\"", Does::read},
    CallRow{"kak", "%sh{", "}", Does::shell},
    CallRow{"kak", "%sh(", ")", Does::shell},
    CallRow{"prolog", "shell(\"", "\"", Does::shell},
    CallRow{"prolog", "system(\"", "\"", Does::shell},
    CallRow{"prolog", "popen(\"", "\"", Does::shell},
    CallRow{"prolog", "delete_directory_and_contents(\"", "\"", Does::remove_tree},
    CallRow{"prolog", "delete_directory_contents(\"", "\"", Does::remove_tree},
    CallRow{"prolog", "delete_file(\"", "\"", Does::remove},
    CallRow{"prolog", "unlink(\"", "\"", Does::remove},
    CallRow{"prolog", "read_file_to_string(\"", "\"", Does::read},
    CallRow{"prolog", "consult(\"", "\"", Does::read},
    CallRow{"vlang", "os.system(\"", "\"", Does::shell},
    CallRow{"vlang", "os.execute(\"", "\"", Does::shell},
    CallRow{"vlang", "os.rmdir_all(\"", "\"", Does::remove_tree},
    CallRow{"vlang", "os.rm(\"", "\"", Does::remove},
    CallRow{"vlang", "os.read_file(\"", "\"", Does::read},
    CallRow{"vlang", "os.write_file(\"", "\"", Does::write},
    CallRow{"prolog", "shell('", "'", Does::shell},
    CallRow{"prolog", "system('", "'", Does::shell},
    CallRow{"prolog", "popen('", "'", Does::shell},
    CallRow{"prolog", "delete_directory_and_contents('", "'", Does::remove_tree},
    CallRow{"prolog", "delete_directory_contents('", "'", Does::remove_tree},
    CallRow{"prolog", "delete_file('", "'", Does::remove},
    CallRow{"prolog", "unlink('", "'", Does::remove},
    CallRow{"prolog", "read_file_to_string('", "'", Does::read},
    CallRow{"prolog", "consult('", "'", Does::read},
    CallRow{"vlang", "os.system('", "'", Does::shell},
    CallRow{"vlang", "os.execute('", "'", Does::shell},
    CallRow{"vlang", "os.rmdir_all('", "'", Does::remove_tree},
    CallRow{"vlang", "os.rm('", "'", Does::remove},
    CallRow{"vlang", "os.read_file('", "'", Does::read},
    CallRow{"vlang", "os.write_file('", "'", Does::write},
    CallRow{"golang", "os.RemoveAll(\"", "\"", Does::remove_tree},
    CallRow{"golang", "os.Remove(\"", "\"", Does::remove},
    CallRow{"golang", "os.ReadFile(\"", "\"", Does::read},
    CallRow{"golang", "os.WriteFile(\"", "\"", Does::write},
    CallRow{"dlang", "rmdirRecurse(\"", "\"", Does::remove_tree},
    CallRow{"dlang", "remove(\"", "\"", Does::remove},
    CallRow{"dlang", "executeShell(\"", "\"", Does::shell},
    CallRow{"dlang", "spawnShell(\"", "\"", Does::shell},
    CallRow{"dlang", "readText(\"", "\"", Does::read},
    CallRow{"golang", "os.RemoveAll(`", "`", Does::remove_tree},
    CallRow{"golang", "os.Remove(`", "`", Does::remove},
    CallRow{"golang", "os.ReadFile(`", "`", Does::read},
    CallRow{"golang", "os.WriteFile(`", "`", Does::write},
    CallRow{"dlang", "rmdirRecurse(`", "`", Does::remove_tree},
    CallRow{"dlang", "remove(`", "`", Does::remove},
    CallRow{"dlang", "executeShell(`", "`", Does::shell},
    CallRow{"dlang", "spawnShell(`", "`", Does::shell},
    CallRow{"dlang", "readText(`", "`", Does::read},
    CallRow{"wolfram", "Run[\"", "\"", Does::shell},
    CallRow{"wolfram", "RunProcess[\"", "\"", Does::shell},
    CallRow{"wolfram", "DeleteDirectory[\"", "\"", Does::remove_tree},
    CallRow{"wolfram", "DeleteFile[\"", "\"", Does::remove},
    CallRow{"wolfram", "Import[\"", "\"", Does::read},
    CallRow{"wolfram", "ReadString[\"", "\"", Does::read},
    CallRow{"wolfram", "ReadList[\"!", "\"", Does::shell},
    CallRow{"wolfram", "Import[\"!", "\"", Does::shell},
    CallRow{"postscript", "(", ")", Does::read},  // see stack()
    CallRow{"mlr", "exec(", ")", Does::words},
    CallRow{"golang", "exec.Command(", ")", Does::words},
    CallRow{"vlang", "os.execvp(", ")", Does::words},
    CallRow{"dlang", "execute(", ")", Does::words},
    CallRow{"dlang", "spawnProcess(", ")", Does::words},
    CallRow{"wolfram", "RunProcess[{", "}", Does::words},
    CallRow{"calls", "system(\"", "\"", Does::shell},
    CallRow{"calls", "shell(\"", "\"", Does::shell},
    CallRow{"calls", "popen(\"", "\"", Does::shell},
    CallRow{"mutt", "sendmail=\"", "\"", Does::shell},
    CallRow{"mutt", "sendmail='", "'", Does::shell},
    CallRow{"mutt", "editor=\"", "\"", Does::shell},
    CallRow{"mutt", "editor='", "'", Does::shell},
    CallRow{"mutt", "visual=\"", "\"", Does::shell},
    CallRow{"mutt", "visual='", "'", Does::shell},
    CallRow{"mutt", "query_command=\"", "\"", Does::shell},
    CallRow{"mutt", "query_command='", "'", Does::shell},
    CallRow{"mutt", "print_command=\"", "\"", Does::shell},
    CallRow{"mutt", "print_command='", "'", Does::shell},
    CallRow{"mutt", "push \"!", "<\"", Does::shell},
    CallRow{"mutt", "push '!", "<'", Does::shell},
    CallRow{"mutt", "`", "`", Does::shell},
    CallRow{"gdb", "system(\"", "\"", Does::shell},
    CallRow{"gdb", "popen(\"", "\"", Does::shell},
    CallRow{"gdb", "unlink(\"", "\"", Does::remove},
    CallRow{"gdb", "remove(\"", "\"", Does::remove},
    CallRow{"lldb", "system(\"", "\"", Does::shell},
    CallRow{"lldb", "popen(\"", "\"", Does::shell},
    CallRow{"lldb", "unlink(\"", "\"", Does::remove},
    CallRow{"lldb", "remove(\"", "\"", Does::remove},
    CallRow{"terraform", "file(\"", "\"", Does::read},
    CallRow{"terraform", "filebase64(\"", "\"", Does::read},
    CallRow{"terraform", "templatefile(\"", "\"", Does::read},
    CallRow{"terraform", "program = [", "]", Does::words},    // of `data "external"`
    CallRow{"terraform", "command = \"", "\"", Does::shell},  // of `local-exec`
    CallRow{"lookups", "lookup('pipe',", ")", Does::shell},   // on the machine that ansible runs on
    CallRow{"lookups", "lookup(\"pipe\",", ")", Does::shell},
    CallRow{"lookups", "query('pipe',", ")", Does::shell},
    CallRow{"lookups", "query(\"pipe\",", ")", Does::shell},
    CallRow{"lookups", "lookup('file',", ")", Does::read},
    CallRow{"lookups", "lookup(\"file\",", ")", Does::read},
    CallRow{"lefthook", "run:", "\n", Does::shell},
    CallRow{"cmake", "COMMAND ", ")", Does::shell},  // execute_process, cmake-commands(7)
    CallRow{"cmake", "file(REMOVE_RECURSE ", ")", Does::remove_tree},
    CallRow{"cmake", "file(REMOVE ", ")", Does::remove},
    CallRow{"cmake", "file(READ ", " )", Does::read},
    CallRow{"cmake", "file(WRITE ", " )", Does::write},
    CallRow{"cmake", "file(APPEND ", " )", Does::write},
    CallRow{"ansible", "shell:", "\n]}", Does::shell},
    CallRow{"ansible", "command:", "\n]}", Does::shell},
    CallRow{"ansible", "raw:", "\n]}", Does::shell},
    CallRow{"ansible", "cmd:", "\n]}", Does::shell},
    CallRow{"unit", "ExecStart=", "\n", Does::shell},
    CallRow{"unit", "ExecStartPre=", "\n", Does::shell},
    CallRow{"unit", "ExecStartPost=", "\n", Does::shell},
    CallRow{"unit", "ExecStop=", "\n", Does::shell},
    CallRow{"unit", "ExecReload=", "\n", Does::shell},
    CallRow{"unit", "ExecStopPost=", "\n", Does::shell},
    CallRow{"unit", "ExecCondition=", "\n", Does::shell},
    CallRow{"hooks", "entry:", "\n,}", Does::shell},
    CallRow{"procfile", ": ", "\n", Does::shell},
    CallRow{"wireguard", "PreUp =", "\n", Does::shell},
    CallRow{"wireguard", "PostUp =", "\n", Does::shell},
    CallRow{"wireguard", "PreDown =", "\n", Does::shell},
    CallRow{"wireguard", "PostDown =", "\n", Does::shell},
};

char opening_of(char closing) { return closing == ')' ? '(' : closing == '}' ? '{' : '\0'; }

class Embedded final : public Commands {
 public:
  Embedded(std::string_view language, const Text& code, const Change& change, Effects& effects)
      : Commands(code, change, effects), language_(language) {}

  void run() override {
    if (language_ == "postscript") return stack();
    for (const CallRow& row : kCalls) {
      if (row.language != language_ && (row.language != "lookups" || language_ != "ansible")) continue;
      for (auto found = v_.find(row.open); found != std::string_view::npos; found = v_.find(row.open, at_)) {
        at_ = found + row.open.size();
        const bool longer_name = found > 0 && base::is_alpha(row.open.front()) && base::is_alpha(v_[found - 1]);
        if (!longer_name) act(row.does, row.does == Does::ruby ? up_to(row.ends) : given(row.ends));
      }
    }
  }

 private:
  Text given(std::string_view ends) {
    const char open = ends.size() == 1 ? opening_of(ends.front()) : '\0';
    if (open == '\0') return until(ends);
    const std::size_t begin = at_;
    for (int depth = 0; more(); ++at_) {
      if (peek() == open) ++depth;
      else if (peek() == ends.front() && depth-- == 0) break;
    }
    return code_.substr(begin, at_ - begin);
  }

  /// What stands before all of `end`, one after another.
  Text up_to(std::string_view end) {
    const std::size_t begin = std::exchange(at_, std::min(v_.find(end, at_), v_.size()));
    return code_.substr(begin, at_ - begin);
  }

  void act(Does does, const Text& what) {
    switch (does) {
      case Does::words: return shell(without_lists(what));
      case Does::shell:
        // `${CMAKE_COMMAND} …`: a program that was looked for
        return base::trim(what.view()).starts_with("${") ? void() : shell(unquoted(what));
      case Does::read: return file(OpKind::read, unquoted(what));
      case Does::write: return file(OpKind::write, unquoted(what));
      case Does::remove:
      case Does::remove_tree:
        for (const Text& word : split_words(what)) {
          for (const Text& path : below_home(word, {"$ENV{HOME}"})) file(OpKind::remove, path, {does == Does::remove_tree});
        }
        return;
      case Does::lua: return apply_code("lua", what, change_, effects_);
      case Does::include: return effects_.first_load(what.bytes()) ? effects_.run_file(unquoted(what), language_, {}, change_) : void();
      case Does::ruby: return apply_code("ruby", what, change_, effects_);
    }
  }

  /// `"rm", ["-rf", "x"]` is `"rm"  "-rf"  "x"`.
  static Text without_lists(const Text& list) {
    Text out;
    char quote = '\0';
    for (std::size_t i = 0; i < list.size(); ++i) {
      const char c = list.view()[i];
      if (c == quote) quote = '\0';
      else if (quote == '\0' && (c == '"' || c == '\'' || c == '`')) quote = c;
      const bool between = quote == '\0' && std::string_view(",[]{}").find(c) != std::string_view::npos;
      out.append(between ? Text(" ") : list.substr(i, 1));
    }
    return out;
  }

  /// PostScript: `(FILE) deletefile`, `(FILE) (r) file`, `(FILE) run`, `(%pipe%COMMAND) (w) file`.
  void stack() {
    while (more()) {
      until("(");
      if (!more()) return;
      ++at_;
      const Text text = given(")");
      if (more()) ++at_;
      if (text.view().starts_with("%pipe%")) shell(text.substr(6));
      const std::size_t behind = std::min(v_.find_first_not_of(" \t\n", at_), v_.size());
      const std::string_view next = v_.substr(behind);
      if (next.starts_with("deletefile")) file(OpKind::remove, text);
      if (next.starts_with("(w")) file(OpKind::write, text);
      if (next.starts_with("(r") || next.starts_with("run")) file(OpKind::read, text);
    }
  }

  /// `"cmd"`, as YAML, TeX and JSON write a value.
  static Text unquoted(const Text& text) {
    const std::string_view v = text.view();
    const auto begin = v.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    const auto end = v.find_last_not_of(" \t") + 1;
    const bool quoted = end - begin > 1 && (v[begin] == '"' || v[begin] == '\'') && v[end - 1] == v[begin];
    return quoted ? text.substr(begin + 1, end - begin - 2) : text.substr(begin, end - begin);
  }

  std::string_view language_;
};

}  // namespace

bool is_embedded(std::string_view language) {
  return std::any_of(kCalls.begin(), kCalls.end(), [&](const CallRow& row) { return row.language == language; });
}

void read_embedded(std::string_view language, const Text& code, const Change& change, Effects& effects) {
  Embedded(language, code, change, effects).run();
}

}  // namespace belay::command::program
