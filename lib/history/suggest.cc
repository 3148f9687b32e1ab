#include "history/suggest.h"

#include <algorithm>

#include "history/report.h"
#include "history/subject.h"

namespace belay::history {

namespace {

using model::Operation;
using model::OpKind;
using model::Verdict;

constexpr std::size_t kExamples = 3;
constexpr std::size_t kExampleBytes = 120;

/// The last component; empty when a hole or nothing stands there.
std::string name_of_path(const model::Text& path) {
  const std::string& bytes = path.bytes();
  std::string name = bytes.substr(bytes.rfind('/') + 1);
  return name.find(model::kHole) == std::string::npos ? name : std::string();
}

Pattern pattern_of_exec(const model::Exec& exec) {
  Pattern out;
  out.command = command_of(exec);
  for (const model::OptionUse& option : exec.options) out.options.push_back(option.canonical);
  std::sort(out.options.begin(), out.options.end());
  out.options.erase(std::unique(out.options.begin(), out.options.end()), out.options.end());
  return out;
}

/// What the operation itself says, when no command stands behind it.
Pattern pattern_of_tool(const Operation& one) {
  Pattern out;
  out.on = one.kind;
  if (const auto* file = one.as_file()) out.name = name_of_path(file->path.lexical);
  if (const auto* fetch = one.as_fetch(); fetch != nullptr && fetch->host.literal()) out.name = fetch->host.bytes();
  if (const auto* tool = one.as_tool()) out.name = tool->tool;
  return out;
}

const Operation* leading_operation(const audit::Record& record, const model::Analysis& analysis) {
  const std::uint32_t n = record.decision.leading()->operation;
  return n < analysis.operations.size() ? &analysis.operations[n] : nullptr;
}

/// What is read, written or asked for says more than the program that does it; what runs or deletes is known by its command.
bool is_known_by_command(OpKind kind) { return kind == OpKind::exec || kind == OpKind::remove; }

Pattern pattern_of(const Operation& one, const model::Analysis& analysis) {
  if (!is_known_by_command(one.kind)) return pattern_of_tool(one);
  const Operation* const behind = one.exec < analysis.operations.size() ? &analysis.operations[one.exec] : &one;
  if (const model::Exec* exec = behind->as_exec()) return pattern_of_exec(*exec);
  return pattern_of_tool(one);
}

void count(const audit::Record& record, Group& group) {
  const model::Decision& decision = record.decision;
  ++group.calls;
  if (decision.effective >= Verdict::ask) ++group.enforced;
  group.verdict = std::max(group.verdict, decision.would);
  group.severity = std::max(group.severity, decision.leading()->severity);
  group.first = group.first == 0 ? record.unix_micros : std::min(group.first, record.unix_micros);
  group.last = std::max(group.last, record.unix_micros);
  if (!record.call.session.empty()) group.sessions.insert(record.call.session);
  std::string example = subject_of(record.call, kExampleBytes);
  const bool fresh = std::find(group.examples.begin(), group.examples.end(), example) == group.examples.end();
  if (fresh && !example.empty() && group.examples.size() < kExamples) group.examples.push_back(std::move(example));
}

}  // namespace

void Suggestions::add(const audit::Record& record, const model::Analysis& analysis) {
  ++records_;
  const model::Match* const leading = record.decision.leading();
  // A failure says nothing about the call, and what nobody would be kept from needs no rule.
  if (leading == nullptr || record.decision.would < Verdict::ask) return;
  const Operation* const operation = leading_operation(record, analysis);
  const bool opaque = operation != nullptr && operation->kind == OpKind::opaque;
  // The operation is missing where the record does not hold all that the analysis was told: nothing is known of it then.
  const Pattern nothing{OpKind::opaque, {}, {}, {}};
  const Pattern pattern = opaque || operation == nullptr ? nothing : pattern_of(*operation, analysis);
  Group& group = groups_[{leading->rule, pattern}];
  group.rule = leading->rule;
  group.pattern = pattern;
  group.opaque = opaque;
  count(record, group);
}

std::vector<const Group*> Suggestions::groups(std::size_t most, std::uint64_t least) const {
  std::vector<const Group*> out;
  for (const auto& [key, group] : groups_) {
    if (group.calls >= least) out.push_back(&group);
  }
  std::stable_sort(out.begin(), out.end(), [](const Group* a, const Group* b) { return a->calls > b->calls; });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace belay::history
