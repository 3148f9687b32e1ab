#include "decide/rule_test.h"

#include <algorithm>

namespace belay::decide {

namespace {

using image::ConditionRecord;
using image::GroupKind;
using image::GroupRecord;
using image::RelatedRecord;
using image::Section;

/// The command runs `command`, or a longer one that begins with its words.
bool runs(const model::Exec& exec, std::string_view command) {
  const std::string_view program = exec.program.view();
  if (!command.starts_with(program)) return false;
  command.remove_prefix(program.size());
  for (const std::string& word : exec.words) {
    if (command.empty()) return true;
    if (command.front() != ' ' || !command.substr(1).starts_with(word)) return false;
    command.remove_prefix(1 + word.size());
  }
  return command.empty();
}

}  // namespace

Subject RuleTest::subject(std::uint32_t operation) {
  const auto& operations = question_.analysis.operations;
  const model::Operation& op = operations[operation];
  const model::Exec* exec = op.as_exec();
  if (exec == nullptr && op.exec < operations.size()) exec = operations[op.exec].as_exec();
  return {image_, question_, op, exec, patterns_};
}

bool RuleTest::any_text(image::Range texts, const std::string& value, bool glob) const {
  for (std::uint32_t i = 0; i < texts.count && !image_.damaged(); ++i) {
    const std::string_view one = image_.text(image_.at<image::Str>(Section::texts, texts.first + i));
    if (glob ? path::match_plain(one, model::Text(value)) == Truth::yes : one == value) return true;
  }
  return texts.count == 0;
}

bool RuleTest::applies(const image::WhenRecord& when) const {
  if (when.agents != 0 && (when.agents >> static_cast<unsigned>(question_.call.agent) & 1U) == 0) return false;
  if (when.unattended != 0 && (when.unattended == 1) != question_.call.unattended) return false;
  if (!any_text(when.users, question_.actor.user, false) || !any_text(when.hosts, question_.actor.host, true)) return false;
  if (!any_text(when.repositories, question_.call.project, true)) return false;
  if (when.groups.count == 0) return true;
  for (std::uint32_t i = 0; i < when.groups.count && !image_.damaged(); ++i) {
    const auto group = image_.at<std::uint32_t>(Section::lists, when.groups.first + i);
    const auto& mine = question_.actor.groups;
    if (std::find(mine.begin(), mine.end(), group) != mine.end()) return true;
  }
  return false;
}

/// All of them; a suppressing one counts only when it is certain.
Truth RuleTest::conjunction(const Subject& subject, image::Range conditions) const {
  Truth all = Truth::yes;
  for (std::uint32_t i = 0; i < conditions.count && all != Truth::no && !image_.damaged(); ++i) {
    const auto condition = image_.at<ConditionRecord>(Section::conditions, conditions.first + i);
    const Truth one = test(subject, condition);
    if (!suppresses(static_cast<image::ConditionKey>(condition.key))) all = both(all, one);
    else if (one == Truth::yes) all = Truth::no;
  }
  return all;
}

Truth RuleTest::groups(const Subject& subject, image::Range groups) const {
  Truth all = Truth::yes;
  Truth any = Truth::no;
  bool has_any = false;
  for (std::uint32_t i = 0; i < groups.count && all != Truth::no && !image_.damaged(); ++i) {
    const auto group = image_.at<GroupRecord>(Section::groups, groups.first + i);
    const Truth one = conjunction(subject, group.conditions);
    if (group.kind == static_cast<std::uint32_t>(GroupKind::any)) {
      has_any = true;
      any = either(any, one);
    } else if (group.kind == static_cast<std::uint32_t>(GroupKind::all)) {
      all = both(all, one);
    } else if (one == Truth::yes) {
      all = Truth::no;
    }
  }
  return has_any ? both(all, any) : all;
}

std::vector<std::uint32_t> RuleTest::reached_from(std::uint32_t operation) const {
  std::vector<std::uint32_t> reached{operation};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const model::Flow& flow : question_.analysis.flows) {
      if (flow.from != reached[i] || flow.to >= question_.analysis.operations.size()) continue;
      if (std::find(reached.begin(), reached.end(), flow.to) == reached.end()) reached.push_back(flow.to);
    }
  }
  reached.erase(reached.begin());
  return reached;
}

Truth RuleTest::fits(const RelatedRecord& record, std::uint32_t other) {
  const Subject two = subject(other);
  if (static_cast<std::uint32_t>(two.op.kind) != record.on) return Truth::no;
  const ConditionRecord trusted{static_cast<std::uint32_t>(image::ConditionKey::host), 0, record.not_host};
  if (record.not_host.count != 0 && test(two, trusted) == Truth::yes) return Truth::no;
  return conjunction(two, record.conditions);
}

Truth RuleTest::related(const RelatedRecord& record, std::uint32_t operation) {
  Truth best = Truth::no;
  if (record.kind == static_cast<std::uint32_t>(image::RelatedKind::reaches)) {
    for (const std::uint32_t other : reached_from(operation)) best = either(best, fits(record, other));
    return best;
  }
  for (std::uint32_t other = 0; other < question_.analysis.operations.size() && best != Truth::yes; ++other) {
    if (other != operation) best = either(best, fits(record, other));
  }
  return best;
}

Truth RuleTest::holds(const image::RuleRecord& rule, std::uint32_t operation) {
  const Subject one = subject(operation);
  if ((rule.kinds >> static_cast<unsigned>(one.op.kind) & 1U) == 0 || !applies(rule.when)) return Truth::no;
  if (rule.commands.count != 0) {
    bool named = false;
    for (std::uint32_t i = 0; i < rule.commands.count && !named && one.exec != nullptr && !image_.damaged(); ++i) {
      named = runs(*one.exec, image_.text(image_.at<image::Str>(Section::texts, rule.commands.first + i)));
    }
    if (!named) return Truth::no;
  }
  Truth truth = conjunction(one, rule.conditions);
  if (truth != Truth::no) truth = both(truth, groups(one, rule.groups));
  for (std::uint32_t i = 0; i < rule.related.count && truth != Truth::no && !image_.damaged(); ++i) {
    truth = both(truth, related(image_.at<RelatedRecord>(Section::related, rule.related.first + i), operation));
  }
  if (truth != Truth::no) truth = both(truth, conjunction(one, rule.late_conditions));
  if (truth != Truth::no) truth = both(truth, groups(one, rule.late_groups));
  return truth;
}

bool RuleTest::excepted(image::Range values, const image::View& image, std::uint32_t operation) {
  if (values.count == 0) return false;
  const Subject mine = subject(operation);
  const Subject theirs{image, question_, mine.op, mine.exec, patterns_};
  return decide::excepted(theirs, values) == Truth::yes;
}

}  // namespace belay::decide
