#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/operation.h"
#include "rulekit/engine.h"

/// What belay makes of a command, as a sequence of calls. For test/support/values_dump.cc.
namespace belay::values {

using model::Text;

/// Programs of the private root that do nothing but note their words; `no` fails, the others succeed.
inline constexpr std::array kStubs{"p",  "q",    "r",     "no",    "rm",      "git",    "curl", "psql", "ls",
                                   "mv", "find", "chmod", "touch", "kubectl", "docker", "make", "node", "python3"};
/// Programs that are real there, and built-ins: not noted, so not compared.
inline constexpr std::array kSilent{
    "dash",     "zsh",    "fish",    "tcsh",    "csh",   "string",  "math",
    "bash",     "sh",     "cat",     "tee",     "rev",   "tr",      "basename", "dirname",  "base64",   "xxd",  "sort",     "uniq",    "tac",     "sed",     "env",
    "head",     "tail",   "cut",     "grep",    "egrep", "fold",    "nl",       "paste",    "expr",     "yes",  "awk",      "xargs",   "date",
    "seq",      "echo",   "printf",  "pwd",     "true",  "false",   ":",        ".",        "[",        "alias",   "bg",
    "bind",     "break",  "builtin", "caller",  "cd",    "command", "compgen",  "complete", "continue", "declare", "dirs",
    "disown",   "enable", "eval",    "exec",    "exit",  "export",  "fc",       "fg",       "getopts",  "hash",    "help",
    "history",  "jobs",   "kill",    "let",     "local", "logout",  "mapfile",  "popd",     "pushd",    "read",    "readarray",
    "readonly", "return", "set",     "shift",   "shopt", "source",  "suspend",  "test",     "times",    "trap",    "type",
    "typeset",  "ulimit", "umask",   "unalias", "unset", "wait"};

template <std::size_t N>
bool one_of(const std::array<const char*, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// One call: its words, or something that cannot be known (then `opaque` says why and there are no words).
struct Seen {
  std::vector<Text> words;
  std::string opaque;
};

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The words of the canonical line of a program that nothing is known of: argv, with quotes where blanks are (lib/command/program).
inline std::vector<Text> words_of(const model::Exec& exec) {
  std::vector<Text> out{exec.path};
  const std::string_view line = exec.canonical.view();
  constexpr std::string_view kQuote = "'\\''";
  for (std::size_t i = exec.program.size(); i < line.size();) {
    ++i;  // the blank before the word
    Text word;
    if (line.substr(i, 1) != "'") {
      const std::size_t end = std::min(line.find(' ', i), line.size());
      word = exec.canonical.substr(i, end - i);
      i = end;
    } else {
      for (++i;;) {
        const std::size_t end = line.find('\'', i);
        word.append(exec.canonical.substr(i, end - i));
        if (line.substr(end, kQuote.size()) != kQuote) {
          i = end + 1;
          break;
        }
        word.append("'");
        i = end + kQuote.size();
      }
    }
    out.push_back(std::move(word));
  }
  return out;
}

/// Analyses commands on the machine of test/cases/values/world.
class Viewer {
 public:
  Viewer(const std::filesystem::path& source_root, std::string shell) : compiled_(compile(source_root)), shell_(std::move(shell)) {
    one_.kind = policy::Case::Kind::run;
    one_.env_vars = {{"KNOWN", "known value"}, {"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
    const std::string world = slurp(source_root / "test/cases/values/world");
    for (const std::string_view line : base::split(world, '\n')) {
      if (line.starts_with("dir ")) one_.files.emplace_back(line.substr(4), "dir");
      if (line.starts_with("file ")) one_.files.emplace_back(line.substr(5), "");
    }
  }

  [[nodiscard]] const std::string& shell() const { return shell_; }

  [[nodiscard]] std::vector<Seen> calls(const std::string& command) {
    one_.run = shell_ == "bash" ? command : shell_ + " -c " + quoted(command);
    const auto scene = rulekit::scene_of(one_);
    if (!scene) throw std::runtime_error(scene.error().what);
    const image::View* const images[] = {&compiled_.view()};
    std::vector<Seen> out;
    for (const model::Operation& op : rulekit::analyse(*scene, images).operations) {
      if (op.guessed) continue;  // the stubs are programs that nobody knows: what one might start is no part of what is compared
      if (const auto* opaque = op.as_opaque()) out.push_back({{}, std::string(model::name_of(opaque->reason))});
      const model::Exec* exec = op.as_exec();
      if (exec != nullptr && !one_of(kSilent, exec->program.view())) out.push_back({words_of(*exec), {}});
    }
    return out;
  }

 private:
  /// The knowledge that is shipped, but for what it says of the stubs: what becomes of their words is not the question here.
  static rulekit::Compiled compile(const std::filesystem::path& source_root) {
    policy::Knowledge knowledge;
    base::Diagnostics problems;
    for (const auto& entry : std::filesystem::directory_iterator(source_root / "rules/knowledge")) {
      if (entry.path().extension() != ".toml") continue;
      policy::load_knowledge(std::make_shared<base::SourceText>(entry.path().filename().string(), slurp(entry.path())), knowledge,
                             problems);
    }
    std::erase_if(knowledge.programs, [](const policy::KnowledgeBlock& block) {
      return std::any_of(block.names.begin(), block.names.end(), [](const auto& name) { return one_of(kStubs, name.text); });
    });
    auto compiled = rulekit::Compiled::make({}, knowledge, problems);
    if (!compiled) throw std::runtime_error(compiled.error().what);
    return *std::move(compiled);
  }

  static std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
      if (c == '\'') out += "'\\''";
      else out += c;
    }
    return out + "'";
  }

  rulekit::Compiled compiled_;
  std::string shell_;
  policy::Case one_;
};

}  // namespace belay::values
