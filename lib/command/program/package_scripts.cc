#include "command/program/package_scripts.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "command/program/commands.h"

namespace belay::command::program {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// Words of the call that start scripts of other names.
struct StartRow {
  std::string_view word;
  std::string_view scripts;
};
constexpr std::array kStarts{
    StartRow{"install", "preinstall install postinstall prepublish preprepare prepare postprepare"},
    StartRow{"i", "preinstall install postinstall prepublish preprepare prepare postprepare"},
    StartRow{"ci", "preinstall install postinstall prepublish preprepare prepare postprepare"},
    StartRow{"add", "preinstall install postinstall prepare"},
    StartRow{"t", "pretest test posttest"},
    StartRow{"publish", "prepublishOnly prepack prepare postpack publish postpublish"},
    StartRow{"pack", "prepack prepare postpack"},
};

class Scripts final : public Commands {
 public:
  using Commands::Commands;

  void run() override {
    for (const std::string_view key : {"\"scripts\"", "\"tasks\""}) {
      at_ = v_.find(key);
      if (!more()) continue;
      at_ += key.size();
      skip(kBlanks);
      if (peek() != ':') continue;
      ++at_;
      skip(kBlanks);
      if (peek() == '{') members();
    }
  }

 private:
  void members() {
    ++at_;
    for (skip(" \t\r\n,"); peek() == '"'; skip(" \t\r\n,")) {
      const Text name = quoted();
      skip(" \t\r\n:");
      if (peek() != '"') return;
      const Text script = quoted();
      if (is_started(name.view())) shell(script);
    }
  }

  [[nodiscard]] bool is_started(std::string_view name) const {
    const auto& argv = effects_.invocation().argv;
    return std::any_of(argv.begin() + 1, argv.end(), [&](const Text& word) {
      const std::string_view w = word.view();
      const bool around = (name.starts_with("pre") && name.substr(3) == w) || (name.starts_with("post") && name.substr(4) == w);
      const auto row = std::find_if(kStarts.begin(), kStarts.end(), [&](const StartRow& r) { return r.word == w; });
      return name == w || around || (row != kStarts.end() && listed(row->scripts, name));
    }) || (argv.size() == 1 && listed(kStarts.front().scripts, name));  // `yarn` alone installs
  }

  static bool listed(std::string_view words, std::string_view name) {
    const auto all = base::split_blank(words);
    return std::find(all.begin(), all.end(), name) != all.end();
  }
};

}  // namespace

void run_package_scripts(const Text& json, const Change& change, Effects& effects) { Scripts(json, change, effects).run(); }

}  // namespace belay::command::program
