#include "decide/judge.h"

#include <algorithm>
#include <utility>

#include "decide/candidates.h"
#include "decide/effect.h"
#include "decide/rule_test.h"

namespace belay::decide {

namespace {

using image::OverrideRecord;
using image::PolicyRecord;
using image::RuleRecord;
using image::Section;
using model::Decision;
using model::Match;
using model::Mode;
using model::OpKind;
using model::Operation;
using model::Verdict;

bool mutating(const std::string& method) { return method != "GET" && method != "HEAD" && method != "OPTIONS" && method != "CONNECT"; }

/// What a rule that does not say so does when it cannot be sure.
Verdict usual_doubt(const RuleRecord& rule, const Operation& op) {
  const auto* file = op.as_file();
  if (op.kind == OpKind::remove && file != nullptr && file->recursive) return Verdict::ask;
  if (op.kind == OpKind::query) return Verdict::ask;
  const auto* fetch = op.as_fetch();
  return fetch != nullptr && rule.names_host != 0 && mutating(fetch->method) ? Verdict::ask : Verdict::log;
}

Verdict doubt(const RuleRecord& rule, const Operation& op) {
  switch (static_cast<image::Unsure>(rule.unsure)) {
    case image::Unsure::ask: return Verdict::ask;
    case image::Unsure::log: return Verdict::log;
    case image::Unsure::pass: return Verdict::pass;
    case image::Unsure::unset: break;
  }
  return usual_doubt(rule, op);
}

/// A rule as the layers above it leave it.
struct Effective {
  Verdict action = Verdict::deny;
  image::RuleMode mode = image::RuleMode::inherit;
  std::vector<std::pair<const image::View*, image::Range>> except;
};

class Judgement {
 public:
  Judgement(const Question& question, std::span<const Layer> layers) : question_(question), layers_(layers) {}

  Decision run() {
    if (layers_.empty()) return refuse("no rules are loaded", Mode::enforce);
    read_policy();
    for (std::size_t i = 0; i < layers_.size(); ++i) look(i);
    for (const Layer& layer : layers_) {
      if (layer.image->damaged()) return refuse("the compiled rules are damaged", Mode::enforce);
    }
    combine();
    return std::move(decision_);
  }

 private:
  /// The mode is the highest layer's that is not the project's: those of the lower ones are what they ship with.
  void read_policy() {
    for (const Layer& layer : layers_) {
      if (layer.project) continue;
      const auto policy = layer.image->at<PolicyRecord>(Section::policy, 0);
      decision_.mode = policy.mode == static_cast<std::uint32_t>(Mode::observe) ? Mode::observe : Mode::enforce;
      decision_.policy_version = std::string(layer.image->text(policy.version));
      decision_.policy_hash = layer.image->hash();
    }
  }

  void look(std::size_t layer) {
    const image::View& image = *layers_[layer].image;
    const auto policy = image.at<PolicyRecord>(Section::policy, 0);
    Candidates candidates(image, policy, question_.analysis);
    RuleTest test(image, question_);
    for (std::uint32_t op = 0; op < question_.analysis.operations.size(); ++op) {
      for (const std::uint32_t number : candidates.of(op)) {
        if (image.damaged()) return;
        consider(layer, number, op, test);
      }
    }
  }

  void consider(std::size_t layer, std::uint32_t number, std::uint32_t operation, RuleTest& test) {
    const image::View& image = *layers_[layer].image;
    const Operation& op = question_.analysis.operations[operation];
    const auto rule = image.at<RuleRecord>(Section::rules, number);
    if ((rule.kinds >> static_cast<unsigned>(op.kind) & 1U) == 0) return;
    const Truth truth = test.holds(rule, operation);
    if (truth == Truth::no) return;
    const Effective now = effective(layer, rule);
    if (now.mode == image::RuleMode::off) return;
    for (const auto& [from, values] : now.except) {
      if (test.excepted(values, *from, operation)) return;
    }
    add(layer, rule, now, truth, operation);
  }

  /// Overrides of the layers above; a project can only tighten, and nothing relaxes a floor rule.
  Effective effective(std::size_t layer, const RuleRecord& rule) const {
    const image::View& image = *layers_[layer].image;
    Effective out{static_cast<Verdict>(std::min(rule.action, static_cast<std::uint32_t>(Verdict::deny))),
                  static_cast<image::RuleMode>(std::min(rule.mode, static_cast<std::uint32_t>(image::RuleMode::off))), {}};
    for (std::size_t above = layer + 1; above < layers_.size(); ++above) {
      const image::View& other = *layers_[above].image;
      const std::uint32_t count = other.count<OverrideRecord>(Section::overrides);
      for (std::uint32_t i = 0; i < count; ++i) {
        const auto change = other.at<OverrideRecord>(Section::overrides, i);
        if (path::match_plain(other.text(change.rule), model::Text(image.text(rule.id))) != Truth::yes) continue;
        apply(change, layers_[above], rule.floor != 0, out);
      }
    }
    return out;
  }

  static void apply(const OverrideRecord& change, const Layer& from, bool floor, Effective& out) {
    const bool only_tighter = floor || from.project;
    if (change.action != 0) {
      const auto wanted = static_cast<Verdict>(std::min(change.action - 1, static_cast<std::uint32_t>(Verdict::deny)));
      if (!only_tighter || wanted > out.action) out.action = wanted;
    }
    const auto mode = static_cast<image::RuleMode>(std::min(change.mode, static_cast<std::uint32_t>(image::RuleMode::off)));
    const bool relaxes = mode == image::RuleMode::observe || mode == image::RuleMode::off;
    if (mode != image::RuleMode::inherit && !(only_tighter && relaxes)) out.mode = mode;
    if (!only_tighter && change.except.count != 0) out.except.emplace_back(from.image, change.except);
  }

  Verdict verdict_of(const Layer& layer, const RuleRecord& rule, const Effective& now, Truth truth, const Operation& op) const {
    if (now.action == Verdict::allow && (!layer.may_allow || truth == Truth::maybe)) return Verdict::pass;
    Verdict verdict = truth == Truth::yes ? now.action : std::min(doubt(rule, op), now.action);
    const bool nobody_to_ask = op.kind == OpKind::opaque && question_.call.unattended;
    if (verdict == Verdict::ask && nobody_to_ask) verdict = Verdict::deny;
    return verdict;
  }

  void add(std::size_t layer, const RuleRecord& rule, const Effective& now, Truth truth, std::uint32_t operation) {
    const image::View& image = *layers_[layer].image;
    const Operation& op = question_.analysis.operations[operation];
    Match match;
    match.verdict = verdict_of(layers_[layer], rule, now, truth, op);
    if (match.verdict == Verdict::pass) return;
    match.rule = std::string(image.text(rule.id));
    match.truth = truth;
    match.operation = operation;
    const auto known = std::find_if(decision_.matches.begin(), decision_.matches.end(), [&](const Match& m) { return m.rule == match.rule; });
    if (known != decision_.matches.end() && known->verdict >= match.verdict) return;
    match.severity = static_cast<model::Severity>(std::min(rule.severity, static_cast<std::uint32_t>(model::Severity::critical)));
    match.floor = rule.floor != 0;
    match.mode = mode_of(now, match.floor);
    match.file = std::string(image.text(image.at<image::Str>(Section::sources, rule.source)));
    match.line = rule.line;
    if (!layers_[layer].project) {
      match.summary = std::string(image.text(rule.summary));
      match.instead = std::string(image.text(rule.instead));
    }
    match.effect = effect_of(op);
    if (known != decision_.matches.end()) *known = std::move(match);
    else decision_.matches.push_back(std::move(match));
  }

  Mode mode_of(const Effective& now, bool floor) const {
    if (floor || now.mode == image::RuleMode::enforce) return Mode::enforce;
    return now.mode == image::RuleMode::observe ? Mode::observe : decision_.mode;
  }

  void combine() {
    // Matches were added layer by layer, so a stable sort keeps the earlier layer in front. What the agent is told comes first.
    const auto told = [](const Match& m) { return m.mode == Mode::enforce && m.verdict >= Verdict::ask; };
    std::stable_sort(decision_.matches.begin(), decision_.matches.end(), [&](const Match& a, const Match& b) {
      if (told(a) != told(b)) return told(a);
      return a.verdict != b.verdict ? a.verdict > b.verdict : a.severity > b.severity;
    });
    for (const Match& match : decision_.matches) {
      decision_.would = std::max(decision_.would, match.verdict);
      if (match.mode == Mode::enforce) decision_.effective = std::max(decision_.effective, match.verdict);
    }
  }

  const Question& question_;
  std::span<const Layer> layers_;
  Decision decision_;
};

}  // namespace

Decision judge(const Question& question, std::span<const Layer> layers) { return Judgement(question, layers).run(); }

}  // namespace belay::decide
