#include "rulekit/lint.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "rulekit/findings.h"

namespace belay::rulekit {

namespace {

using model::Verdict;
using policy::Case;
using policy::Rule;

/// Two lines of a terminal; an agent's prompt shows no more of it.
constexpr std::size_t kMaxSummary = 160;
constexpr std::size_t kMaxInstead = 300;

std::string ticked(std::string_view s) { return "`" + std::string(s) + "`"; }

void lint_text(const Rule& rule, std::string_view key, const std::string& text, base::Span span, std::size_t limit,
               base::Diagnostics& out) {
  const auto say = [&](std::string message, std::string help) {
    report(out, rule.source, span, {Code::bad_text, std::move(message), "", std::move(help)});
  };
  if (text.size() > limit)
    say(ticked(key) + " is longer than " + std::to_string(limit) + " bytes",
        "people read it in a prompt: say it in one sentence");
  if (base::printable(text) != text)
    say(ticked(key) + " holds characters that are not shown as they are", "plain text on one line");
  if (!text.empty() && text.back() == '.')
    say(ticked(key) + " ends with a full stop", "it is put into a sentence: leave the stop out");
}

}  // namespace

void lint_cases(const Rule& rule, base::Diagnostics& out) {
  const auto about_it = [](const Case& c) { return c.expect.has_value(); };
  const bool fires =
      std::any_of(rule.cases.begin(), rule.cases.end(), [&](const Case& c) { return about_it(c) && *c.expect != Verdict::pass; });
  const bool passes =
      std::any_of(rule.cases.begin(), rule.cases.end(), [&](const Case& c) { return about_it(c) && *c.expect == Verdict::pass; });
  if (!fires)
    report(out, rule.source, rule.span, {Code::no_firing_case, "the rule " + ticked(rule.id) + " has no case that fires"});
  if (!passes)
    report(out, rule.source, rule.span, {Code::no_passing_case, "the rule " + ticked(rule.id) + " has no near miss that passes"});
  std::set<std::tuple<std::string, std::string, std::string, std::string, std::string, std::string, std::string,
                      std::vector<std::pair<std::string, std::string>>, std::string, bool, policy::Profile>>
      seen;
  for (const auto& c : rule.cases) {
    const bool fresh =
        seen.emplace(c.run, c.tool, c.input_json, c.path + '\n' + c.access, c.cwd, c.home, c.env, c.files, c.agent, c.unattended,
                      c.profile)
            .second;
    if (!fresh) report(out, rule.source, c.span, {Code::same_case, "the case stands here twice"});
  }
}

std::vector<std::string> commands_in(const std::string& instead, const std::function<bool(std::string_view)>& knows_program) {
  std::vector<std::string> out;
  const auto parts = base::split(instead, '`');
  for (std::size_t i = 1; i + 1 < parts.size(); i += 2) out.emplace_back(parts[i]);
  const auto words = base::split_blank(instead);
  if (parts.size() == 1 && words.size() > 1 && knows_program && knows_program(words[0])) {
    out.emplace_back(base::trim(std::string_view(instead).substr(0, instead.find_first_of(",;"))));
  }
  return out;
}

void lint_texts(const Rule& rule, const LintOptions& options, base::Diagnostics& out) {
  if (rule.summary.empty())
    report(out, rule.source, rule.span,
           {Code::bad_text, "the rule " + ticked(rule.id) + " has no `summary`", "",
            "say what is lost in one sentence: people and agents are told"});
  lint_text(rule, "summary", rule.summary, rule.summary_span, kMaxSummary, out);
  lint_text(rule, "instead", rule.instead, rule.instead_span, kMaxInstead, out);
  if (!options.judge) return;
  for (const auto& command : commands_in(rule.instead, options.knows_program)) {
    const auto verdict = options.judge(command);
    if (!verdict || *verdict < Verdict::ask) continue;
    report(out, rule.source, rule.instead_span,
           {Code::instead_fires,
            "what is recommended instead, " + ticked(command) + ", would be answered with " + ticked(model::name_of(*verdict))});
  }
}

void lint_commands(const Rule& rule, const LintOptions& options, base::Diagnostics& out) {
  if (!options.knows_program) return;
  for (const auto& command : rule.commands) {
    const auto words = base::split_blank(command.text);
    if (words.empty()) continue;
    if (!options.knows_program(words[0])) {
      report(out, rule.source, command.span, {Code::unknown_program, "no knowledge of the program " + ticked(words[0])});
    } else if (options.is_read_so && !options.is_read_so(command.text)) {
      report(out, rule.source, command.span, {Code::unreached_command, "no command is read as " + ticked(command.text)});
    }
  }
}

void lint(const policy::Policy& policy, const LintOptions& options, base::Diagnostics& out) {
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      lint_cases(rule, out);
      lint_texts(rule, options, out);
      lint_commands(rule, options, out);
      lint_patterns(rule, out);
      lint_lists(rule, out);
      lint_meta(rule, options.frameworks, out);
    }
  }
  lint_pattern_count(policy, out);
  lint_matchers(policy, out);
}

}  // namespace belay::rulekit
