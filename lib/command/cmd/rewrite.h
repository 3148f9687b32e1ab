#pragma once

#include <string>
#include <vector>

#include "command/cmd/source.h"
#include "command/program/knowledge_view.h"
#include "model/text.h"

namespace belay::command::cmd {

using model::Text;

/// One word of a command with its quotes off.
struct Word {
  std::string text;
  bool quoted = false;
};

/// Reads commands from left to right and writes each as shell code.
class Rewriter {
 public:
  Rewriter(Source source, const Text& cwd, const program::KnowledgeView& knowledge, int depth)
      : in_(std::move(source)), cwd_(cwd), knowledge_(knowledge), depth_(depth) {}

  [[nodiscard]] Text run() { return list(0); }

 private:
  Text list(int groups);
  Text statement(int groups);
  Text simple();
  Text conditional(int groups);
  Text loop();
  Text loop_set(const std::string& options, std::string& variable, std::vector<std::string>& items);
  void operator_between(Text& out);
  bool keyword(std::string_view word);

  [[nodiscard]] std::vector<Word> words(Text& redirections);
  [[nodiscard]] Word word();
  bool redirection(Text& redirections);

  [[nodiscard]] Text command(std::vector<Word> words);
  [[nodiscard]] Text builtin(std::string_view name, const std::vector<Word>& words);
  [[nodiscard]] Text program(const std::vector<Word>& words);
  [[nodiscard]] Text set(const std::vector<Word>& words);
  [[nodiscard]] Text start(const std::vector<Word>& words);
  [[nodiscard]] Text path_word(const std::string& text, bool wildcards) const;

  Source in_;
  const Text& cwd_;
  const program::KnowledgeView& knowledge_;
  int depth_;
  bool escapes_ = false;  ///< `\"` is a quote: in the arguments of programs, not of cmd's own commands
};

/// One of cmd's own commands?
[[nodiscard]] bool is_builtin(std::string_view name);

/// A word of shell code that stands for exactly this text; with `wildcards`, `*` and `?` are live.
[[nodiscard]] Text shell_word(std::string_view text, bool wildcards);

}  // namespace belay::command::cmd
