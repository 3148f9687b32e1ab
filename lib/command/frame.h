#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/span.h"
#include "command/invocation.h"
#include "command/state.h"

namespace belay::command {

/// What a list of commands puts on its standard output.
struct Output {
  bool known = true;  ///< `text` is all of it
  Text text;
  Taint taint;
  std::vector<std::uint32_t> sources;
  std::vector<Text> either;  ///< where it is not known: it is one of these
  Text part;                 ///< where it is not known: whole lines that are in it
  bool derived = false;      ///< where it is not known: a text tool made it out of text that is
  std::string file;          ///< absolute: it is what is in that file, which nobody has read yet

  /// Both, one behind the other.
  void add(const Output& next);
  /// This or `next`: one of both was printed.
  void or_else(const Output& next);
  [[nodiscard]] static Output unknown();
  [[nodiscard]] static Output of(const Input& input);
  /// As standard input of the next command of a pipeline.
  [[nodiscard]] Input as_input() const;
  [[nodiscard]] Text around_part() const;
  [[nodiscard]] Text all_of_either() const;
  /// As value of `$(…)`: without its trailing newlines.
  [[nodiscard]] Value as_value() const;
};

/// What this call wrote into a file.
struct Written {
  Input content;
  std::uint32_t operation = model::kNoOperation;
};

/// The states in which a loop, a function or a shell was left before its end.
struct Exits {
  std::vector<State> breaks;
  std::vector<State> continues;
  std::vector<State> returns;
};

/// A shell at one point of its script: its state, and what surrounds the script.
struct Frame {
  State state;
  Setting setting;
  bool nested = false;        ///< the text is not the call's own: operations carry the span of what led here
  base::Span span;            ///< that span
  std::vector<Exits*> loops;  ///< around this point, outermost first
  Exits* function = nullptr;  ///< or sourced file
  Exits* shell = nullptr;
  std::vector<std::uint32_t> word_sources;  ///< operations whose data the words of the command at work hold

  /// A word of that command as a variable holds it.
  [[nodiscard]] Value value_of(const Text& word) const;
  /// A subshell that starts here.
  [[nodiscard]] Frame subshell() const;
};

/// A loop with a condition.
struct LoopParts {
  std::function<Output(Frame&)> condition;
  const shell::List* body;
  std::function<void(Frame&)> step;
  bool until;
};

/// Commands that read what is written to them: `>(…)`, a coprocess. They run in a subshell of where they stand.
struct Sink {
  const shell::List* list = nullptr;
  const shell::Command* command = nullptr;  ///< in place of the list
  Frame frame;
};

}  // namespace belay::command
