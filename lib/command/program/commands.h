#pragma once

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "base/text.h"
#include "command/program/effects.h"

namespace belay::command::program {

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
  /// The rest of the line, with those that a backslash joins to it.
  Text logical_line() {
    Text out = until("\n");
    while (more() && !out.empty() && out.view().back() == '\\') {
      out = out.substr(0, out.size() - 1);
      ++at_;
      out.append(until("\n"));
    }
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
  void file(model::OpKind kind, const Text& path, Shape shape = {}) {
    const std::string_view p = path.view();
    const auto begin = p.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return;
    effects_.file(kind, path.substr(begin, p.find_last_not_of(" \t") + 1 - begin), shape, "command of `" + effects_.name() + "`");
  }

  /// The path below each home when it begins with one of the language's `spellings` of the home, else the path itself.
  [[nodiscard]] std::vector<Text> below_home(const Text& path, std::initializer_list<std::string_view> spellings) const {
    const auto* spelling = std::find_if(spellings.begin(), spellings.end(), [&](auto s) { return path.view().starts_with(s); });
    if (spelling == spellings.end()) return {path};
    std::vector<Text> homes = effects_.homes();
    for (Text& home : homes) home.append(path.substr(spelling->size()));
    return homes;
  }

  const Text& code_;
  std::string_view v_;
  std::size_t at_ = 0;
  const Change& change_;
  Effects& effects_;
};

}  // namespace belay::command::program
