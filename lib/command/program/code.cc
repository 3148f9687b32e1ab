#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/program/code.h"

namespace belay::command::program {

namespace {

using model::OpKind;

/// Reads a text from left to right and knows whom to tell.
class Commands {
 public:
  Commands(const Text& code, const Change& change, Effects& effects)
      : code_(code), v_(code.view()), change_(change), effects_(effects) {}
  Commands(const Commands&) = delete;
  Commands& operator=(const Commands&) = delete;
  virtual ~Commands() = default;
  virtual void run() = 0;

 protected:
  [[nodiscard]] bool more() const { return at_ < v_.size(); }
  [[nodiscard]] char peek() const { return more() ? v_[at_] : '\0'; }
  void skip(std::string_view characters) {
    while (more() && characters.find(v_[at_]) != std::string_view::npos) ++at_;
  }
  /// What stands before one of `ends`, which is not taken.
  Text until(std::string_view ends) {
    const std::size_t end = std::min(v_.find_first_of(ends, at_), v_.size());
    const Text out = code_.substr(at_, end - at_);
    at_ = end;
    return out;
  }
  /// A string in double quotes with its escapes; the quote is at the current place.
  Text quoted() {
    Text out;
    for (++at_; more() && peek() != '"'; ++at_) {
      const bool escape = peek() == '\\' && at_ + 1 < v_.size();
      if (escape) ++at_;
      if (escape && (peek() == 'n' || peek() == 'r')) out.append("\n");
      else out.append(code_.substr(at_, 1));
    }
    if (more()) ++at_;
    return out;
  }

  void shell(const Text& code) {
    if (!base::trim(code.view()).empty()) effects_.run_shell(code, {}, change_);
  }
  void file(OpKind kind, const Text& path) {
    const std::string_view p = path.view();
    const auto begin = p.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return;
    effects_.file(kind, path.substr(begin, p.find_last_not_of(" \t") + 1 - begin), {}, "command of `" + effects_.name() + "`");
  }

  const Text& code_;
  std::string_view v_;
  std::size_t at_ = 0;
  const Change& change_;
  Effects& effects_;
};

/// The Ex commands of vi and its heirs: `!cmd`, `w file`, `w !cmd`, `r !cmd`, `call system("cmd")` …
class Ex final : public Commands {
 public:
  using Commands::Commands;
  void run() override {
    calls();
    at_ = 0;
    while (more()) {
      skip(" \t:\n|");
      skip("%0123456789,.$'");
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
      return shell(until("\n"));
    }
    const std::string_view name = word();
    if (one_of(name, {"sil", "silent", "noa", "noautocmd", "keepalt", "exe", "execute"})) {
      skip("! \t\"':");
      return;  // the command itself comes next
    }
    const bool writes = one_of(name, {"w", "write", "wq", "x", "xit", "sav", "saveas", "up", "update"});
    const bool reads =
        one_of(name, {"r", "read", "e", "edit", "so", "source", "sp", "split", "vs", "vsplit", "tabe", "tabedit", "luafile"});
    if (name.size() > 0 && peek() == '!' && writes) ++at_;
    skip(" \t");
    if ((writes || name == "r" || name == "read" || name == "term" || name == "terminal") && (peek() == '!' || name[0] == 't')) {
      skip("!");
      return shell(until("\n"));
    }
    const Text rest = until("|\n");
    if (writes) file(OpKind::write, rest);
    if (reads) file(OpKind::read, rest);
  }

  void calls() {
    for (const std::string_view name : {"system(", "systemlist(", "delete(", "writefile(", "readfile(", "os.execute("}) {
      for (auto found = v_.find(name); found != std::string_view::npos; found = v_.find(name, found + 1)) {
        at_ = found + name.size();
        const char quote = peek();
        if (quote != '"' && quote != '\'') continue;
        ++at_;
        const Text text = until(std::string_view(&quote, 1));
        if (name.find("system") == 0 || name[0] == 'o') shell(text);
        if (name == "delete(") file(OpKind::remove, text);
        if (name == "readfile(") file(OpKind::read, text);
      }
    }
  }
};

/// Line languages in which some first words are followed by a shell command: debuggers, file transfer, pagers, terminals.
struct LeadRow {
  std::string_view language;
  std::string_view lead;
};
constexpr std::array kLeads{
    LeadRow{"gdb", "shell "},      LeadRow{"gdb", "!"},       LeadRow{"gdb", "make "}, LeadRow{"lldb", "platform shell "},
    LeadRow{"lldb", "shell "},     LeadRow{"ftp", "!"},       LeadRow{"pager", "!"},   LeadRow{"tcl", "spawn "},
    LeadRow{"tcl", "exec "},       LeadRow{"tcl", "system "}, LeadRow{"tcl", "send "}, LeadRow{"gnuplot", "!"},
    LeadRow{"gnuplot", "system "},
};

class Led final : public Commands {
 public:
  Led(std::string_view language, const Text& code, const Change& change, Effects& effects)
      : Commands(code, change, effects), language_(language) {}
  void run() override {
    while (more()) {
      skip(" \t\n;[");
      const auto lead = std::find_if(kLeads.begin(), kLeads.end(), [&](const LeadRow& row) {
        return row.language == language_ && v_.substr(at_, row.lead.size()) == row.lead;
      });
      if (lead == kLeads.end()) {
        until("\n;");
        continue;
      }
      at_ += lead->lead.size();
      skip(" \t-");
      shell(lead->lead == "send " && peek() == '"' ? quoted() : until("\n;]"));
    }
  }

 private:
  std::string_view language_;
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

/// make: `$(shell cmd)` and `VAR != cmd` run when the file is read, recipe lines when their target is made.
class Make final : public Commands {
 public:
  using Commands::Commands;
  void run() override {
    for (auto found = v_.find("$(shell "); found != std::string_view::npos; found = v_.find("$(shell ", at_)) {
      at_ = found + 8;
      shell(until(")"));
    }
    for (at_ = 0; more(); skip("\n")) {
      const bool recipe = peek() == '\t';
      skip("\t@-+ ");
      const Text line = until("\n");
      const auto run_now = line.view().find("!=");
      if (recipe) shell(line);
      else if (run_now != std::string_view::npos) shell(line.substr(run_now + 2));
    }
  }
};

/// Shells with a grammar of their own. Simple commands are alike; what cannot be read is opaque.
constexpr std::array<std::string_view, 5> kShells{"fish", "csh", "nu", "cmd", "powershell"};

bool is_led(std::string_view language) {
  return std::any_of(kLeads.begin(), kLeads.end(), [&](const LeadRow& row) { return row.language == language; });
}

}  // namespace

void apply_commands(std::string_view language, const Text& code, const Change& around, Effects& effects) {
  Change change = around;
  change.keeps_input = false;
  if (std::find(kShells.begin(), kShells.end(), language) != kShells.end()) return effects.run_shell(code, {}, change);
  if (language == "vim") Ex(code, change, effects).run();
  if (language == "crontab") Crontab(code, change, effects).run();
  if (language == "make") Make(code, change, effects).run();
  if (is_led(language)) Led(language, code, change, effects).run();
}

}  // namespace belay::command::program
