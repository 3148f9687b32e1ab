#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "policy/condition_table.h"
#include "regex/literals.h"
#include "regex/pattern.h"
#include "rulekit/findings.h"
#include "rulekit/lint.h"

namespace belay::rulekit {

namespace {

using policy::Condition;
using policy::Rule;
using policy::Value;
using policy::ValueKind;

/// Whether every match holds some fixed text that is long enough to be rare: what the literal scan selects rules by.
bool has_literal(const std::string& pattern) {
  constexpr std::size_t kRare = 3;
  const auto literals = regex::required_literals(pattern);
  return !literals.empty() &&
         std::all_of(literals.begin(), literals.end(), [](const std::string& l) { return l.size() >= kRare; });
}

std::string_view idle_end(std::string_view pattern) {
  if (pattern.rfind("(?i)", 0) == 0) pattern.remove_prefix(4);
  if (!pattern.empty() && pattern.front() == '^') pattern.remove_prefix(1);
  if (pattern.rfind(".*", 0) == 0) return "begins";
  if (!pattern.empty() && pattern.back() == '$') pattern.remove_suffix(1);
  const bool escaped = pattern.size() >= 3 && pattern[pattern.size() - 3] == '\\';
  return pattern.size() >= 2 && pattern.substr(pattern.size() - 2) == ".*" && !escaped ? "ends" : "";
}

/// The pattern with every character class as one blank: `[-a-z]` names no option.
std::string without_classes(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      // `\s-n`: the letter of an escape is no part of a word.
      out += pattern[++i] == '-' ? '-' : ' ';
    } else if (const auto close = pattern.find(']', i + 2); pattern[i] == '[' && close != std::string_view::npos) {
      out += ' ';
      i = close;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

/// The option that a suppressing pattern looks for: `--dry-run` of `\s--dry-run\b`, `-n` of `(^|\s)-n\b`.
std::optional<std::string> option_in(std::string_view pattern) {
  const std::string text = without_classes(pattern);
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at)) {
    const bool inside_word = at > 0 && base::is_name_char(text[at - 1]);
    const std::size_t name = text.find_first_not_of('-', at);
    std::size_t end = name == std::string::npos ? text.size() : name;
    while (end < text.size() && (base::is_name_char(text[end]) || text[end] == '-')) ++end;
    if (!inside_word && name != std::string::npos && end > name) return text.substr(at, end - at);
    at = std::max(end, at + 1);
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
  const auto pattern = regex::Pattern::compile(value.text);
  if (!pattern) return;
  const auto say = [&](Code code, std::string message) { report(out, rule.source, value.span, {code, std::move(message)}); };
  if (pattern->found_in("")) return say(Code::matches_empty, "the pattern matches the empty text");
  if (const auto end = idle_end(value.text); !end.empty())
    say(Code::idle_repetition, "the pattern " + std::string(end) + " with `.*`");
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

/// Which rules with patterns name a command.
class PatternIndex {
 public:
  explicit PatternIndex(const policy::Policy& policy) {
    for (const auto& pack : policy.packs) {
      for (const auto& rule : pack.rules) {
        if (uses_pattern(rule)) add(rule);
      }
    }
  }

  void check(const Rule& rule, std::set<std::string>& said, base::Diagnostics& out) const {
    constexpr std::size_t kMost = 2;
    for (const auto& command : rule.commands) {
      const auto rules = meeting(command.text);
      if (rules.size() <= kMost || !said.insert(command.text).second) continue;
      std::string names;
      for (const auto& id : rules) names += (names.empty() ? "" : ", ") + id;
      report(out, rule.source, command.span,
             {Code::many_patterns, "`" + command.text + "` can meet the patterns of " + std::to_string(rules.size()) + " rules",
              names});
    }
  }

 private:
  void add(const Rule& rule) {
    for (const auto& command : rule.commands) {
      const auto prefixes = prefixes_of(command.text);
      if (!prefixes.empty()) named_[prefixes.back()].insert(rule.id);
    }
  }

  /// Rules that a use of exactly this command can meet: those that name it or a beginning of it.
  [[nodiscard]] std::set<std::string> meeting(const std::string& command) const {
    std::set<std::string> rules;
    for (const auto& prefix : prefixes_of(command)) {
      const auto found = named_.find(prefix);
      if (found != named_.end()) rules.insert(found->second.begin(), found->second.end());
    }
    return rules;
  }

  std::map<std::string, std::set<std::string>> named_;
};

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
      if (!fresh && !same_list)
        report(out, rule.source, value.span, {Code::same_value, "the value `" + value.text + "` stands in the list twice"});
    }
  };
  check(rule.commands);
  each_conjunction(rule, [&](const policy::Conjunction& conditions, bool) {
    for (const auto& condition : conditions) check(condition.values);
  });
}

void lint_pattern_count(const policy::Policy& policy, base::Diagnostics& out) {
  const PatternIndex index(policy);
  std::set<std::string> said;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      if (uses_pattern(rule)) index.check(rule, said, out);
    }
  }
}

}  // namespace belay::rulekit
