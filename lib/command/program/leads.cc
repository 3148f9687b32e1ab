#include "command/program/leads.h"

#include <algorithm>
#include <array>

#include "command/program/commands.h"
#include "command/program/languages.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::OpKind;

constexpr std::string_view kRead = "read";  ///< in place of a language: the word behind is a file
constexpr std::string_view kWrite = "write";
constexpr std::string_view kSource = "source";  ///< the word behind is a file of code, in the same language where its name says no other
constexpr std::string_view kDelete = "delete";  ///< all words behind, and everything below them
struct LeadRow {
  std::string_view language;
  std::string_view lead;
  std::string_view code = "sh";
};
constexpr std::array kLeads{
    LeadRow{"gdb", "shell "},
    LeadRow{"gdb", "!"},
    LeadRow{"gdb", "make "},
    LeadRow{"gdb", "target remote |"},
    LeadRow{"gdb", "target extended-remote |"},
    LeadRow{"lldb", "pl sh "},
    LeadRow{"lldb", "platform shell "},
    LeadRow{"lldb", "shell "},
    LeadRow{"pager", "!"},
    LeadRow{"tcl", "spawn "},
    LeadRow{"tcl", "exec "},
    LeadRow{"tcl", "system "},
    LeadRow{"tcl", "send "},
    LeadRow{"tcl", "exp_send "},
    LeadRow{"tcl", "exp_spawn "},
    LeadRow{"gnuplot", "!"},
    LeadRow{"gnuplot", "system "},
    LeadRow{"gdb", "python ", "python"},
    LeadRow{"gdb", "py ", "python"},
    LeadRow{"console", "!"},
    LeadRow{"console", "shell "},
    LeadRow{"console", "@exec "},
    LeadRow{"console", ":!"},
    LeadRow{"console", "\\! "},
    LeadRow{"roff", ".sy "},
    LeadRow{"roff", ".pso "},
    LeadRow{"roff", ".so ", kRead},
    LeadRow{"tcl", "file delete ", kDelete},
    LeadRow{"tcl", "open \"|"},
    LeadRow{"tcl", "open {|"},
    LeadRow{"tcl", "open ", kRead},
    LeadRow{"roff", ".pi "},
    LeadRow{"gdb", "pipe ", "pipe-tail"},
    LeadRow{"gdb", "| ", "pipe-tail"},
    LeadRow{"lldb", "script ", "python"},
    LeadRow{"ghci", ":!"},
    LeadRow{"matlab", "!"},
    LeadRow{"lf", "!"},
    LeadRow{"lf", "$"},
    LeadRow{"lf", "&"},
    LeadRow{"lf", "%"},
    LeadRow{"lf", "shell "},
    LeadRow{"tmpfiles", "R ", kDelete},
    LeadRow{"tmpfiles", "R! ", kDelete},
    LeadRow{"tmpfiles", "r ", kDelete},
    LeadRow{"tmpfiles", "r! ", kDelete},
    LeadRow{"tmpfiles", "D ", kDelete},
    LeadRow{"tmpfiles", "D! ", kDelete},
    LeadRow{"tmpfiles", "f+ ", kWrite},
    LeadRow{"tmpfiles", "f ", kWrite},
    LeadRow{"tmpfiles", "w ", kWrite},
    LeadRow{"tmpfiles", "w+ ", kWrite},
    LeadRow{"tmpfiles", "L+ ", kWrite},
    LeadRow{"tmpfiles", "C+ ", kWrite},
    LeadRow{"gdb", "source ", kSource},
    LeadRow{"tcl", "source ", kSource},
    LeadRow{"lldb", "command source ", kSource},
    LeadRow{"ghci", ":script ", kSource},
    LeadRow{"gnuplot", "load ", kSource},
    LeadRow{"lf", "source ", kSource},
    LeadRow{"gdb", "restore ", kRead},
    LeadRow{"gdb", "dump value ", kWrite},
    LeadRow{"gdb", "dump memory ", kWrite},
    LeadRow{"gdb", "dump binary value ", kWrite},
    LeadRow{"gdb", "dump binary memory ", kWrite},
    LeadRow{"gdb", "append memory ", kWrite},
    LeadRow{"gdb", "append value ", kWrite},
    LeadRow{"gdb", "set logging file ", kWrite},
    LeadRow{"gdb", "save breakpoints ", kWrite},
    LeadRow{"gdb", "gcore ", kWrite},
    LeadRow{"gdb", "generate-core-file ", kWrite},
};

class Led final : public Commands {
 public:
  Led(std::string_view language, const Text& code, const Change& change, Effects& effects)
      : Commands(code, change, effects), language_(language) {}
  void run() override {
    while (more()) {
      skip(language_ == "tcl" ? " \t\n;[{" : " \t\n;[");
      const auto lead = std::find_if(kLeads.begin(), kLeads.end(), [&](const LeadRow& row) {
        return row.language == language_ && v_.substr(at_, row.lead.size()) == row.lead;
      });
      if (lead == kLeads.end()) {
        until(language_ == "tcl" ? "\n;[{" : "\n");  // what stands in brackets and braces are commands too
        continue;
      }
      at_ += lead->lead.size();
      skip(" \t-");
      if (lead->lead == "spawn " && v_[at_ - 1] == '-') until(" \t\n"), skip(" \t");  // `-noecho`, `-console`
      if (lead->code == kSource) {
        source(until("\n;])}"));
        continue;
      }
      if (lead->code == kRead || lead->code == kWrite) {
        for (const Text& path : below_home(until(" \t\n;])}"), {"~", "$env(HOME)"}))
          file(lead->code == kRead ? OpKind::read : OpKind::write, path);
        continue;
      }
      if (lead->code == kDelete) {
        for (const Text& word : split_words(until("\n;]}"))) {
          for (const Text& path : below_home(word, {"~", "$env(HOME)"})) file(OpKind::remove, path, {true});
        }
        continue;
      }
      if (lead->lead == "open \"|" || lead->lead == "open {|") {
        shell(until(lead->lead == "open {|" ? "}" : "\""));
        continue;
      }
      if (lead->code == "pipe-tail") {  // gdb: `pipe COMMAND | SHELL_COMMAND`
        until("|\n");
        skip("|");
        shell(until("\n"));
        continue;
      }
      const bool text = (lead->lead.ends_with("send ") || lead->lead == "@exec " || language_ == "gnuplot") && peek() == '"';
      apply_code(lead->code, text ? quoted() : command(), change_, effects_);
    }
  }

 private:
  void source(const Text& words) {
    const std::vector<Text> all = split_words(words);
    for (const Text& path : below_home(all.empty() ? Text() : all.back(), {"~", "$env(HOME)"})) {
      file(OpKind::read, path);
      const std::string_view named = language_of_file(path.view());
      if (!path.empty() && effects_.first_load(path.bytes())) effects_.run_file(path, named.empty() ? language_ : named, {path}, change_);
    }
  }

  /// Up to the end of the line; in Tcl a semicolon, a bracket and a brace that was opened before, outside quotes, end a command too.
  Text command() {
    if (language_ != "tcl") return until("\n");
    const std::size_t begin = at_;
    int braces = 0;
    for (bool quotes = false; more() && (quotes || std::string_view("\n;]").find(peek()) == std::string_view::npos); ++at_) {
      if (!quotes && peek() == '{') ++braces;
      if (!quotes && peek() == '}' && braces-- == 0) break;
      if (peek() == '\\' && at_ + 1 < v_.size()) ++at_;
      else if (peek() == '"') quotes = !quotes;
    }
    return code_.substr(begin, at_ - begin);
  }

  std::string_view language_;
};

}  // namespace

bool is_led(std::string_view language) {
  return std::any_of(kLeads.begin(), kLeads.end(), [&](const LeadRow& row) { return row.language == language; });
}

void read_led(std::string_view language, const Text& code, const Change& change, Effects& effects) {
  Led(language, code, change, effects).run();
}

}  // namespace belay::command::program
