#include "words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace belay::generate {

namespace {

constexpr std::array<std::string_view, 22> kReserved{"if",   "then", "else", "elif",     "fi",     "for", "while", "until",
                                                     "do",   "done", "case", "esac",     "select", "{",   "}",     "!",
                                                     "[[",   "time", "in",   "function", "coproc", "]]"};

/// Nothing but the shell itself can run these.
constexpr std::array<std::string_view, 25> kBuiltins{"eval",  "trap",    "exec",   "command", "builtin", "source", ".",     "export", "set",
                                                     "read",  "mapfile", "alias",  "let",     "local",   "declare", "readonly", "typeset", "cd",
                                                     "pushd", "return",  "exit",   "wait",    "shift",   "unset",  "hash"};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Reads one word at a time; `failed` once there is more than one simple command.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::optional<std::vector<Word>> all() {
    std::vector<Word> out;
    for (skip(); at_ < text_.size() && !failed_; skip()) out.push_back(word());
    if (failed_ || out.empty()) return std::nullopt;
    return out;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_.substr(at_, 2) == "\\\n")) at_ += is_blank(text_[at_]) ? 1U : 2U;
    if (text_.substr(at_, 1) == "#") failed_ = true;
  }
  Word word() {
    const std::size_t begin = at_;
    literal_.clear();
    expanded_ = text_[at_] == '~';
    while (at_ < text_.size() && !is_blank(text_[at_]) && !failed_) piece();
    Word out{std::string(text_.substr(begin, at_ - begin)), std::nullopt};
    if (!expanded_) out.literal = literal_;
    return out;
  }
  void piece() {
    const char c = text_[at_++];
    if (c == '\'') quoted('\'');
    else if (c == '"') quoted('"');
    else if (c == '\\' && next() == '\n') ++at_;
    else if (c == '\\' && at_ < text_.size()) literal_ += text_[at_++];
    else if (std::string_view("|;&<>()`\n").find(c) != std::string_view::npos) failed_ = true;
    else plain(c);
  }
  void plain(char c) {
    if (std::string_view("$*?[]{}").find(c) != std::string_view::npos) expanded_ = true;
    if (c == '$' && std::string_view("({'\"").find(next()) != std::string_view::npos) failed_ = true;
    literal_ += c;
  }
  void quoted(char quote) {
    while (at_ < text_.size() && text_[at_] != quote) {
      if (quote == '"' && (text_[at_] == '`' || (text_[at_] == '$' && at_ + 1 < text_.size() && text_[at_ + 1] == '('))) failed_ = true;
      if (quote == '"' && text_[at_] == '$') expanded_ = true;
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() &&
          std::string_view("\\\"$`").find(text_[at_ + 1]) != std::string_view::npos)
        ++at_;
      literal_ += text_[at_++];
    }
    if (at_ == text_.size()) failed_ = true;
    else ++at_;
  }
  [[nodiscard]] char next() const { return at_ < text_.size() ? text_[at_] : ' '; }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string literal_;
  bool expanded_ = false;
  bool failed_ = false;
};

}  // namespace

std::optional<std::vector<Word>> words_of(std::string_view text) {
  auto words = Splitter(text).all();
  if (!words) return std::nullopt;
  const std::string& first = words->front().raw;
  if (std::find(kReserved.begin(), kReserved.end(), first) != kReserved.end()) return std::nullopt;
  const auto equals = first.find('=');
  if (equals != std::string::npos && first.find_first_of("'\"/\\") > equals) return std::nullopt;
  return words;
}

bool is_program_call(std::string_view text) {
  const auto words = words_of(text);
  return words && std::find(kBuiltins.begin(), kBuiltins.end(), words->front().raw) == kBuiltins.end();
}

bool is_builtin(std::string_view text) {
  constexpr std::array<std::string_view, 24> kMore{"echo", "test", "[",     "printf", "true",  "false", "pwd",   "kill",  "type",   "umask", ":",     "bind",
                                                   "jobs", "bg",   "fg",    "times",  "ulimit", "shopt", "dirs", "popd",  "history", "fc",  "enable", "complete"};
  const auto words = words_of(text);
  return !is_program_call(text) || std::find(kMore.begin(), kMore.end(), words->front().raw) != kMore.end();
}

std::string single_quoted(std::string_view text) { return "'" + replaced(std::string(text), "'", "'\\''") + "'"; }

std::string double_quoted(std::string_view text) { return "\"" + escaped(text, "\\\"$`") + "\""; }

std::string every_byte(std::string_view text, Digits digits) {
  std::string out;
  for (const char c : text) {
    std::array<char, 16> buffer{};
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    switch (digits) {
      case Digits::hex: std::snprintf(buffer.data(), buffer.size(), "\\x%02x", byte); break;
      case Digits::octal: std::snprintf(buffer.data(), buffer.size(), "\\%03o", byte); break;
      case Digits::u4: std::snprintf(buffer.data(), buffer.size(), "\\u%04x", byte); break;
      case Digits::u8: std::snprintf(buffer.data(), buffer.size(), "\\U%08x", byte); break;
      case Digits::bare_hex: std::snprintf(buffer.data(), buffer.size(), "%02x", byte); break;
    }
    out += buffer.data();
  }
  return out;
}

std::string ansi_quoted(std::string_view text, Digits digits) { return "$'" + every_byte(text, digits) + "'"; }

std::string every_backslashed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += "'\n'";
    else (out += '\\') += c;
  }
  return out.empty() ? "''" : out;
}

std::string escaped(std::string_view text, std::string_view which) {
  std::string out;
  for (const char c : text) {
    if (which.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string base64(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > text.size() ? '=' : kLetters[bits >> (18 - 6 * k) & 63U];
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += between;
    out += words[i];
  }
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

}  // namespace belay::generate
