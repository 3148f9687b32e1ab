#include "regex/posix.h"

#include <re2/re2.h>

namespace belay::regex {

namespace {

constexpr std::string_view kTurned = "(){}|+?";  ///< what a basic expression has with a backslash, an extended one without

/// Bytes of a bracket expression at the front of `s`; 0 when it does not end.
std::size_t bracket_size(std::string_view s) {
  std::size_t i = 1;
  if (i < s.size() && s[i] == '^') ++i;
  if (i < s.size() && s[i] == ']') ++i;
  for (; i < s.size() && s[i] != ']'; ++i) {
    if (s[i] != '[' || i + 1 >= s.size() || std::string_view(":.=").find(s[i + 1]) == std::string_view::npos) continue;
    const std::size_t end = s.find(std::string(1, s[i + 1]) + "]", i + 2);
    if (end == std::string_view::npos) return 0;
    i = end + 1;
  }
  return i < s.size() ? i + 1 : 0;
}

/// A backslash in brackets is itself, in POSIX.
std::string bracket(std::string_view s) {
  std::string out;
  for (const char c : s) out.append(c == '\\' ? 2U : 1U, c);
  return out;
}

/// As RE2 spells it.
std::optional<std::string> spelled(std::string_view s, Grammar grammar) {
  if (grammar == Grammar::fixed) return RE2::QuoteMeta(re2::StringPiece(s.data(), s.size()));
  if (grammar == Grammar::perl) return std::string(s);
  const bool basic = grammar == Grammar::basic;
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (c == '[') {
      const std::size_t size = bracket_size(s.substr(i));
      if (size == 0) return std::nullopt;
      out += bracket(s.substr(i, size));
      i += size - 1;
    } else if (c == '\\' && i + 1 < s.size()) {
      const char next = s[++i];
      if (next == '<' || next == '>') out += "\\b";
      else if (basic && kTurned.find(next) != std::string_view::npos) out += next;
      else out += {'\\', next};
    } else if (basic && (kTurned.find(c) != std::string_view::npos || (c == '*' && (out.empty() || out.back() == '(')))) {
      out += {'\\', c};
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::optional<Posix> Posix::compile(std::string_view source, Grammar grammar, bool ignore_case) {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  options.set_longest_match(grammar != Grammar::perl);
  options.set_case_sensitive(!ignore_case);
  const auto pattern = spelled(source, grammar);
  if (!pattern) return std::nullopt;
  auto re = std::make_unique<RE2>(*pattern, options);
  return re->ok() ? std::optional(Posix(std::move(re))) : std::nullopt;
}

Posix::Posix(std::unique_ptr<re2::RE2> re) : re_(std::move(re)) {}
Posix::Posix(Posix&&) noexcept = default;
Posix& Posix::operator=(Posix&&) noexcept = default;
Posix::~Posix() = default;

std::optional<std::vector<Posix::Range>> Posix::match(std::string_view text, std::size_t at) const {
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(re_->NumberOfCapturingGroups()) + 1);
  const re2::StringPiece piece(text.data(), text.size());
  if (!re_->Match(piece, at, piece.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) return std::nullopt;
  std::vector<Range> out;
  for (const re2::StringPiece& group : groups) {
    const std::size_t begin = group.data() == nullptr ? 0 : static_cast<std::size_t>(group.data() - text.data());
    out.push_back({begin, begin + group.size()});
  }
  return out;
}

}  // namespace belay::regex
