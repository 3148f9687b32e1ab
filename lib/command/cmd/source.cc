#include "command/cmd/source.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "command/inline/value.h"
#include "model/text.h"

namespace belay::command::cmd {

namespace {

constexpr std::size_t kMostText = 256U << 10U;
constexpr int kMostReplacements = 2000;

struct KnownRow {
  std::string_view name;
  std::string_view value;
};
/// Variables that Windows sets; \x02 is the home.
constexpr std::array kKnown{
    KnownRow{"userprofile", "\x02"},
    KnownRow{"appdata", "\x02\\AppData\\Roaming"},
    KnownRow{"localappdata", "\x02\\AppData\\Local"},
    KnownRow{"onedrive", "\x02\\OneDrive"},
    KnownRow{"temp", "\\tmp"},
    KnownRow{"tmp", "\\tmp"},
    KnownRow{"systemdrive", "C:"},
    KnownRow{"homedrive", "C:"},
    KnownRow{"homepath", "\x02"},
    KnownRow{"systemroot", "C:\\Windows"},
    KnownRow{"windir", "C:\\Windows"},
    KnownRow{"comspec", "C:\\Windows\\system32\\cmd.exe"},
    KnownRow{"programfiles", "C:\\Program Files"},
    KnownRow{"programdata", "C:\\ProgramData"},
    KnownRow{"allusersprofile", "C:\\ProgramData"},
    KnownRow{"public", "C:\\Users\\Public"},
    KnownRow{"cd", "."},
    KnownRow{"pathext", ".COM;.EXE;.BAT;.CMD"},
    KnownRow{"os", "Windows_NT"},
};

std::string base_value(std::string_view name, const Variables& variables) {
  const std::string low = base::lower(name);
  if (const auto it = variables.find(low); it != variables.end()) return it->second;
  for (const KnownRow& row : kKnown) {
    if (row.name == low) return std::string(row.value);
  }
  return std::string(1, model::kHole);
}

std::optional<long> number(std::string_view s) {
  s = base::trim(s);
  const bool minus = !s.empty() && s[0] == '-';
  if (minus) s.remove_prefix(1);
  if (s.empty() || s.size() > 6 || !std::all_of(s.begin(), s.end(), base::is_digit)) return std::nullopt;
  long out = 0;
  for (const char c : s) out = out * 10 + (c - '0');
  return minus ? -out : out;
}

/// `~start,length`; negative numbers count from the end.
std::string part_of(const std::string& value, std::string_view range) {
  const std::size_t comma = std::min(range.find(','), range.size());
  const auto size = static_cast<long>(value.size());
  const auto start = number(range.substr(0, comma));
  const auto length = comma < range.size() ? number(range.substr(comma + 1)) : std::optional(size);
  if (!start || !length) return std::string(1, model::kHole);
  const long begin = std::clamp(*start < 0 ? size + *start : *start, 0L, size);
  const long end = std::clamp(*length < 0 ? size + *length : begin + *length, begin, size);
  return value.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::string replaced(const std::string& value, std::string_view from, std::string_view to) {
  std::string out;
  const std::string low = base::lower(value);
  const std::string wanted = base::lower(from);
  std::size_t at = 0;
  for (std::size_t found = low.find(wanted); !wanted.empty() && found != std::string::npos && out.size() < kMostText; found = low.find(wanted, at)) {
    out.append(value, at, found - at).append(to);
    at = found + wanted.size();
  }
  return out.append(value, at, std::string::npos);
}

bool is_reference_char(char c) { return base::is_name_char(c) || std::string_view("~:,=-*().#@ /\\").find(c) != std::string_view::npos; }

}  // namespace

std::string value_of(std::string_view reference, const Variables& variables) {
  const std::size_t colon = reference.find(':');
  const std::string value = base_value(reference.substr(0, colon), variables);
  if (colon == std::string_view::npos) return value;
  const std::string_view how = reference.substr(colon + 1);
  const bool known = value.find(model::kHole) == std::string::npos;
  if (!known) return std::string(1, model::kHole);
  if (how.starts_with('~')) return part_of(value, how.substr(1));
  const std::size_t equals = how.find('=');
  if (equals == std::string_view::npos || how.starts_with('*')) return std::string(1, model::kHole);
  return replaced(value, how.substr(0, equals), how.substr(equals + 1));
}

void Source::put(std::size_t length, std::string value) {
  if (text_.size() + value.size() > kMostText || ++replacements_ > kMostReplacements) value = std::string(1, model::kHole);
  expanded_ = at_ + value.size();
  text_.replace(at_, length, value);
}

/// `%x%`, `!x!`, the `%1` and `%*` of a script, the `%i` and `%%i` of a loop. False: the sign is a sign.
bool Source::expand() {
  const char mark = text_[at_];
  if (at_ < expanded_) return false;
  const bool doubled = mark == '%' && raw(1) == '%';
  std::size_t name = at_ + (doubled ? 2 : 1);
  if (mark == '%' && (base::is_digit(raw(1)) || raw(1) == '*') && !doubled) return put(2, std::string(1, model::kHole)), true;
  std::size_t tilde = name;  // %~dpi
  if (tilde < text_.size() && text_[tilde] == '~') {
    ++tilde;
    while (tilde + 1 < text_.size() && base::is_alpha(text_[tilde]) && base::is_alpha(text_[tilde + 1])) ++tilde;
  }
  if (mark == '%' && tilde < text_.size()) {
    if (const auto loop = variables_.find("%" + base::lower(text_.substr(tilde, 1))); loop != variables_.end())
      return put(tilde + 1 - at_, loop->second), true;
    if (tilde > name && base::is_digit(text_[tilde])) return put(tilde + 1 - at_, tilde == name + 1 ? std::string(1, model::kHole) : std::string(".")), true;
  }
  if (doubled) return put(2, "%"), true;
  std::size_t end = name;
  while (end < text_.size() && text_[end] != mark && is_reference_char(text_[end])) ++end;
  if (end >= text_.size() || text_[end] != mark || end == name) return false;
  return put(end + 1 - at_, value_of(std::string_view(text_).substr(name, end - name), variables_)), true;
}

char Source::peek() {
  while (more() && (text_[at_] == '%' || text_[at_] == '!')) {
    if (!expand()) break;
  }
  return more() ? text_[at_] : '\n';
}

void Source::skip_blank() {
  while (more() && std::string_view(" \t\r,;=\v\f").find(peek()) != std::string_view::npos && more()) advance();
}

void Source::skip_line() {
  while (more() && raw() != '\n') advance();
}

std::size_t Source::simple_length() {
  const std::size_t begin = at_;
  bool quoted = false;
  int depth = 0;
  while (more()) {
    const char c = peek();
    if (!more()) break;
    if (c == '"') quoted = !quoted;
    if (c == '\n') break;
    if (c == '^' && !quoted) advance();
    if (!quoted && c == '(') ++depth;
    if (!quoted && c == ')' && depth-- == 0) break;
    if (!quoted && depth == 0 && (c == '&' || c == '|' || c == '<' || (c == '>' ))) break;
    advance();
  }
  const std::size_t length = at_ - begin;
  at_ = begin;
  return length;
}

}  // namespace belay::command::cmd
