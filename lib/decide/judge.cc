#include "decide/judge.h"

#include <algorithm>
#include <utility>

#include "decide/candidates.h"
#include "decide/effect.h"
#include "decide/layers.h"
#include "decide/rule_test.h"
#include "decide/verdict.h"

namespace belay::decide {

namespace {

using image::PolicyRecord;
using image::RuleRecord;
using image::Section;
using model::Decision;
using model::Match;
using model::Mode;
using model::Operation;
using model::OpKind;
using model::Verdict;

/// Which operations an `allow` rule spoke for.
class Allowed {
 public:
  explicit Allowed(const model::Analysis& analysis) : operations_(analysis.operations) {}

  void add(std::uint32_t operation) {
    if (allowed_.empty()) allowed_.resize(operations_.size());
    allowed_[operation] = true;
  }
  /// What a command reads is part of running it; whatever else comes of it needs a word of its own.
  [[nodiscard]] bool everything() const {
    if (allowed_.empty()) return false;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& op = operations_[i];
      const bool with_its_command = op.kind == OpKind::read && op.exec < operations_.size() && allowed_[op.exec];
      if (!allowed_[i] && !with_its_command) return false;
    }
    return true;
  }

 private:
  const std::vector<Operation>& operations_;
  std::vector<bool> allowed_;
};

/// A rule of a layer, and the operation that it holds for.
struct Finding {
  std::size_t layer = 0;
  std::uint32_t number = 0;
  std::uint32_t operation = 0;
  Truth truth = Truth::yes;
};

bool is_about_place(const image::View& image, const RuleRecord& rule) {
  const image::Range conditions = image.within(rule.conditions);
  for (std::uint32_t i = 0; i < conditions.count; ++i) {
    const auto condition = image.at<image::ConditionRecord>(Section::conditions, conditions.first + i);
    if (condition.key == static_cast<std::uint32_t>(image::ConditionKey::covers)) return true;
  }
  return false;
}

class Judgement {
 public:
  Judgement(const Question& question, std::span<const Layer> layers)
      : question_(question), layers_(layers), allowed_(question.analysis) {}

  Decision run() {
    read_settings();
    for (std::size_t i = 0; i < layers_.size(); ++i) look(i);
    if (!allowed_.everything()) silence_allow();
    combine();
    if (layers_.damaged()) return refuse("the compiled rules are damaged", Mode::enforce);
    return std::move(decision_);
  }

 private:
  void read_settings() {
    const image::View& image = *layers_[layers_.owner()].image;
    decision_.mode = layers_.mode(layers_.owner());
    decision_.policy_version = std::string(image.text(image.at<PolicyRecord>(Section::policy, 0).version));
    decision_.policy_hash = image.hash();
  }

  void look(std::size_t layer) {
    const image::View& image = *layers_[layer].image;
    const auto policy = image.at<PolicyRecord>(Section::policy, 0);
    Candidates candidates(image, policy, question_.analysis, layers_.may_have_strict(layer));
    RuleTest test(image, question_, layers_[layer].warm);
    for (std::uint32_t operation = 0; operation < question_.analysis.operations.size(); ++operation) {
      for (const std::uint32_t number : candidates.of(operation)) {
        if (image.damaged()) return;
        consider(layer, number, operation, test);
      }
    }
  }

  void consider(std::size_t layer, std::uint32_t number, std::uint32_t operation, RuleTest& test) {
    const Operation& op = question_.analysis.operations[operation];
    const auto rule = layers_[layer].image->at<RuleRecord>(Section::rules, number);
    if ((rule.kinds >> static_cast<unsigned>(op.kind) & 1U) == 0) return;
    if (!layers_.exists(layer, rule) || layers_.replaced(layer, rule)) return;
    const Doubts doubts = doubt(rule, op) == Verdict::pass ? Doubts::ignored : Doubts::wanted;
    const Truth truth = test.holds(rule, operation, doubts);
    if (truth == Truth::no) return;
    const Standing standing = layers_.standing(layer, rule);
    if (standing.mode == image::RuleMode::off) return;
    for (const auto& [image, values] : standing.except) {
      if (test.excepted(*image, values, operation)) return;
    }
    add({layer, number, operation, truth}, rule, standing);
  }

  /// Keeps the strictest finding of each rule.
  void add(const Finding& finding, const RuleRecord& rule, const Standing& standing) {
    const Operation& op = question_.analysis.operations[finding.operation];
    Verdict says = verdict(rule, standing, layers_[finding.layer], finding.truth, op);
    if (says == Verdict::ask && op.kind == OpKind::opaque && question_.call.unattended) says = Verdict::deny;
    if (says == Verdict::pass) return;
    if (says == Verdict::allow) allowed_.add(finding.operation);
    const auto known = std::find_if(findings_.begin(), findings_.end(),
                                    [&](const Finding& f) { return f.layer == finding.layer && f.number == finding.number; });
    const auto place = static_cast<std::size_t>(known - findings_.begin());
    if (known == findings_.end()) {
      findings_.push_back(finding);
      decision_.matches.emplace_back();
    } else if (decision_.matches[place].verdict >= says) {
      return;
    }
    decision_.matches[place] = describe(finding, rule, standing, says);
  }

  Match describe(const Finding& finding, const RuleRecord& rule, const Standing& standing, Verdict says) const {
    const Layer& layer = layers_[finding.layer];
    const image::View& image = *layer.image;
    Match match;
    match.rule = std::string(image.text(rule.id));
    match.file = std::string(image.text(image.at<image::Str>(Section::sources, rule.source)));
    match.line = rule.line;
    match.verdict = says;
    match.truth = finding.truth;
    match.severity = static_cast<model::Severity>(std::min(rule.severity, static_cast<std::uint32_t>(model::Severity::critical)));
    match.mode = layers_.mode_of(finding.layer, rule, standing);
    match.floor = rule.floor != 0;
    match.of_place = is_about_place(image, rule);
    match.operation = finding.operation;
    if (!layer.project) {
      match.summary = std::string(image.text(rule.summary));
      match.instead = std::string(image.text(rule.instead));
    }
    match.effect = effect_of(question_.analysis.operations[finding.operation]);
    return match;
  }

  /// An `allow` that speaks for a part of the call only must not silence the agent's question about the rest.
  void silence_allow() {
    for (Match& match : decision_.matches) {
      if (match.verdict == Verdict::allow) match.verdict = Verdict::log;
    }
  }

  void combine() {
    // Matches were added layer by layer, so a stable sort keeps the earlier layer in front. What the agent is told comes first.
    const auto told = [](const Match& m) { return m.mode == Mode::enforce ? m.verdict : Verdict::pass; };
    std::stable_sort(decision_.matches.begin(), decision_.matches.end(), [&](const Match& a, const Match& b) {
      if (told(a) != told(b)) return told(a) > told(b);
      if (a.verdict != b.verdict) return a.verdict > b.verdict;
      if (a.severity != b.severity) return a.severity > b.severity;
      // Of all that `rm -rf /` meets, what it says of `/` is the reason.
      return a.of_place && !b.of_place;
    });
    for (const Match& match : decision_.matches) {
      decision_.would = std::max(decision_.would, match.verdict);
      decision_.effective = std::max(decision_.effective, told(match));
    }
  }

  const Question& question_;
  Layers layers_;
  Allowed allowed_;
  std::vector<Finding> findings_;  ///< parallel to the matches of the decision until they are sorted
  Decision decision_;
};

}  // namespace

Decision judge(const Question& question, std::span<const Layer> layers) {
  if (layers.empty()) return refuse("no rules are loaded", Mode::enforce);
  return Judgement(question, layers).run();
}

}  // namespace belay::decide
