#include "command/program/transfer.h"

#include <algorithm>
#include <array>

#include "command/program/commands.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

/// What a command is called on the other machine.
struct RemoteRow {
  std::string_view command;
  std::string_view program;
  std::string_view option = {};
};
constexpr std::array kRemote{
    RemoteRow{"rm", "rm"},        RemoteRow{"mrm", "rm"},     RemoteRow{"del", "rm"},   RemoteRow{"delete", "rm"}, RemoteRow{"mdelete", "rm"},
    RemoteRow{"deltree", "rm", "-r"}, RemoteRow{"rmdir", "rmdir"}, RemoteRow{"chmod", "chmod"}, RemoteRow{"mv", "mv"},
    RemoteRow{"rename", "mv"},
};

class Transfer final : public Commands {
 public:
  Transfer(std::string_view language, const Text& code, const Change& change, Effects& effects)
      : Commands(code, change, effects), language_(language) {}

  void run() override {
    std::size_t entered = 0;
    for (; more(); until("\n;"), skip(" \t\n;&")) {
      skip(" \t\n;-@");  // sftp(1) -b: `-` ignores the error, `@` shows nothing
      if (peek() == '!') {
        ++at_;
        shell(until("\n"));
        continue;
      }
      entered += command(split_words(until("\n;")));
    }
    while (entered-- != 0) effects_.leave();
  }

 private:
  /// How many folders it went into.
  std::size_t command(std::vector<Text> words) {
    if (words.empty() || !words.front().literal()) return 0;
    const std::string name = base::lower(words.front().view());
    if (name == "lcd" && words.size() > 1) {
      effects_.enter(words[1]);
      return 1;
    }
    if (name == "local" && language_ == "lftp" && words.size() > 1) {  // lftp(1): what follows works on files of this machine
      words.erase(words.begin());
      for (Text& word : words) word = in_home(word);
      effects_.run(std::move(words), change_);
      return 0;
    }
    const auto* const remote = std::find_if(kRemote.begin(), kRemote.end(), [&](const RemoteRow& row) { return row.command == name; });
    if (remote != kRemote.end()) run_there(*remote, std::move(words));
    else run_here(name, std::move(words));
    return 0;
  }

  void run_there(const RemoteRow& row, std::vector<Text> words) {
    words.front() = Text(row.program);
    if (!row.option.empty()) words.insert(words.begin() + 1, Text(row.option));
    Change there = change_;
    there.remote = true;
    there.via = effects_.name();
    effects_.run(std::move(words), there);
  }

  /// What is fetched lands under its own name when no other is given.
  static Text own_name(const Text& path) {
    const std::size_t slash = path.view().rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
  }

  /// ftp(1) and lftp(1) expand `~` in names of local files themselves.
  [[nodiscard]] Text in_home(const Text& word) const {
    const std::vector<Text> homes = effects_.homes();
    if (homes.empty() || (word.view() != "~" && !word.view().starts_with("~/"))) return word;
    Text path = homes.front();
    path.append(word.substr(1));
    return path;
  }

  void run_here(const std::string& name, std::vector<Text> words) {
    for (const std::string_view prefix : {language_, std::string_view("ftp")}) {
      const std::string program = std::string(prefix) + ":" + name;
      if (!effects_.knowledge().find(program)) continue;
      words.front() = Text(program);
      for (Text& word : words) word = in_home(word);
      if (name == "get" && words.size() == 2) words.push_back(own_name(words.back()));
      return effects_.run(std::move(words), change_);
    }
  }

  std::string_view language_;
};

}  // namespace

bool is_transfer(std::string_view language) { return language == "ftp" || language == "lftp"; }

void read_transfer(std::string_view language, const Text& code, const Change& change, Effects& effects) {
  Transfer(language, code, change, effects).run();
}

}  // namespace belay::command::program
