#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/program/code.h"
#include "command/program/commands.h"
#include "command/program/embedded.h"
#include "command/program/languages.h"
#include "command/program/leads.h"
#include "command/program/manifests.h"
#include "command/program/notebooks.h"
#include "command/program/recipes.h"
#include "command/program/references.h"
#include "command/program/roles.h"
#include "command/program/settings.h"
#include "command/program/tasks.h"
#include "command/program/transfer.h"
#include "command/program/typed.h"
#include "command/shells/code.h"

namespace belay::command::program {

namespace {

using model::OpKind;

/// The Ex commands of vi and its heirs: `!cmd`, `w file`, `w !cmd`, `r !cmd`, `call system("cmd")` …
class Ex final : public Commands {
 public:
  using Commands::Commands;
  void run() override {
    calls();
    at_ = 0;
    while (more()) {
      skip(" \t:\n|");
      const std::size_t begin = at_;
      skip("%0123456789,.$'");
      lines_ = at_ > begin;
      line();
    }
  }

 private:
  std::string_view word() {
    const std::size_t begin = at_;
    while (more() && base::is_alpha(peek())) ++at_;
    return v_.substr(begin, at_ - begin);
  }

  static bool one_of(std::string_view w, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), w) != words.end();
  }

  void line() {
    if (peek() == '!') {
      ++at_;
      return command(lines_);
    }
    const std::string_view name = word();
    if (one_of(name, {"norm", "normal"})) {  // keys: those of a command begin with a colon
      if (peek() == '!') ++at_;
      return skip(" \t:");
    }
    if (one_of(name, {"se", "set", "setl", "setlocal", "setg", "setglobal", "let"})) return set();
    if (one_of(name, {"sil", "silent", "noa", "noautocmd", "keepalt", "exe", "execute"})) {
      if (peek() == '!') ++at_;
      skip(" \t\"':");
      return;  // the command itself comes next
    }
    if (one_of(name, {"a", "append", "i", "insert", "c", "change"}) && (peek() == '\n' || peek() == '|')) return text();
    if (one_of(name, {"au", "autocmd"})) {  // events and patterns, then a command
      for (int words = 0; words < 2; ++words) {
        skip(" \t");
        until(" \t\n");
      }
      return;
    }
    const bool writes =
        one_of(name, {"w",  "write", "wq", "x",      "xit", "exi",     "exit", "sav",       "saveas", "up",     "update",
                      "wn", "wnext", "mk", "mkexrc", "mkv", "mkvimrc", "mks",  "mksession", "mkvie",  "mkview", "wundo"});
    const bool reads =
        one_of(name, {"r", "read", "e", "edit", "so", "source", "sp", "split", "vs", "vsplit", "tabe", "tabedit", "luafile"});
    if (name.size() > 0 && peek() == '!' && writes) ++at_;
    const bool apart = peek() == ' ' || peek() == '\t';
    skip(" \t");
    const bool fills = one_of(name, {"r", "read", "e", "f"}) && (apart || name[0] == 'r');  // `e !command` is ed's
    if ((writes || fills || name == "term" || name == "terminal") && (peek() == '!' || name[0] == 't')) {
      skip("!");
      return command(writes);
    }
    if (one_of(name, {"py", "python", "py3", "python3", "pyx"})) return code("python", until("\n"));
    if (one_of(name, {"lua", "perl", "ruby"})) return code(name == "lua" ? "lua" : name == "perl" ? "perl" : "ruby", until("\n"));
    if (writes || name == "redir") skip("!> \t");
    const Text rest = until("|\n");
    if (writes && !added_.empty()) return write(rest);
    for (const Text& path :
         below_home(Text(rest).substr(std::min(rest.view().find_first_not_of(" \t"), rest.size())), {"~", "$HOME"})) {
      if (writes || name == "redir") file(OpKind::write, path);
      if (reads) file(OpKind::read, path);
    }
    if (one_of(name, {"so", "source", "luafile"})) sourced(name == "luafile" ? "lua" : "vim", rest);
  }

  /// The rest of the line, which is given lines of the file that is edited or not. A key that ends it may be written out: `\<cr>`.
  void command(bool given_lines) {
    Text text = until("\n");
    text = text.substr(0, std::min(text.view().find("\\<"), text.size()));
    const auto& argv = effects_.invocation().argv;
    if (!given_lines || argv.size() < 2 || (added_.empty() && !effects_.written_text(argv.back()))) return shell(text);
    Text whole("{ printf %s ");
    whole.append(quoted_word(added_.empty() ? *effects_.written_text(argv.back()) : added_));
    whole.append("; } | ");
    whole.append(text);
    shell(whole);
  }

  static Text quoted_word(const Text& word) {
    Text out("'");
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (word.view()[i] == '\'') out.append("'\\''");
      else out.append(word.substr(i, 1));
    }
    out.append("'");
    return out;
  }

  /// `set makeprg=COMMAND`, `let &shell = "COMMAND"`: what another command starts. Blanks are escaped.
  void set() {
    skip(" \t&");
    const std::string_view name = word();
    const bool starts = one_of(name, {"mp", "makeprg", "gp", "grepprg", "sh", "shell", "kp", "keywordprg", "fp", "formatprg",
                                      "ep", "equalprg", "csprg", "cscopeprg"});
    skip(" \t+=");
    if (!starts || v_.substr(at_).starts_with("?")) return (void)until("|\n");
    Text value;
    const char quote = peek() == '"' || peek() == '\'' ? v_[at_++] : '\0';
    for (; more() && peek() != '\n' && peek() != '|' && (quote == '\0' || peek() != quote); ++at_) {
      if (peek() == '\\' && at_ + 1 < v_.size()) ++at_;
      else if (quote == '\0' && (peek() == ' ' || peek() == '\t')) break;
      value.append(code_.substr(at_, 1));
    }
    shell(value);
    (void)until("|\n");
  }

  /// Lines up to one with nothing but a dot, or the rest of this one.
  void text() {
    const bool one = peek() == '|';
    ++at_;
    do {
      const Text line = until("\n");
      if (!one && line.view() == ".") return;
      added_.append(line);
      added_.append("\n");
      if (more()) ++at_;
    } while (!one && more());
  }

  /// To the file that is edited, when none is named.
  void write(const Text& file) {
    const Text named(base::trim(file.view()));
    const auto& argv = effects_.invocation().argv;
    const Text& target = named.empty() ? argv.back() : named;
    if (argv.size() > 1 || !named.empty()) (void)effects_.write(target, {}, added_, "command of `" + effects_.name() + "`");
  }

  void sourced(std::string_view language, const Text& file) {
    const Text name(base::trim(file.view()));
    if (effects_.first_load(name.bytes())) effects_.run_file(name, language, {}, change_);
  }

  void code(std::string_view language, const Text& text) { apply_code(language, text, change_, effects_); }

  Text added_;          ///< lines that were put in
  bool lines_ = false;  ///< the command stands behind the numbers of lines

  /// `delete("x", "rf")`; the place is the quote that ends the name.
  [[nodiscard]] bool removes_tree() const {
    const std::string_view rest = v_.substr(at_, v_.find(')', at_) - at_);
    return rest.find("rf") != std::string_view::npos;
  }

  /// `"text"`, `$HOME`, `expand("~")` and what `.` joins of them; one text for each home.
  std::vector<Text> argument() {
    Text out;
    bool home = false;
    for (;;) {
      skip(" .\t");
      if (v_.substr(at_).starts_with("$HOME") || v_.substr(at_).starts_with("expand(") ||
          v_.substr(at_).starts_with("fnamemodify(")) {
        const bool here = v_.substr(at_, 7).find("HOME") == 1 || v_.substr(at_ + 7, 3).find('~') != std::string_view::npos;
        if (here && !out.empty()) out.append("$HOME");  // of a command
        home = home || (here && out.empty());
        const bool call = peek() != '$';
        until(call ? ")" : ".,)|\n");
        if (call) skip(")");
        continue;
      }
      const char quote = peek();
      if (quote != '"' && quote != '\'') break;
      ++at_;
      out.append(until(std::string_view(&quote, 1)));
      if (more()) ++at_;
    }
    if (!home) return {out};
    Text below("~");
    below.append(out);
    return below_home(below, {"~"});
  }

  void calls() {
    for (const std::string_view name : {"libcall(", "libcallnr(", "system(", "systemlist(", "delete(", "writefile(", "readfile(",
                                        "os.execute(", "term_start(", "job_start(", "jobstart(", "termopen("}) {
      for (auto found = v_.find(name); found != std::string_view::npos; found = v_.find(name, found + 1)) {
        at_ = found + name.size();
        if (name.starts_with("libcall")) {  // a library and its function
          until(",");
          skip(",");
          if (until(",").view().find("system") == std::string_view::npos) continue;
          skip(", ");
        }
        if (name == "writefile(") {  // a list of lines comes first
          until("]|\n");
          skip("], ");
        }
        const std::vector<Text> texts = argument();
        for (const Text& text : texts) {
          if (text.empty()) continue;
          if (name == "delete(") file(OpKind::remove, text, {removes_tree()});
          else if (name == "readfile(") file(OpKind::read, text);
          else if (name == "writefile(") file(OpKind::write, text);
          else shell(text);
        }
      }
    }
  }
};

/// crontab(5): five fields of time or a nickname, then a command; `NAME=value` lines set the environment.
class Crontab final : public Commands {
 public:
  using Commands::Commands;
  void run() override {
    for (; more(); skip("\n")) {
      skip(" \t");
      const std::size_t end = std::min(v_.find('\n', at_), v_.size());
      const auto fields = base::split_blank(v_.substr(at_, end - at_));
      const std::size_t times = peek() == '@' ? 1 : 5;
      if (peek() != '#' && fields.size() > times) {
        at_ = static_cast<std::size_t>(fields[times].data() - v_.data());
        shell(code_.substr(at_, end - at_));
      }
      at_ = end;
    }
  }
};

/// Shells with a grammar of their own.
struct ShellRow {
  std::string_view language;
  Text (*rewrite)(const Text& code);
};
constexpr std::array kShells{ShellRow{"fish", shells::from_fish}, ShellRow{"csh", shells::from_csh},
                             ShellRow{"nu", shells::from_other}};

/// What a shell is given behind its code, with the shell's name in the place of `$0`, which fish and csh have none of.
std::vector<Text> named(std::string_view shell, const std::vector<Text>& parameters) {
  if (parameters.empty()) return {};
  std::vector<Text> out{Text(shell)};
  out.insert(out.end(), parameters.begin(), parameters.end());
  return out;
}

/// readline(3): `"\C-x": command` of `bind -x`.
void run_key_binding(const Text& code, const Change& change, Effects& effects) {
  const auto colon = code.view().find(':', code.view().find('"', 1) == std::string_view::npos ? 0 : code.view().find('"', 1));
  if (colon != std::string_view::npos) effects.run_shell(code.substr(colon + 1), {}, change);
}

/// The body of an exported function of bash, as it stands in the environment: whoever calls it runs it.
void run_function(const Text& code, const Change& change, Effects& effects) {
  if (!code.view().starts_with("()")) return;
  Text call("exported_function ");
  call.append(code);
  call.append("\nexported_function\n");
  effects.run_shell(call, {}, change);
}

/// `rm,-rf,/x`: gcc's -wrapper parts the words of a command by commas.
Text with_blanks(const Text& code) {
  Text out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code.view()[i] == ',') out.append(" ");
    else out.append(code.substr(i, 1));
  }
  return out;
}

/// A program that is started once for each file that is looked into: for those that the call wrote, where a folder is named.
void run_with_operands(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& operands) {
  constexpr std::size_t kMostFiles = 16;
  constexpr std::string_view kOfPaths = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-";
  if (code.view().find_first_not_of(kOfPaths) != std::string_view::npos) return effects.run_shell(code, {}, change);  // a shell reads it
  std::vector<Text> files = operands;
  const bool below = files.size() < 2 ||
                     std::any_of(files.begin(), files.end(), [](const Text& t) { return t.view() == "." || t.view() == "./"; });
  if (below) {
    for (const std::string& name : effects.written_names()) files.emplace_back(name);
  }
  if (files.size() > kMostFiles) files.resize(kMostFiles);
  for (const Text& file : files) effects.run({code, file}, change);
}

/// Names of files below the first operand, as rsync takes them.
void read_names_below(const Text& names, const Change& change, Effects& effects, const std::vector<Text>& parameters) {
  RemotePath remote;
  const bool here = !parameters.empty() && !split_remote(parameters.front(), remote);
  if (here) effects.enter(parameters.front());
  if (here || parameters.empty()) apply_reference("names", names, change, effects);
  if (here) effects.leave();
}

}  // namespace

void run_environment_printers(std::string_view language, const Text& code, const Change& around, Effects& effects) {
  Change change = around;
  change.keeps_input = false;
  for (const std::string& command : printed_environment(language, code.view())) effects.run_shell(command, {}, change);
}

void apply_commands(std::string_view language, const Text& code, const Change& around, Effects& effects,
                    const std::vector<Text>& parameters) {
  Change change = around;
  change.keeps_input = false;
  for (const ShellRow& row : kShells) {
    if (row.language == language) return effects.run_shell(row.rewrite(code), named(language, parameters), change);
  }
  if (language == "filter") {
    change.fed = true;
    return effects.run_shell(code, {}, change);
  }
  if (language == "with_operands") return run_with_operands(code, change, effects, parameters);
  if (language == "names_below") return read_names_below(code, change, effects, parameters);
  if (language == "commas") effects.run_shell(with_blanks(code), {}, change);
  if (language == "prompt") effects.run_shell(expansions_of(code), {}, change);
  if (language == "readline") run_key_binding(code, change, effects);
  if (language == "function") run_function(code, change, effects);
  if (language == "vim") Ex(code, change, effects).run();
  if (language == "crontab") Crontab(code, change, effects).run();
  if (language == "make") read_makefile(code, change, effects, parameters);
  if (language == "just") read_justfile(code, change, effects, parameters);
  if (language == "tox") read_tox(code, change, effects);
  if (language == "taskfile") read_taskfile(code, change, effects);
  if (language == "dockerfile") read_dockerfile(code, change, effects);
  if (is_reference(language)) apply_reference(language, code, change, effects);
  if (is_embedded(language)) read_embedded(language, code, change, effects);
  if (is_manifest(language)) read_manifest(language, code, change, effects);
  if (language == "ansible") read_manifest("playbook", code, change, effects);
  if (is_transfer(language)) read_transfer(language, code, change, effects);
  if (language == "ipython") read_cell(code, change, effects);
  if (language == "notebook") read_notebook(code, change, effects);
  if (language == "ghci") apply_code("haskell", code, change, effects);
  if (language == "matlab") apply_code("octave", code, change, effects);
  if (language == "mlr") apply_code("awk", code, change, effects);
  if (language == "tmux") run_terminal_commands("tmux ", code, change, effects);
  if (language == "screen") run_terminal_commands("screen -X ", code, change, effects);
  if (language == "jq") run_environment_printers(language, code, change, effects);
  if (is_led(language)) read_led(language, code, change, effects);
}

}  // namespace belay::command::program
