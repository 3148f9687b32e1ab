#include "history/replay.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "history/understand.h"
#include "image/policy_records.h"

namespace belay::history {

namespace {

using model::Verdict;

constexpr std::array<std::pair<Doubt, std::string_view>, 5> kDoubts{{
    {Doubt::secrets, "secrets are not in the record"},
    {Doubt::contents, "the text being written is not in the record"},
    {Doubt::cut, "the record was cut short"},
    {Doubt::files, "the record does not say what lay at a path"},
    {Doubt::failure, "the recorded decision comes from a failure"},
}};

unsigned strictness(Verdict v) {
  switch (v) {
    case Verdict::allow: return 0;
    case Verdict::pass: return 1;
    case Verdict::log: return 2;
    case Verdict::ask: return 3;
    case Verdict::deny: return 4;
  }
  return 4;
}

bool has_content_rules(const image::View& image) {
  const auto count = image.count<image::ConditionRecord>(image::Section::conditions);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto condition = image.at<image::ConditionRecord>(image::Section::conditions, i);
    if (condition.key == static_cast<std::uint32_t>(image::ConditionKey::content)) return true;
  }
  return false;
}

path::Places places_of(const audit::Record& record) {
  path::Places places;
  places.homes = record.homes;
  places.project = record.call.project;
  places.cwd = record.call.cwd;
  places.tmp = {"/tmp", "/var/tmp"};
  if (!record.tmp.empty() && std::find(places.tmp.begin(), places.tmp.end(), record.tmp) == places.tmp.end()) {
    places.tmp.push_back(record.tmp);
  }
  return places;
}

Doubt doubt_of(const audit::Record& record, bool reads_contents) {
  Doubt doubt = Doubt::none;
  if (!record.loss.redacted.empty()) doubt = doubt | Doubt::secrets;
  if (record.loss.contents != 0 && reads_contents) doubt = doubt | Doubt::contents;
  if (record.loss.cut != 0) doubt = doubt | Doubt::cut;
  if (!record.decision.fault.empty()) doubt = doubt | Doubt::failure;
  return doubt;
}

Change change_between(Verdict then, Verdict now) {
  if (then == now) return Change::same;
  return strictness(now) > strictness(then) ? Change::stricter : Change::looser;
}

}  // namespace

std::string describe(Doubt doubt) {
  std::string out;
  for (const auto& [bit, words] : kDoubts) {
    if (!has(doubt, bit)) continue;
    if (!out.empty()) out += ", ";
    out += words;
  }
  return out;
}

Replayer::Replayer(const Candidate& candidate) : candidate_(candidate) {
  for (decide::Layer layer : candidate.layers) {
    reads_contents_ = reads_contents_ || has_content_rules(*layer.image);
    patterns_.push_back(std::make_unique<decide::Patterns>(*layer.image));
    layer.warm = patterns_.back().get();
    layers_.push_back(layer);
  }
}

Replayed Replayer::replay(audit::Record record) const {
  Replayed out;
  const auto [analysis, unanswered] = understand(record, candidate_.knowledge, candidate_.limits);
  const decide::Actor actor{record.uid, record.groups, record.user, record.host};
  const path::Places places = places_of(record);
  out.decision = decide::judge({record.call, analysis, places, actor}, layers_);
  out.change = change_between(record.decision.would, out.decision.would);
  out.doubt = doubt_of(record, reads_contents_);
  if (unanswered != 0) out.doubt = out.doubt | Doubt::files;
  out.record = std::move(record);
  return out;
}

base::Result<Replayed> Replayer::replay_line(std::string_view line) const {
  BELAY_TRY(auto record, audit::from_line(line));
  return replay(std::move(record));
}

namespace {

/// Each rule once, however many operations it holds for.
std::vector<std::string_view> rules_of(const model::Decision& decision) {
  std::vector<std::string_view> out;
  for (const auto& match : decision.matches) out.push_back(match.rule);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void Summary::add(const Replayed& one) {
  ++records;
  const model::Decision& then = one.record.decision;
  const model::Decision& now = one.decision;
  ++transitions[static_cast<std::size_t>(then.would)][static_cast<std::size_t>(now.would)];
  for (const auto rule : rules_of(now)) ++rules[std::string(rule)].matched;
  if (const auto* leading = now.leading()) {
    RuleCount& count = rules[leading->rule];
    ++count.led;
    if (one.sure() && one.change == Change::stricter) ++count.changed;
  }
  if (!one.sure()) {
    ++unsure;
    if (one.change != Change::same) ++unsure_changed;
    return;
  }
  switch (one.change) {
    case Change::same: ++same; break;
    case Change::stricter: ++stricter; break;
    case Change::looser: ++looser; break;
  }
  if (then.effective == now.effective) return;
  if (now.effective == Verdict::deny) ++newly_denied;
  if (now.effective == Verdict::ask) ++newly_asked;
}

}  // namespace belay::history
