#include "decide/rule_test.h"

#include <algorithm>

namespace belay::decide {

namespace {

using image::ConditionRecord;
using image::GroupKind;
using image::GroupRecord;
using image::RelatedKind;
using image::RelatedRecord;
using image::Section;

constexpr std::uint64_t kPairs = 1U << 18U;

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

/// What is only likely to happen is at most maybe. What hangs on a folder each path says by itself.
Truth as_sure_as(const model::Operation& op, Truth truth) {
  const model::FileAccess* file = op.as_file();
  return file == nullptr || file->certain || file->if_folder ? truth : both(truth, Truth::maybe);
}

/// A suppressing condition as part of a conjunction. Where the rule is to match, only certainty suppresses; where it is to be held back,
/// only the certainty that nothing is excused does.
Truth unless(Truth suppressed, Purpose purpose) {
  if (suppressed == Truth::yes) return Truth::no;
  return purpose == Purpose::match ? Truth::yes : static_cast<Truth>(static_cast<int>(Truth::yes) - static_cast<int>(suppressed));
}

}  // namespace

RuleTest::RuleTest(const image::View& image, const Question& question, Patterns* warm)
    : image_(image),
      question_(question),
      own_(image),
      patterns_(warm != nullptr ? *warm : own_),
      reach_(question.analysis),
      pairs_(kPairs) {}

Subject RuleTest::subject(std::uint32_t operation) {
  const auto& operations = question_.analysis.operations;
  const model::Operation& op = operations[operation];
  const model::Exec* exec = op.as_exec();
  if (exec == nullptr && op.exec < operations.size()) exec = operations[op.exec].as_exec();
  return {image_, question_, op, exec, patterns_};
}

bool RuleTest::any_text(image::Range texts, const std::string& value) const {
  for (std::uint32_t i = 0; i < texts.count && !image_.damaged(); ++i) {
    if (image_.text(image_.at<image::Str>(Section::texts, texts.first + i)) == value) return true;
  }
  return texts.count == 0;
}

bool RuleTest::any_glob(image::Range texts, const std::string& value) const {
  for (std::uint32_t i = 0; i < texts.count && !image_.damaged(); ++i) {
    const std::string_view glob = image_.text(image_.at<image::Str>(Section::texts, texts.first + i));
    if (path::match_plain(glob, model::Text(value)) == Truth::yes) return true;
  }
  return texts.count == 0;
}

bool RuleTest::member(image::Range groups) const {
  const auto& mine = question_.actor.groups;
  for (std::uint32_t i = 0; i < groups.count && !image_.damaged(); ++i) {
    const auto group = image_.at<std::uint32_t>(Section::lists, groups.first + i);
    if (std::find(mine.begin(), mine.end(), group) != mine.end()) return true;
  }
  return groups.count == 0;
}

bool RuleTest::applies(const image::WhenRecord& when) const {
  if (when.agents != 0 && (when.agents >> static_cast<unsigned>(question_.call.agent) & 1U) == 0) return false;
  if (when.unattended != 0 && (when.unattended == 1) != question_.call.unattended) return false;
  return any_text(when.users, question_.actor.user) && any_glob(when.hosts, question_.actor.host) &&
         any_glob(when.repositories, question_.call.project) && member(when.groups);
}

bool RuleTest::runs_one_of(image::Range commands, const model::Exec* exec) const {
  if (commands.count == 0) return true;
  for (std::uint32_t i = 0; i < commands.count && exec != nullptr && !image_.damaged(); ++i) {
    if (runs(*exec, image_.text(image_.at<image::Str>(Section::texts, commands.first + i)))) return true;
  }
  return false;
}

Truth RuleTest::conjunction(const Subject& subject, image::Range conditions) const {
  Truth all = Truth::yes;
  for (std::uint32_t i = 0; i < conditions.count && all != Truth::no && !image_.damaged(); ++i) {
    const auto condition = image_.at<ConditionRecord>(Section::conditions, conditions.first + i);
    const Truth one = test(subject, condition);
    all = both(all, suppresses(condition.key) ? unless(one, subject.purpose) : one);
  }
  return all;
}

/// One table of `any` holds, all of `all` do, and none of `not` does for certain.
Truth RuleTest::groups(const Subject& subject, image::Range groups) const {
  Truth all = Truth::yes;
  Truth any = Truth::no;
  bool has_any = false;
  for (std::uint32_t i = 0; i < groups.count && all != Truth::no && !image_.damaged(); ++i) {
    const auto group = image_.at<GroupRecord>(Section::groups, groups.first + i);
    if (group.kind == static_cast<std::uint32_t>(GroupKind::none)) {
      Subject held_back = subject;
      held_back.purpose = Purpose::suppress;
      if (conjunction(held_back, group.conditions) == Truth::yes) all = Truth::no;
    } else if (group.kind == static_cast<std::uint32_t>(GroupKind::all)) {
      all = both(all, conjunction(subject, group.conditions));
    } else {
      has_any = true;
      if (any != Truth::yes) any = either(any, conjunction(subject, group.conditions));
    }
  }
  return has_any ? both(all, any) : all;
}

Truth RuleTest::fits(const RelatedRecord& record, std::uint32_t other) {
  const Subject two = subject(other);
  if (static_cast<std::uint32_t>(two.op.kind) != record.on) return Truth::no;
  const ConditionRecord trusted{static_cast<std::uint32_t>(image::ConditionKey::host), 0, record.not_host};
  if (record.not_host.count != 0 && test(two, trusted) == Truth::yes) return Truth::no;
  return as_sure_as(two.op, conjunction(two, record.conditions));
}

Truth RuleTest::reaches(const RelatedRecord& record, std::uint32_t operation) {
  Truth best = Truth::no;
  for (const std::uint32_t other : reach_.from(operation)) {
    if (!pairs_.spend()) return either(best, Truth::maybe);
    best = either(best, fits(record, other));
    if (best == Truth::yes) break;
  }
  return best;
}

Truth RuleTest::also(const RelatedRecord& record, std::uint32_t operation) {
  Truth best = Truth::no;
  for (std::uint32_t other = 0; other < question_.analysis.operations.size() && best != Truth::yes; ++other) {
    if (other == operation) continue;
    if (!pairs_.spend()) return either(best, Truth::maybe);
    best = either(best, fits(record, other));
  }
  return best;
}

Truth RuleTest::related(image::Range records, std::uint32_t operation) {
  Truth all = Truth::yes;
  for (std::uint32_t i = 0; i < records.count && all != Truth::no && !image_.damaged(); ++i) {
    const auto record = image_.at<RelatedRecord>(Section::related, records.first + i);
    const bool flows = record.kind == static_cast<std::uint32_t>(RelatedKind::reaches);
    all = both(all, flows ? reaches(record, operation) : also(record, operation));
  }
  return all;
}

Truth RuleTest::holds(const image::RuleRecord& rule, std::uint32_t operation, Doubts doubts) {
  const Subject one = subject(operation);
  if ((rule.kinds >> static_cast<unsigned>(one.op.kind) & 1U) == 0) return Truth::no;
  if (!runs_one_of(rule.commands, one.exec) || !applies(rule.when)) return Truth::no;
  Truth truth = as_sure_as(one.op, Truth::yes);
  const auto over = [&] { return truth == Truth::no || (truth == Truth::maybe && doubts == Doubts::ignored); };
  const auto require = [&](auto&& next) {
    if (!over()) truth = both(truth, next());
  };
  require([&] { return conjunction(one, rule.conditions); });
  require([&] { return groups(one, rule.groups); });
  require([&] { return related(rule.related, operation); });
  require([&] { return conjunction(one, rule.late_conditions); });
  require([&] { return groups(one, rule.late_groups); });
  return over() ? Truth::no : truth;
}

bool RuleTest::excepted(const image::View& image, image::Range values, std::uint32_t operation) {
  const Subject mine = subject(operation);
  return decide::excepted({image, question_, mine.op, mine.exec, patterns_, Purpose::suppress}, values) == Truth::yes;
}

}  // namespace belay::decide
