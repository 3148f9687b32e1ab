#include "cli/log_text.h"

#include "agent/adapter.h"
#include "audit/clock.h"
#include "base/text.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

using model::Verdict;

struct SubjectOf {
  std::string operator()(const model::Harmless&) const { return {}; }
  std::string operator()(const model::RunShell& a) const { return a.command; }
  std::string operator()(const model::RunArgv& a) const {
    std::string out;
    for (const std::string& word : a.argv) out += (out.empty() ? "" : " ") + word;
    return out;
  }
  std::string operator()(const model::ReadFile& a) const { return a.path; }
  std::string operator()(const model::WriteFile& a) const { return a.path; }
  std::string operator()(const model::DeleteFile& a) const { return a.path; }
  std::string operator()(const model::RenameFile& a) const { return a.from + " -> " + a.to; }
  std::string operator()(const model::SearchFiles& a) const { return a.path; }
  std::string operator()(const model::FetchUrl& a) const { return a.url; }
  std::string operator()(const model::UseTool& a) const {
    std::string out;
    for (const model::Field& field : a.input) out += (out.empty() ? "" : " ") + field.key + "=" + field.value;
    return out;
  }
};

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

std::string subject_text(const model::Call& call, std::size_t most) {
  std::string out;
  for (const model::Action& action : call.actions) {
    const std::string one = std::visit(SubjectOf{}, action);
    if (!one.empty()) out += (out.empty() ? "" : "; ") + one;
    if (out.size() > most) break;
  }
  if (out.size() <= most) return base::printable(out);
  while (most > 0 && (static_cast<unsigned char>(out[most]) & 0xC0U) == 0x80U) --most;
  return base::printable(out.substr(0, most)) + "…";
}

std::string record_text(const audit::Record& record, bool colour) {
  constexpr std::size_t kVerdict = 16, kAgent = 7;
  const model::Decision& decision = record.decision;
  std::string out = painted(second_of(record.unix_micros), Paint::faint, colour) + "  ";
  out += painted(padded(verdict_text(decision), kVerdict), paint_of(decision.would), colour) + "  ";
  out += padded(std::string(agent::name_of(record.call.agent)), kAgent) + "  " + base::printable(record.call.tool);
  if (const std::string subject = subject_text(record.call); !subject.empty()) out += "  " + subject;
  if (const model::Match* leading = decision.leading()) out += "  [" + base::printable(leading->rule) + "]";
  if (!decision.fault.empty()) out += "  [" + base::printable(decision.fault) + "]";
  return out;
}

}  // namespace belay::cli
