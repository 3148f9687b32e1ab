#include "rulekit/check_files.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "base/text.h"
#include "image/knowledge_records.h"
#include "policy/adopt.h"
#include "policy/compile.h"
#include "policy/merge.h"
#include "rulekit/engine.h"
#include "rulekit/format.h"
#include "rulekit/lint.h"
#include "rulekit/frameworks.h"

namespace belay::rulekit {

namespace {

using Views = std::vector<const image::View*>;

/// Programs lie sorted by name.
bool describes(const image::View& view, std::string_view program) {
  std::uint32_t low = 0;
  std::uint32_t high = view.count<image::BlockRecord>(image::Section::programs);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const auto name = view.text(view.at<image::BlockRecord>(image::Section::programs, middle).name);
    if (name == program) return true;
    if (name < program) low = middle + 1;
    else high = middle;
  }
  return false;
}

/// Nothing when no image knows any program: then every one would seem unknown.
std::function<bool(std::string_view)> knowledge_of(const Views& views) {
  const auto empty = [](const image::View* view) { return view->raw(image::Section::programs).empty(); };
  if (std::all_of(views.begin(), views.end(), empty)) return nullptr;
  return [views](std::string_view program) {
    return std::any_of(views.begin(), views.end(), [&](const image::View* view) { return describes(*view, program); });
  };
}

/// Whether `exec` is `words`: its program and, at least, the subcommand words behind it.
bool begins_with(const model::Exec& exec, const std::vector<std::string_view>& words) {
  if (exec.program.view() != words[0] || exec.words.size() + 1 < words.size()) return false;
  return std::equal(words.begin() + 1, words.end(), exec.words.begin());
}

/// Whether the words of a command are read as words, and none as an operand, in the case world.
std::function<bool(const std::string&)> reading_of(const Views& views) {
  return [views](const std::string& command) {
    policy::Case one;
    one.run = command;
    const auto scene = scene_of(one);
    if (!scene) return true;
    const auto analysis = analyse(*scene, views);
    const auto words = base::split_blank(command);
    return std::any_of(analysis.operations.begin(), analysis.operations.end(), [&](const model::Operation& op) {
      const auto* exec = op.as_exec();
      return exec != nullptr && begins_with(*exec, words);
    });
  };
}

/// What the policy says to a command that is run by hand in the case world.
std::function<std::optional<model::Verdict>(const std::string&)> judge_of(const Views& views) {
  return [views](const std::string& command) -> std::optional<model::Verdict> {
    policy::Case one;
    one.run = command;
    const auto scene = scene_of(one);
    if (!scene) return std::nullopt;
    return judge(*scene, analyse(*scene, views), views).would;
  };
}

}  // namespace

std::vector<policy::SourcePtr> carried_by(Below below) {
  std::vector<policy::SourcePtr> out;
  for (const image::View* view : below) {
    for (auto& file : policy::carried_files(*view)) out.push_back(std::move(file));
  }
  return out;
}

std::vector<base::Diagnostic> lint_files(std::span<const policy::SourcePtr> files, Below below) {
  base::Diagnostics out;
  auto loaded = policy::load_all(files, out);
  const auto expanded = policy::expand_lists(std::move(loaded.policy), out, carried_by(below));
  const auto overridden = policy::apply_overrides(expanded, out);
  Views views(below.begin(), below.end());
  LintOptions options;
  std::optional<Compiled> compiled;
  if (!out.has_errors()) {
    if (auto made = Compiled::make(overridden, loaded.knowledge, out)) compiled = *std::move(made);
  }
  if (compiled) {
    views.push_back(&compiled->view());
    options.knows_program = knowledge_of(views);
    options.is_read_so = reading_of(views);
    options.judge = judge_of(views);
  }
  options.frameworks = frameworks_of(expanded, below);
  lint(policy::own_rules(expanded), options, out);
  return in_order(out.items());
}

base::Result<std::unique_ptr<TestRun>> test_files(std::span<const policy::SourcePtr> files, const TestOptions& options,
                                                  base::Diagnostics& out) {
  const auto loaded = policy::load_all(files, out);
  if (out.has_errors()) return base::fail(base::Errc::invalid, "the rules have errors");
  return test_policy(loaded.policy, loaded.knowledge, options, out);
}

}  // namespace belay::rulekit
