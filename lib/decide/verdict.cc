#include "decide/verdict.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace belay::decide {

namespace {

using model::Operation;
using model::OpKind;
using model::Verdict;

bool changing(std::string_view method) {
  constexpr std::array<std::string_view, 5> kReading{"GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"};
  return std::find(kReading.begin(), kReading.end(), method) == kReading.end();
}

Verdict usual_doubt(const image::RuleRecord& rule, const Operation& op) {
  const auto* file = op.as_file();
  if (op.kind == OpKind::remove && file != nullptr && file->recursive) return Verdict::ask;
  if (op.kind == OpKind::query) return Verdict::ask;
  const auto* fetch = op.as_fetch();
  // The host itself must be known: that some unknown host might be the named one is no reason to ask about every request.
  const bool named_host = fetch != nullptr && rule.names_host != 0 && fetch->host.literal();
  return named_host && changing(fetch->method) ? Verdict::ask : Verdict::log;
}

}  // namespace

Verdict doubt(const image::RuleRecord& rule, const Operation& op) {
  switch (static_cast<image::Unsure>(rule.unsure)) {
    case image::Unsure::ask: return Verdict::ask;
    case image::Unsure::log: return Verdict::log;
    case image::Unsure::pass: return Verdict::pass;
    case image::Unsure::unset: break;
  }
  return usual_doubt(rule, op);
}

Verdict verdict(const image::RuleRecord& rule, const Standing& standing, const Layer& layer, model::Truth truth,
                const Operation& op) {
  const bool sure = truth == model::Truth::yes;
  if (standing.action == Verdict::allow) return layer.may_allow && sure && !op.guessed && !op.stored ? Verdict::allow : Verdict::pass;
  // What may be moved away is not lost.
  const auto* file = op.as_file();
  const bool mild = op.stored || (file != nullptr && file->moved);
  const Verdict doubted = mild ? std::min(doubt(rule, op), Verdict::log) : doubt(rule, op);
  const Verdict says = sure ? standing.action : std::min(doubted, standing.action);
  return op.guessed || op.stored ? std::min(says, Verdict::ask) : says;
}

}  // namespace belay::decide
