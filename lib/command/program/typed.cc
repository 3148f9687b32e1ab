#include "command/program/typed.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace belay::command::program {

namespace {

constexpr std::array<std::string_view, 5> kEnters{"Enter", "C-m", "C-j", "KPEnter", "^M"};
constexpr std::array<std::string_view, 14> kSilent{"Tab", "BTab", "Escape", "BSpace", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "DC", "IC"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// `C-c`, `M-x`, `F5`: keys that type no character.
bool is_silent(std::string_view word) {
  const bool held = word.size() >= 3 && word[1] == '-' && std::string_view("CMS").find(word[0]) != std::string_view::npos;
  const bool function = word.size() >= 2 && word[0] == 'F' && word.find_first_not_of("0123456789", 1) == std::string_view::npos;
  return held || function || is_one_of(word, kSilent);
}

/// `between`: what stands between words, which tmux types one right behind the other; a text of several words may have been one argument.
Text typed(const Text& keys, std::string_view between) {
  Text out;
  for (std::size_t begin = 0; begin <= keys.size();) {
    const std::size_t end = std::min(keys.view().find(' ', begin), keys.size());
    const Text word = keys.substr(begin, end - begin);
    begin = end + 1;
    if (is_one_of(word.view(), kEnters)) out.append("\n");
    else if (word.view() == "Space") out.append(" ");
    else if (!is_silent(word.view())) {
      if (!out.empty() && !out.view().ends_with('\n')) out.append(between);
      out.append(word);
    }
  }
  return out;
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

Text stuffed(const Text& text) {
  Text out;
  const std::string_view v = text.view();
  for (std::size_t i = 0; i < v.size(); ++i) {
    const char next = i + 1 < v.size() ? v[i + 1] : '\0';
    const bool enter = (v[i] == '^' && (next == 'M' || next == 'J')) || (v[i] == '\\' && (next == 'n' || next == 'r'));
    const bool coded = v[i] == '\\' && i + 3 < v.size() && is_octal(next) && is_octal(v[i + 2]) && is_octal(v[i + 3]);
    if (enter) {
      out.append("\n");
      ++i;
    } else if (coded) {
      const char c = static_cast<char>((next - '0') * 64 + (v[i + 2] - '0') * 8 + (v[i + 3] - '0'));
      out.append(c == '\r' ? std::string_view("\n") : std::string_view(&c, 1));
      i += 3;
    } else {
      out.append(text.substr(i, 1));
    }
  }
  return out;
}

Text decoded(const Text& codes) {
  std::string out;
  for (const std::string_view word : base::split(codes.view(), ' ')) {
    unsigned value = 0;
    for (const char c : word) value = value * 16 + static_cast<unsigned>(base::is_digit(c) ? c - '0' : (base::to_lower(c) - 'a' + 10) & 15);
    out.push_back(value == '\r' ? '\n' : static_cast<char>(value & 0x7FU));
  }
  return Text(out);
}

void run(const Text& code, const Change& change, Effects& effects) {
  if (!base::trim(code.view()).empty()) effects.run_shell(code, {}, change);
}

}  // namespace

bool type_into_shell(std::string_view language, const Text& text, const Change& change, Effects& effects) {
  if (language == "typed-stuff") return run(stuffed(text), change, effects), true;
  if (language == "typed-codes") return run(text.literal() ? decoded(text) : text, change, effects), true;
  if (language != "typed-keys") return false;
  run(typed(text, " "), change, effects);
  if (text.view().find("Space") != std::string_view::npos) run(typed(text, ""), change, effects);
  return true;
}

std::vector<std::vector<Text>> commands_of_terminal(std::string_view program, std::span<const Text> arguments) {
  std::vector<std::vector<Text>> out(1);
  if (program != "tmux" && program != "tmate") return {};
  for (const Text& word : arguments) {
    const bool ends = word.view().ends_with(';') && !word.view().ends_with("\\;");
    if (!ends || word.size() > 1) out.back().push_back(ends ? word.substr(0, word.size() - 1) : word);
    if (ends) out.emplace_back();
  }
  if (out.size() == 1) return {};
  std::erase_if(out, [](const std::vector<Text>& one) { return one.empty(); });
  return out;
}

void run_terminal_commands(std::string_view before, const Text& code, const Change& change, Effects& effects) {
  Text out;
  for (std::size_t begin = 0; begin < code.size();) {
    const std::size_t end = std::min(code.view().find('\n', begin), code.size());
    const Text line = code.substr(begin, end - begin);
    begin = end + 1;
    const std::string_view plain = base::trim(line.view());
    if (plain.empty() || plain.front() == '#' || plain.front() == '%') continue;
    out.append(before);
    out.append(line);
    out.append("\n");
  }
  if (!out.empty()) effects.run_shell(out, {}, change);
}

}  // namespace belay::command::program
