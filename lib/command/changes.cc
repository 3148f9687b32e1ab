#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "command/expand.h"
#include "command/pattern.h"
#include "shell/ansi_c.h"

/// What `${name…}` does with the text of a parameter (bash(1) "Parameter Expansion", from `:offset` on).
namespace belay::command {

namespace {

using shell::ParamOp;

/// Texts longer than this are not searched for a pattern: each place costs as much as the text is long, and with a `*` that much for each length.
constexpr std::size_t kMaxMatched = 8U << 10U;
constexpr std::size_t kMaxMatchedOpen = 512;
constexpr HoleTrait kUnknown = HoleTrait::slash | HoleTrait::blank | HoleTrait::empty;

bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Letters that do not match `pattern` stay; an empty one takes all.
std::string folded(std::string_view s, ParamOp op, std::string_view pattern) {
  std::string out(s);
  const bool first_only = op == ParamOp::upper_first || op == ParamOp::lower_first || op == ParamOp::toggle_first;
  const bool up = op == ParamOp::upper_first || op == ParamOp::upper_all;
  const bool toggle = op == ParamOp::toggle_first || op == ParamOp::toggle_all;
  for (std::size_t i = 0; i < out.size() && (!first_only || i == 0); ++i) {
    if (!pattern.empty() && !matches_pattern(pattern, std::string_view(&out[i], 1))) continue;
    const bool lower = out[i] >= 'a' && out[i] <= 'z';
    if (lower && (up || toggle)) out[i] = static_cast<char>(out[i] - 'a' + 'A');
    else if (!up) out[i] = base::to_lower(out[i]);
  }
  return out;
}

/// The replacement of bash 5.2, where an unquoted `&` is what matched; before that, and when quoted, it is itself.
std::string inserted(std::string_view with, std::string_view match, bool ampersand) {
  if (!ampersand) return std::string(with);
  std::string out;
  for (std::size_t i = 0; i < with.size(); ++i) {
    if (with[i] == '\\' && i + 1 < with.size() && (with[i + 1] == '&' || with[i + 1] == '\\')) out.push_back(with[++i]);
    else if (with[i] == '&') out += match;
    else out.push_back(with[i]);
  }
  return out;
}

/// `${v/pattern/with}` in its four forms.
std::string replaced(std::string_view text, ParamOp op, std::string_view pattern, std::string_view with,
                     const PatternRules& rules, bool ampersand) {
  if (pattern.empty()) {  // an anchor alone
    if (op == ParamOp::replace_prefix) return std::string(with) + std::string(text);
    if (op == ParamOp::replace_suffix) return std::string(text) + std::string(with);
    return std::string(text);
  }
  if (op == ParamOp::replace_suffix) {
    const auto length = matching_suffix(pattern, text, Reach::longest, rules);
    if (!length || *length == 0) return std::string(text);
    return std::string(text.substr(0, text.size() - *length)) + inserted(with, text.substr(text.size() - *length), ampersand);
  }
  std::string out;
  std::size_t i = 0;
  for (bool done = false; i < text.size();) {
    const bool here = !done && (op != ParamOp::replace_prefix || i == 0);
    const auto length = here ? matching_prefix(pattern, text.substr(i), Reach::longest, rules) : std::nullopt;
    if (length && *length != 0) {
      out += inserted(with, text.substr(i, *length), ampersand);
      i += *length;
      done = op != ParamOp::replace_all;
    } else {
      out.push_back(text[i++]);
    }
  }
  return out;
}

/// A text that zsh's `(q)` and `(Q)` leave as it is.
bool needs_no_quotes(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return base::is_name_char(c) || std::string_view("/.,:+@%-").find(c) != std::string_view::npos; });
}

/// As `${v@Q}` does it: readable by the shell again.
std::string requoted(std::string_view s) {
  const bool control = std::any_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  std::string out = control ? "$'" : "'";
  for (const char c : s) {
    if (c == '\'') out += control ? "\\'" : "'\\''";
    else if (control && c == '\\') out += "\\\\";
    else if (control && c == '\n') out += "\\n";
    else if (control && c == '\t') out += "\\t";
    else if (control && c == '\r') out += "\\r";
    else out.push_back(c);
  }
  return out + "'";
}

}  // namespace

/// Offset and length may be expressions, and count from the end when negative.
std::vector<std::string> Expander::substring(const shell::Parameter& p, const std::string& s) {
  if (!is_ascii(s)) return {};  // what a character is depends on the locale
  const auto amount = [&](const std::unique_ptr<shell::Word>& word) {
    const Value value = arithmetic(*word);
    return value.literal() != nullptr ? calculate(*value.literal()) : std::nullopt;
  };
  const auto size = static_cast<std::int64_t>(s.size());
  auto from = p.operand ? amount(p.operand) : std::optional<std::int64_t>(0);
  auto count = p.operand2 ? amount(p.operand2) : std::optional<std::int64_t>(size);
  if (!from || !count) return {};
  if (*from < 0) from = *from + size;
  if (*from < 0 || *from > size) return {std::string()};
  const std::int64_t end = *count < 0 ? size + *count : *from + std::min(size - *from, *count);
  if (end < *from) return *count < 0 ? std::vector<std::string>() : std::vector{std::string()};
  return {s.substr(static_cast<std::size_t>(*from), static_cast<std::size_t>(end - *from))};
}

namespace {

/// csh: `:l` makes the first capital letter small, `:u` the first small letter a capital.
std::string first_letter_changed(std::string text, bool small) {
  const auto is_meant = [&](char c) { return small ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z'; };
  const auto letter = std::find_if(text.begin(), text.end(), is_meant);
  if (letter != text.end()) *letter = static_cast<char>(*letter ^ 0x20);
  return text;
}

/// `:h` head, `:t` tail, `:r` root, `:e` extension (zshexpn(1), "Modifiers"; csh(1)).
std::string modified(const std::string& path, char modifier) {
  const std::size_t slash = path.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  const std::size_t dot = path.rfind('.');
  const bool has_extension = dot != std::string::npos && dot > name;
  switch (modifier) {
    case 'h': return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
    case 't': return path.substr(name);
    case 'l':
    case 'u': return first_letter_changed(path, modifier == 'l');
    case 'r': return has_extension ? path.substr(0, dot) : path;
    default: return has_extension ? path.substr(dot + 1) : std::string();
  }
}

}  // namespace

/// The texts that it may become; none when that is not known.
std::vector<std::string> Expander::change_one(const shell::Parameter& p, const std::string& s) {
  if (p.op == ParamOp::substring) return substring(p, s);
  const Value pattern_value = p.operand && p.op != ParamOp::transform ? pattern(*p.operand) : Value();
  if (pattern_value.literal() == nullptr) return {};
  const std::string& pat = *pattern_value.literal();
  if (!is_ascii(s) && pat.find_first_of("?[") != std::string::npos) return {};
  if (!pat.empty() && s.size() > kMaxMatched && !is_plain(pat)) return {};
  const PatternRules rules{state_.extended_patterns, false};
  const auto reach = p.op == ParamOp::remove_prefix || p.op == ParamOp::remove_suffix ? Reach::shortest : Reach::longest;
  switch (p.op) {
    case ParamOp::remove_prefix:
    case ParamOp::remove_long_prefix: return {s.substr(matching_prefix(pat, s, reach, rules).value_or(0))};
    case ParamOp::remove_suffix:
    case ParamOp::remove_long_suffix: return {s.substr(0, s.size() - matching_suffix(pat, s, reach, rules).value_or(0))};
    case ParamOp::replace_first:
    case ParamOp::replace_all:
    case ParamOp::replace_prefix:
    case ParamOp::replace_suffix: {
      const Value with = p.operand2 ? text(*p.operand2) : Value();
      if (with.literal() == nullptr || state_.ignores_case || (s.size() > kMaxMatchedOpen && pat.find('*') != std::string::npos) || (s.size() + 1) * (with.literal()->size() + 1) > 4 * kMaxVariable) return {};
      std::vector<std::string> out{replaced(s, p.op, pat, *with.literal(), rules, false)};
      std::string other = replaced(s, p.op, pat, *with.literal(), rules, true);
      if (other != out.front()) out.push_back(std::move(other));
      return out;
    }
    case ParamOp::upper_first:
    case ParamOp::upper_all:
    case ParamOp::lower_first:
    case ParamOp::lower_all:
    case ParamOp::toggle_first:
    case ParamOp::toggle_all: return is_ascii(s) ? std::vector{folded(s, p.op, pat)} : std::vector<std::string>();
    case ParamOp::transform:
      if (p.transform == 'Q') return {requoted(s)};
      if (p.transform == 'q') return needs_no_quotes(s) ? std::vector{s} : std::vector<std::string>();
      if (p.transform == 'E') return {shell::decode_ansi_c(s)};
      if (!is_ascii(s)) return {};
      if (std::string_view(state_.shell == ShellKind::csh ? "htrelu" : "htre").find(p.transform) != std::string_view::npos) return {modified(s, p.transform)};
      if (p.transform == 'U' || (p.transform == 'u' && state_.shell == ShellKind::zsh)) return {folded(s, ParamOp::upper_all, {})};
      if (p.transform == 'l') return {folded(s, ParamOp::lower_all, {})};
      if (p.transform == 'u') return {folded(s, ParamOp::upper_first, {})};
      if (p.transform == 'L') return {folded(s, ParamOp::lower_all, {})};
      return {};
    case ParamOp::substring:
    case ParamOp::none:
    case ParamOp::use_default:
    case ParamOp::assign_default:
    case ParamOp::error_if_unset:
    case ParamOp::use_alternate:
    case ParamOp::names_with_prefix:
    case ParamOp::keys: return {s};
  }
  return {};
}

namespace {

/// What is known of a text with holes when something was taken from it: holes stay, but no longer as names that are there.
Text unnamed(const Text& text) {
  Text out;
  for (std::size_t i = 0, hole = 0; i < text.size(); ++i) {
    if (text.view()[i] != model::kHole) out.append(text.view().substr(i, 1));
    else out.append_hole(static_cast<HoleTrait>(static_cast<unsigned>(text.trait(hole++)) & static_cast<unsigned>(HoleTrait::any)));
  }
  return out;
}

/// `%PATTERN` where the pattern can only meet what is written behind the last hole; nothing when it may reach into one.
std::optional<Text> without_end(const Text& text, std::string_view pattern, bool longest) {
  const std::string_view v = text.view();
  const std::size_t tail = v.rfind(model::kHole) + 1;
  if (pattern.empty()) return text;
  if (is_plain(pattern)) {
    if (v.substr(tail).ends_with(pattern)) return text.substr(0, v.size() - pattern.size());
    const bool no_folder = pattern.front() == '/' && tail == v.size() && !has(text.trait(text.hole_count() - 1), HoleTrait::slash);
    return no_folder || v.size() - tail >= pattern.size() ? std::optional(text) : std::nullopt;
  }
  // `%.*`, `%/*`: at the last such byte.
  if (longest || pattern.size() != 2 || pattern[1] != '*' || !is_plain(pattern.substr(0, 1))) return std::nullopt;
  const std::size_t at = v.rfind(pattern[0]);
  return at != std::string_view::npos && at >= tail ? std::optional(text.substr(0, at)) : std::nullopt;
}

/// `#PATTERN`, the same before the first hole; `##*/` is the last name of a path.
std::optional<Text> without_beginning(const Text& text, std::string_view pattern, bool longest) {
  const std::string_view v = text.view();
  const std::size_t head = v.find(model::kHole);
  if (is_plain(pattern)) {
    if (v.substr(0, head).starts_with(pattern)) return text.substr(pattern.size());
    return head >= pattern.size() ? std::optional(text) : std::nullopt;
  }
  if (!longest || pattern != "*/") return std::nullopt;
  const std::size_t slash = v.rfind('/');
  Text last = slash == std::string_view::npos ? text : text.substr(slash + 1);
  return has(last.traits(), HoleTrait::slash) ? std::nullopt : std::optional(std::move(last));
}

}  // namespace

/// A text that has holes: what is written before the first one's folder stays, when the end changes.
Text Expander::changed_around_holes(const shell::Parameter& p, const Text& t) {
  const Value pattern_value = p.operand && p.op != ParamOp::transform && p.op != ParamOp::substring ? pattern(*p.operand) : Value();
  std::optional<Text> out;
  if (pattern_value.literal() != nullptr) {
    const std::string& pat = *pattern_value.literal();
    if (p.op == ParamOp::remove_suffix || p.op == ParamOp::remove_long_suffix) out = without_end(t, pat, p.op == ParamOp::remove_long_suffix);
    if (p.op == ParamOp::remove_prefix || p.op == ParamOp::remove_long_prefix) out = without_beginning(t, pat, p.op == ParamOp::remove_long_prefix);
  }
  if (out) return *out == t ? t : unnamed(*out);
  const HoleTrait traits = static_cast<HoleTrait>(static_cast<unsigned>(t.traits()) & static_cast<unsigned>(HoleTrait::any));
  return Text::hole(traits | kUnknown);
}

namespace {

/// zsh: `${(s:,:)x}`: separators become blanks, at which the shell will split. Where blanks are in it already, which words that makes is not told.
Value separated(char separator, Value value) {
  for (Text& t : value.alternatives) {
    if (t.view().find_first_of(" \t\n") != std::string_view::npos || !t.literal()) {
      t = Text::hole(kUnknown | HoleTrait::words);
      continue;
    }
    std::string bytes = t.bytes();
    std::replace(bytes.begin(), bytes.end(), separator, ' ');
    t = Text(std::move(bytes));
  }
  return value;
}

}  // namespace

Value Expander::changed(const shell::Parameter& p, const Value& value) {
  if (p.separator != 0) return separated(p.separator, value);
  if (p.op == ParamOp::none || p.op == ParamOp::keys || p.op == ParamOp::names_with_prefix) return value;
  if (p.op == ParamOp::transform && p.transform == 'P') {
    for (const Text& t : value.alternatives) substitution_.run_prompt(t);
  }
  Value out = value;
  out.alternatives.clear();
  for (const Text& t : value.alternatives) {
    Value next;
    next.alternatives.clear();
    if (!t.literal()) {
      static_cast<void>(change_one(p, std::string()));  // its operands are expanded all the same, and commands in them run
      next.alternatives.push_back(changed_around_holes(p, t));
    } else {
      for (std::string& one : change_one(p, t.bytes())) next.alternatives.emplace_back(std::move(one));
      if (next.alternatives.empty()) next.alternatives.push_back(Text::hole(p.op == ParamOp::transform ? kUnknown | HoleTrait::words : kUnknown));
    }
    out.merge(next);
  }
  return out;
}

}  // namespace belay::command
