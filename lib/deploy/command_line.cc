#include "deploy/command_line.h"

#include <algorithm>

#include "base/text.h"

namespace belay::deploy {

namespace {

bool plain(char c) {
  constexpr std::string_view kMarks = "/._-+:@%,=";
  return base::is_name_char(c) || base::is_digit(c) || kMarks.find(c) != std::string_view::npos;
}

class Words {
 public:
  std::vector<std::string> of(std::string_view text) {
    constexpr std::string_view kOperators = ";&|<>()\n";
    while (!text.empty()) {
      const char c = text.front();
      if (kOperators.find(c) != std::string_view::npos) break;
      text.remove_prefix(1);
      if (c == ' ' || c == '\t') end();
      else if (c == '\'' || c == '"') quoted(text, c);
      else if (c == '\\') escaped(text);
      else add(c);
    }
    end();
    return std::move(words_);
  }

 private:
  void add(char c) {
    word_ += c;
    inside_ = true;
  }

  void escaped(std::string_view& text) {
    if (text.empty()) return;
    add(text.front());
    text.remove_prefix(1);
  }

  void quoted(std::string_view& text, char quote) {
    inside_ = true;
    while (!text.empty() && text.front() != quote) {
      const char c = text.front();
      text.remove_prefix(1);
      if (c == '\\' && quote == '"') escaped(text);
      else add(c);
    }
    if (!text.empty()) text.remove_prefix(1);
  }

  void end() {
    if (inside_) words_.push_back(std::move(word_));
    word_.clear();
    inside_ = false;
  }

  std::vector<std::string> words_;
  std::string word_;
  bool inside_ = false;
};

}  // namespace

std::string shell_quoted(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return std::string(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out + "'";
}

std::vector<std::string> first_words(std::string_view text) { return Words().of(text); }

}  // namespace belay::deploy
