#include "command/output/line_pattern.h"

#include <utility>

#include "base/text.h"
#include "command/output/searched_names.h"

namespace belay::command {

namespace {

using model::HoleTrait;
using model::Truth;
using regex::Grammar;

bool is_all(std::string_view source, Grammar grammar) {
  if (source.starts_with('^')) source.remove_prefix(1);
  if (source.ends_with('$')) source.remove_suffix(1);
  return source == ".*" || source == (grammar == Grammar::basic ? "\\(.*\\)" : "(.*)");
}

/// The text that an expression without operators stands for.
std::optional<std::string> plain_text(std::string_view source, Grammar grammar) {
  if (grammar == Grammar::fixed) return std::string(source);
  std::string out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const bool escape =
        source[i] == '\\' && i + 1 < source.size() && std::string_view(".*[]/$^\\").find(source[i + 1]) != std::string_view::npos;
    if (escape) ++i;
    else if (std::string_view("\\.*[]^$+?(){}|").find(source[i]) != std::string_view::npos) return std::nullopt;
    out.push_back(source[i]);
  }
  return out;
}

/// Letters enough, and no way to say "anything".
bool means_few(std::string_view source) {
  constexpr std::string_view kOthers = "_-./|\\^$()";
  constexpr std::size_t kLeastLetters = 2;
  std::size_t letters = 0;
  for (const char c : source) {
    const bool letter = base::is_alpha(c) || base::is_digit(c);
    if (!letter && kOthers.find(c) == std::string_view::npos) return false;
    letters += letter ? 1 : 0;
  }
  return letters >= kLeastLetters;
}

}  // namespace

std::optional<LinePattern> LinePattern::of(std::string_view source, Grammar grammar, bool ignore_case) {
  auto compiled = regex::Posix::compile(source, grammar, ignore_case);
  if (!compiled) return std::nullopt;
  LinePattern out{*std::move(compiled), {}, false, ignore_case, means_few(source), false, false, is_all(source, grammar)};
  if (grammar != Grammar::fixed) {
    out.at_begin = source.starts_with('^');
    if (out.at_begin) source.remove_prefix(1);
    out.at_end = source.ends_with('$') && !source.ends_with("\\$");
    if (out.at_end) source.remove_suffix(1);
  }
  auto plain = plain_text(source, grammar);
  if (plain && ignore_case) plain = base::lower(*plain);
  out.is_plain = plain.has_value();
  out.plain = std::move(plain).value_or(std::string());
  return out;
}

bool LinePattern::found_in(std::string_view line) const {
  if (!is_plain || folds) return compiled.match(line).has_value();
  if (at_begin && at_end) return line == plain;
  return at_begin ? line.starts_with(plain) : at_end ? line.ends_with(plain) : line.find(plain) != std::string_view::npos;
}

Truth LinePattern::met_by(const Text& line) const {
  if (line.literal()) return found_in(line.view()) ? Truth::yes : Truth::no;
  const bool there = is_plain && !folds && !at_begin && !at_end && line.view().find(plain) != std::string_view::npos;
  return there || everything ? Truth::yes : Truth::maybe;
}

Lines LinePattern::narrowed(const Text& line) const {
  const bool ends = line.hole_count() == 1 && line.view().ends_with(model::kHole);
  const bool deep = ends && has(line.trait(0), HoleTrait::slash);
  const bool open = deep || (ends && has(line.trait(0), HoleTrait::glob));  // of ls: the names in one folder
  const bool whole_name = open && !deep && line.size() == 1;
  if (!open || !is_plain || (at_begin && !whole_name) || plain.empty()) return {some_of(line)};
  const Text head = line.substr(0, line.size() - 1);
  const std::string glob = (at_begin ? "" : "*") + plain + (at_end ? "" : "*");
  Lines out{head};
  if (folds) out.front() = some_of(line);
  else out.front().append(text_of_glob(Text(glob), deep ? HoleTrait::slash : HoleTrait::none));
  if (plain.find('/') != std::string::npos) return out;
  const std::vector<Text> names = names_of_glob(Text(glob));
  for (std::size_t i = 1; i < names.size(); ++i) {
    out.push_back(head);
    out.back().append(names[i]);
    if (!deep) continue;
    out.push_back(head);
    out.back().append_hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::each);
    out.back().append("/");
    out.back().append(names[i]);
  }
  return out;
}

}  // namespace belay::command
