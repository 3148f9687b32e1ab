#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/decision.h"

/// Ways to say the same command differently, as data: each turns a command into another one that does the same.
namespace belay::generate {

using model::Verdict;

struct Command {
  std::string text;
  bool simple = false;  ///< one simple command on one line: may follow `sudo` and be quoted anew
  bool open = false;    ///< ends in a here-document or a comment: only a newline may follow
  unsigned depth = 0;   ///< how many changes are in it: names here-documents
};

struct Change {
  std::string name;  ///< the row as written
  std::function<std::optional<Command>(const Command&)> apply;
  Verdict elsewhere = Verdict::deny;  ///< on another machine: the strictest that local effects keep there (deny: it stays here)
  bool loud = false;                  ///< may be stopped with something harmless in it: it says nothing about everyday commands
  bool files = false;                 ///< writes a file and runs it: read on this machine only
  bool slow = false;                  ///< only applied alone
};

/// `template` with the command in it (README.md says how); absent when the command cannot stand there.
[[nodiscard]] std::optional<Command> fill(std::string_view pattern, const Command& inner);

/// One change per line of a file of templates.
[[nodiscard]] std::vector<Change> read_changes(const std::string& path);
/// Every other spelling of the words of a simple command.
[[nodiscard]] std::vector<Change> quotings();

/// Lines of a file that are neither empty nor comments, `⏎` replaced by a newline.
[[nodiscard]] std::vector<std::string> read_rows(const std::string& path);

}  // namespace belay::generate
