#include "cli/log_text.h"

#include "agent/adapter.h"
#include "audit/clock.h"
#include "base/text.h"
#include "cli/terminal.h"
#include "history/subject.h"

namespace belay::cli {

namespace {

using model::Verdict;

Paint paint_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::deny: return Paint::red;
    case Verdict::ask: return Paint::yellow;
    case Verdict::pass:
    case Verdict::log:
    case Verdict::allow: break;
  }
  return Paint::green;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

/// `2026-11-22 07:35:15Z`
std::string second_of(std::uint64_t unix_micros) {
  constexpr std::size_t kDay = 10, kSeconds = 19;
  std::string out = audit::iso_time(unix_micros).substr(0, kSeconds);
  if (out.size() > kDay) out[kDay] = ' ';
  return out + "Z";
}

}  // namespace

std::string verdict_text(const model::Decision& decision) {
  const std::string effective(model::name_of(decision.effective));
  return decision.effective == decision.would ? effective : effective + ", would " + std::string(model::name_of(decision.would));
}

std::string record_text(const audit::Record& record, bool colour) {
  constexpr std::size_t kVerdict = 16, kAgent = 7;
  const model::Decision& decision = record.decision;
  std::string out = painted(second_of(record.unix_micros), Paint::faint, colour) + "  ";
  out += painted(padded(verdict_text(decision), kVerdict), paint_of(decision.would), colour) + "  ";
  out += padded(std::string(agent::name_of(record.call.agent)), kAgent) + "  " + base::printable(record.call.tool);
  if (const std::string subject = history::subject_of(record.call); !subject.empty()) out += "  " + subject;
  if (const model::Match* leading = decision.leading()) out += "  [" + base::printable(leading->rule) + "]";
  if (!decision.fault.empty()) out += "  [" + base::printable(decision.fault) + "]";
  return out;
}

}  // namespace belay::cli
