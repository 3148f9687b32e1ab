#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "policy/condition_table.h"
#include "rulekit/findings.h"
#include "rulekit/lint.h"

namespace belay::rulekit {

namespace {

using policy::Condition;
using policy::Rule;
using policy::Value;
using policy::ValueKind;

RE2::Options pattern_options() {
  RE2::Options options(RE2::Latin1);
  options.set_dot_nl(true);
  options.set_log_errors(false);
  return options;
}

/// Whether some fixed text of at least three bytes must be there for the pattern to match: what the literal scan selects by.
bool has_literal(const std::string& pattern) {
  re2::FilteredRE2 filtered(3);
  int id = 0;
  if (filtered.Add(pattern, pattern_options(), &id) != RE2::NoError) return true;
  std::vector<std::string> atoms;
  filtered.Compile(&atoms);
  std::vector<int> potentials;
  filtered.AllPotentials({}, &potentials);
  return !atoms.empty() && potentials.empty();
}

std::string_view idle_end(std::string_view pattern) {
  if (pattern.rfind("(?i)", 0) == 0) pattern.remove_prefix(4);
  if (!pattern.empty() && pattern.front() == '^') pattern.remove_prefix(1);
  if (pattern.rfind(".*", 0) == 0) return "begins";
  if (!pattern.empty() && pattern.back() == '$') pattern.remove_suffix(1);
  const bool escaped = pattern.size() >= 3 && pattern[pattern.size() - 3] == '\\';
  return pattern.size() >= 2 && pattern.substr(pattern.size() - 2) == ".*" && !escaped ? "ends" : "";
}

/// The option that a suppressing pattern looks for: `--dry-run` of `\s--dry-run\b`, `-n` of `(^|\s)-n\b`.
std::optional<std::string> option_in(std::string_view pattern) {
  std::size_t dashes = pattern.find('-');
  for (; dashes != std::string_view::npos; dashes = pattern.find('-', dashes + 1)) {
    const std::size_t begin = dashes;
    while (dashes + 1 < pattern.size() && pattern[dashes + 1] == '-') ++dashes;
    // A dash inside a word or a character class is no option.
    const char before = begin == 0 ? ' ' : pattern[begin - 1];
    const bool inside = base::is_name_char(before) && !(begin >= 2 && pattern[begin - 2] == '\\');
    std::size_t end = dashes + 1;
    while (end < pattern.size() && (base::is_name_char(pattern[end]) || (pattern[end] == '-' && end > dashes + 1))) ++end;
    const bool in_class = pattern.rfind('[', begin) != std::string_view::npos && pattern.substr(0, begin).rfind(']') == std::string_view::npos &&
                          pattern.substr(0, begin).rfind('[') != std::string_view::npos;
    if (!inside && !in_class && end > dashes + 1) return std::string(pattern.substr(begin, end - begin));
  }
  return std::nullopt;
}

void check_suppressing(const Rule& rule, const Condition& condition, base::Diagnostics& out) {
  for (const auto& value : condition.values) {
    const auto option = option_in(value.text);
    if (!option) continue;
    report(out, rule.source, value.span, {Code::suppressing_pattern, "the pattern suppresses by the option `" + *option + "`"});
  }
}

void check_pattern(const Rule& rule, const Value& value, base::Diagnostics& out) {
  const RE2 re(value.text, pattern_options());
  if (!re.ok()) return;
  const auto say = [&](Code code, std::string message) { report(out, rule.source, value.span, {code, std::move(message)}); };
  if (RE2::PartialMatch("", re)) return say(Code::matches_empty, "the pattern matches the empty text");
  if (const auto end = idle_end(value.text); !end.empty()) say(Code::idle_repetition, "the pattern " + std::string(end) + " with `.*`");
  // A rule that names its commands is found by them; its patterns need no literal.
  if (rule.commands.empty() && !has_literal(value.text)) say(Code::no_literal, "the pattern has no fixed text");
}

bool is_pattern(const Condition& c) { return policy::row_of(c.key).kind == ValueKind::regex; }

template <class Visit>
void each_conjunction(const Rule& rule, Visit visit) {
  visit(rule.conditions, false);
  for (const auto& group : rule.any) visit(group, false);
  for (const auto& group : rule.all) visit(group, false);
  for (const auto& group : rule.none) visit(group, true);
  for (const auto& related : rule.reaches) visit(related.conditions, false);
  for (const auto& related : rule.also) visit(related.conditions, false);
}

bool uses_pattern(const Rule& rule) {
  bool found = false;
  each_conjunction(rule, [&](const policy::Conjunction& conditions, bool) {
    found = found || std::any_of(conditions.begin(), conditions.end(), is_pattern);
  });
  return found;
}

/// `git push` of `git push origin`: every command that a rule for the whole one stands beside.
std::vector<std::string> prefixes_of(const std::string& command) {
  std::vector<std::string> out;
  std::string joined;
  for (const auto word : base::split_blank(command)) {
    joined += (joined.empty() ? "" : " ") + std::string(word);
    out.push_back(joined);
  }
  return out;
}

}  // namespace

void lint_patterns(const Rule& rule, base::Diagnostics& out) {
  each_conjunction(rule, [&](const policy::Conjunction& conditions, bool negated) {
    for (const auto& condition : conditions) {
      if (!is_pattern(condition)) continue;
      for (const auto& value : condition.values) check_pattern(rule, value, out);
      const bool on_line = condition.key == policy::Key::match || condition.key == policy::Key::unless;
      if (on_line && (negated || policy::row_of(condition.key).suppresses)) check_suppressing(rule, condition, out);
    }
  });
}

void lint_lists(const Rule& rule, base::Diagnostics& out) {
  const auto check = [&](const std::vector<Value>& values) {
    std::map<std::string_view, base::Span> seen;
    for (const auto& value : values) {
      const auto [first, fresh] = seen.try_emplace(value.text, value.span);
      const bool same_list = first->second == value.span;  // two values of one `@name`
      if (!fresh && !same_list) report(out, rule.source, value.span, {Code::same_value, "the value `" + value.text + "` stands in the list twice"});
    }
  };
  check(rule.commands);
  each_conjunction(rule, [&](const policy::Conjunction& conditions, bool) {
    for (const auto& condition : conditions) check(condition.values);
  });
}

void lint_pattern_count(const policy::Policy& policy, base::Diagnostics& out) {
  constexpr std::size_t kMost = 2;
  std::map<std::string, std::set<std::string>> at;  // command -> rules with patterns that name exactly it
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      if (!uses_pattern(rule)) continue;
      for (const auto& command : rule.commands) at[prefixes_of(command.text).empty() ? "" : prefixes_of(command.text).back()].insert(rule.id);
    }
  }
  std::set<std::string> said;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      for (const auto& command : rule.commands) {
        std::set<std::string> meet;
        for (const auto& prefix : prefixes_of(command.text)) {
          if (const auto found = at.find(prefix); found != at.end()) meet.insert(found->second.begin(), found->second.end());
        }
        if (meet.size() <= kMost || meet.count(rule.id) == 0 || !said.insert(command.text).second) continue;
        std::string names;
        for (const auto& id : meet) names += (names.empty() ? "" : ", ") + id;
        report(out, rule.source, command.span, {Code::many_patterns, "`" + command.text + "` can meet the patterns of " + std::to_string(meet.size()) + " rules", names});
      }
    }
  }
}

}  // namespace belay::rulekit
