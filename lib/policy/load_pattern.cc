#include "policy/load_pattern.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "path/path.h"
#include "policy/load_reader.h"
#include "regex/pattern.h"

namespace belay::policy {

namespace {

std::string ticked(std::string_view s) { return "`" + std::string(s) + "`"; }

/// The value of a `[…]` in a plain glob is never empty, so a `]` right after the bracket belongs to it.
std::optional<std::size_t> unclosed_bracket(std::string_view glob) {
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] != '[') continue;
    std::size_t first = i + 1;
    if (first < glob.size() && (glob[first] == '!' || glob[first] == '^')) ++first;
    const auto close = glob.find(']', first + 1);
    if (close == std::string_view::npos) return i;
    i = close;
  }
  return std::nullopt;
}

struct Rejection {
  std::string_view sign;  ///< what RE2 complains of begins with this
  Code code;
  std::string_view message;
};
/// RE2 reports Perl's constructs as bad operators; people deserve to hear what they are and what to write.
constexpr std::array<Rejection, 9> kRejections{{
    {"(?=", Code::lookaround, "a look-ahead is not possible"},
    {"(?!", Code::lookaround, "a negative look-ahead is not possible"},
    {"(?<=", Code::lookaround, "a look-behind is not possible"},
    {"(?<!", Code::lookaround, "a negative look-behind is not possible"},
    {"(?<", Code::bad_regex, "a named group is written `(?P<name>…)`"},
    {"(?>", Code::atomic_group, "an atomic group is not possible"},
    {"++", Code::atomic_group, "a possessive repetition is not possible"},
    {"*+", Code::atomic_group, "a possessive repetition is not possible"},
    {"?+", Code::atomic_group, "a possessive repetition is not possible"},
}};

PatternFault rejected(const std::string& text, const regex::PatternError& error) {
  const auto fault = [&](Code code, std::string message, std::string label = {}) {
    return PatternFault{{code, std::move(message), std::move(label), ""}, error.begin, error.end};
  };
  const std::string_view at = std::string_view(text).substr(error.begin);
  for (const auto& row : kRejections) {
    if (error.end <= error.begin || at.substr(0, row.sign.size()) != row.sign) continue;
    auto found = fault(row.code, std::string(row.message));
    found.end = std::max(error.end, error.begin + row.sign.size());
    return found;
  }
  const std::string_view part = at.substr(0, error.end - error.begin);
  if (part.size() == 2 && part[0] == '\\' && base::is_digit(part[1]))
    return fault(Code::backreference, "the back-reference " + ticked(part) + " is not possible");
  if (!part.empty() && static_cast<unsigned char>(part[0]) >= 0x80U)
    return fault(Code::wide_class, "a character class cannot hold " + ticked(part));
  const bool heavy = error.what.find("too large") != std::string::npos || error.what.find("repetition size") != std::string::npos;
  if (heavy) return fault(Code::heavy_regex, "the pattern is too large", error.what);
  return fault(
      Code::bad_regex,
      "not a pattern: " + error.what.substr(0, part.empty() ? std::string::npos : error.what.rfind(": " + std::string(part))));
}

std::optional<PatternFault> check_regex(const std::string& text) {
  const auto error = regex::check(text);
  return error ? std::optional(rejected(text, *error)) : std::nullopt;
}

std::optional<PatternFault> check_path(const std::string& text) {
  const auto globs = path::compile_glob(text, path::Case::fold);
  if (globs) return std::nullopt;
  return PatternFault{{Code::bad_glob, "not a path pattern: " + globs.error().what, "", ""}, 0, 0};
}

std::optional<PatternFault> check_option(const std::string& text) {
  const auto equals = text.find('=');
  const std::string name = text.substr(0, equals);
  if (name.size() < 2 || (name[0] != '-' && name[0] != '+')) {
    return PatternFault{
        {Code::bad_glob, ticked(text) + " is not an option", "an option begins with a dash", "operands are matched by `arg`"},
        0,
        0};
  }
  if (name.find(' ') != std::string::npos) {
    return PatternFault{
        {Code::bad_glob, ticked(text) + " is two words", "", "an option and its value are written `--name=GLOB`"}, 0, 0};
  }
  return equals == std::string::npos ? std::nullopt : check_glob(text.substr(equals + 1));
}

std::optional<PatternFault> check_assignment(const std::string& text) {
  const auto equals = text.find('=');
  const std::string_view name = std::string_view(text).substr(0, equals);
  const bool good = !name.empty() && !base::is_digit(name[0]) &&
                    std::all_of(name.begin(), name.end(), [](char c) { return base::is_name_char(c) || c == '*' || c == '?'; });
  if (!good)
    return PatternFault{
        {Code::bad_glob, ticked(name) + " is not the name of a variable", "expected `NAME` or `NAME=GLOB`", ""}, 0, 0};
  return equals == std::string::npos ? std::nullopt : check_glob(text.substr(equals + 1));
}

std::optional<PatternFault> check_word(const ConditionRow& row, const std::string& text) {
  const auto words = words_of(row.key);
  if (std::find(words.begin(), words.end(), text) != words.end()) return std::nullopt;
  const auto near = base::nearest_name(text, words);
  return PatternFault{{Code::wrong_type, ticked(row.name) + " cannot be " + ticked(text), "expected " + quoted_list(words),
                       near.empty() ? "" : "did you mean " + ticked(near) + "?"},
                      0,
                      0};
}

/// Bytes of the file that one byte run of the decoded text takes; `at` stands on its first byte.
std::size_t raw_size(std::string_view text, std::size_t at, std::size_t& decoded) {
  decoded = 1;
  if (text[at] != '\\' || at + 1 >= text.size()) return 1;
  const char kind = text[at + 1];
  const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits == 0) return 2;
  std::uint32_t value = 0;
  for (std::size_t i = at + 2; i < at + 2 + digits && i < text.size(); ++i) {
    const char c = base::to_lower(text[i]);
    value = value * 16 + static_cast<std::uint32_t>(base::is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  decoded = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  return 2 + digits;
}

}  // namespace

std::optional<PatternFault> check_glob(const std::string& text) {
  const auto at = unclosed_bracket(text);
  if (!at) return std::nullopt;
  return PatternFault{{Code::bad_glob, "a bracket that is never closed", "", "a literal bracket is written `[[]`"}, *at, *at + 1};
}

std::optional<PatternFault> check_command(const std::string& text) {
  for (const auto word : base::split_blank(text)) {
    const auto at = static_cast<std::size_t>(word.data() - text.data());
    if (word.size() > 1 && word[0] == '-') {
      return PatternFault{
          {Code::bad_glob, "`command` holds words, not the option " + ticked(word), "", "options are matched by `option`"},
          at,
          at + word.size()};
    }
    if (word.find_first_of("*?") != std::string_view::npos) {
      return PatternFault{
          {Code::bad_glob, "`command` is exact: " + ticked(word) + " is not a pattern", "", "`program` and `arg` take globs"},
          at,
          at + word.size()};
    }
  }
  if (text.find('/') != std::string::npos) {
    return PatternFault{
        {Code::bad_glob, "`command` names a program without its folder", "", "a program is the same wherever it lies"}, 0, 0};
  }
  return std::nullopt;
}

std::optional<PatternFault> check_value(const ConditionRow& row, const std::string& text) {
  switch (row.kind) {
    case ValueKind::exact:
    case ValueKind::boolean: return std::nullopt;
    case ValueKind::word: return check_word(row, text);
    case ValueKind::regex: return check_regex(text);
    case ValueKind::glob: return is_reference(text) ? std::nullopt : check_glob(text);
    case ValueKind::option: return is_reference(text) ? std::nullopt : check_option(text);
    case ValueKind::assignment: return is_reference(text) ? std::nullopt : check_assignment(text);
    case ValueKind::path: return is_reference(text) ? std::nullopt : check_path(text);
  }
  return std::nullopt;
}

Span inside_string(const base::SourceText& source, Span value, std::size_t begin, std::size_t end) {
  const std::string_view raw = source.text().substr(value.begin, value.end - value.begin);
  if (begin >= end || raw.size() < 2 || (raw[0] != '"' && raw[0] != '\'')) return value;
  const bool multi = raw.size() >= 6 && raw[1] == raw[0] && raw[2] == raw[0];
  std::size_t at = multi ? 3 : 1;
  if (multi && raw.substr(at, 2) == "\r\n") at += 2;
  else if (multi && raw.substr(at, 1) == "\n") ++at;
  std::size_t from = at;
  for (std::size_t decoded = 0; decoded < end && at < raw.size();) {
    std::size_t step = 1;
    const std::size_t size = raw[0] == '"' ? raw_size(raw, at, step) : 1;
    if (decoded <= begin) from = at;
    at += size;
    decoded += step;
  }
  return {value.begin + static_cast<std::uint32_t>(from), value.begin + static_cast<std::uint32_t>(std::min(at, raw.size() - 1))};
}

}  // namespace belay::policy
