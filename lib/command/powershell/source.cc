#include "command/powershell/source.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace belay::command::powershell {

namespace {

struct Same {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array kSame{
    Same{"\xE2\x80\x93", "-"},  Same{"\xE2\x80\x94", "-"},  Same{"\xE2\x80\x95", "-"},  Same{"\xE2\x80\x98", "'"}, Same{"\xE2\x80\x99", "'"},
    Same{"\xE2\x80\x9A", "'"},  Same{"\xE2\x80\x9B", "'"},  Same{"\xE2\x80\x9C", "\""}, Same{"\xE2\x80\x9D", "\""}, Same{"\xE2\x80\x9E", "\""},
    Same{"\xC2\xA0", " "},      Same{"\xE2\x80\x80", " "},  Same{"\xE2\x80\x83", " "},  Same{"\xE3\x80\x80", " "},  Same{"\xEF\xBB\xBF", " "},
    Same{"\r\n", "\n"},         Same{"\r", "\n"},
};

const Same* same_at(std::string_view s) {
  for (const Same& row : kSame) {
    if (s.starts_with(row.written)) return &row;
  }
  return nullptr;
}

}  // namespace

bool is_variable_char(char c) { return base::is_name_char(c) || c == '?' || static_cast<unsigned char>(c) >= 0x80U; }

Text normal_source(const Text& code) {
  const std::string_view v = code.view();
  if (v.find_first_of("\xE2\xC2\xE3\xEF\r") == std::string_view::npos) return code;
  Text out;
  std::size_t hole = 0;
  for (std::size_t i = 0; i < v.size();) {
    const Same* same = same_at(v.substr(i, 3));
    if (same != nullptr) out.append(same->meant);
    else if (v[i] == model::kHole) out.append_hole(code.trait(hole++));
    else out.append(v.substr(i, 1));
    i += same != nullptr ? same->written.size() : 1;
  }
  return out;
}

bool Cursor::take(std::string_view s) {
  if (!starts(s)) return false;
  at_ += s.size();
  return true;
}

Text Cursor::slice(std::size_t begin, std::size_t end) const {
  if (code_.literal()) return Text(v_.substr(begin, end - begin));
  return code_.substr(begin, end - begin);
}

void Cursor::skip_blank(bool lines) {
  while (more()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\f' || c == '\v' || (lines && c == '\n')) ++at_;
    else if (c == '`' && peek(1) == '\n') advance(2);
    else if (starts("<#")) go(std::min(v_.find("#>", at_ + 2), v_.size() - 2) + 2);
    else if (c == '#') go(std::min(v_.find('\n', at_), v_.size()));
    else return;
  }
}

void Cursor::skip_separators() {
  do skip_blank(true);
  while (take(";"));
}

std::string_view Cursor::word() {
  const std::size_t begin = at_;
  while (more() && base::is_name_char(peek())) ++at_;
  return v_.substr(begin, at_ - begin);
}

/// The place behind the string that begins at `at`.
std::size_t Cursor::skip_string(std::size_t at) const {
  const char quote = v_[at];
  if (at > 0 && v_[at - 1] == '@') {
    const std::array<char, 3> end{'\n', quote, '@'};
    const std::size_t found = v_.find(std::string_view(end.data(), end.size()), at);
    return found == std::string_view::npos ? v_.size() : found + 3;
  }
  for (++at; at < v_.size(); ++at) {
    if (v_[at] == '`' && quote == '"') ++at;
    else if (v_[at] == quote) return at + 1;
  }
  return v_.size();
}

std::size_t Cursor::closing() const {
  int depth = 0;
  for (std::size_t at = at_; at < v_.size();) {
    const char c = v_[at];
    if (c == '\'' || c == '"') {
      at = skip_string(at);
      continue;
    }
    if (c == '`') ++at;
    if (c == '<' && v_.substr(at, 2) == "<#") at = std::min(v_.find("#>", at), v_.size() - 1);
    const bool comment = c == '#' && at > 0 && std::string_view(" \t\n;{(").find(v_[at - 1]) != std::string_view::npos;
    if (comment) at = std::min(v_.find('\n', at), v_.size() - 1);
    if (c == '(' || c == '{' || c == '[') ++depth;
    if ((c == ')' || c == '}' || c == ']') && --depth <= 0) return at;
    ++at;
  }
  return v_.size();
}

}  // namespace belay::command::powershell
