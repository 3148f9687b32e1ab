#include "cli/check_report.h"

#include "agent/adapter.h"
#include "base/text.h"
#include "cli/operation_text.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

using model::Match;
using model::Verdict;

Paint paint_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::deny: return Paint::red;
    case Verdict::ask: return Paint::yellow;
    case Verdict::pass:
    case Verdict::log:
    case Verdict::allow: return Paint::green;
  }
  return Paint::bold;
}

std::string place_of(const Match& match) {
  return match.file.empty() ? "" : base::printable(match.file) + ":" + std::to_string(match.line);
}

std::string headline(const model::Decision& decision, bool colour) {
  std::string out = painted(base::upper(model::name_of(decision.would)), paint_of(decision.would), colour);
  if (const Match* leading = decision.leading()) {
    out += "  " + base::printable(leading->rule) + "  (" + std::string(model::name_of(leading->severity)) + ")";
  }
  if (decision.effective != decision.would) {
    out += "  [observing: the agent is told " +
           std::string(decision.effective == Verdict::pass ? "nothing" : model::name_of(decision.effective)) + "]";
  }
  return out + "\n";
}

void append_match(std::string& out, const Match& match) {
  const auto line = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) out += "  " + std::string(name) + text + "\n";
  };
  line("effect   ", base::printable(match.effect));
  line("because  ", base::printable(match.summary));
  line("instead  ", base::printable(match.instead));
  line("rule     ", place_of(match));
  if (match.truth == model::Truth::maybe)
    line("not sure ", "a part that is only known when it runs decides; see `unsure` of the rule");
}

void append_operations(std::string& out, const Checked& checked, bool explain) {
  if (checked.analysis.operations.empty()) {
    out += "operations: none\n";
    return;
  }
  out += "operations:\n";
  std::size_t number = 0;
  for (const auto& op : checked.analysis.operations) {
    out += "  " + std::to_string(number++) + "  " + operation_line(op) + "\n";
    if (explain && !op.why.empty()) out += "     " + base::printable(op.why) + "\n";
  }
  if (!explain) return;
  for (const auto& flow : checked.analysis.flows) {
    out += "  data of " + std::to_string(flow.from) + " reaches " + std::to_string(flow.to) + "\n";
  }
}

void append_matches(std::string& out, const Checked& checked) {
  out += "matches:\n";
  for (const Match& match : checked.decision.matches) {
    out += "  " + std::string(model::name_of(match.verdict)) + "  " + base::printable(match.rule) + "  " + place_of(match);
    if (match.operation != model::kNoOperation) out += "  operation " + std::to_string(match.operation);
    if (match.truth == model::Truth::maybe) out += "  maybe";
    if (match.mode == model::Mode::observe) out += "  observing";
    out += "\n";
  }
}

void append_answer(std::string& out, const Checked& checked) {
  const agent::Reply reply = agent::answer(checked.call, checked.decision, {});
  out +=
      "the agent (" + std::string(agent::name_of(checked.call.agent)) + ") gets: exit code " + std::to_string(reply.exit) + "\n";
  if (!reply.out.empty()) out += "  stdout  " + base::printable(base::trim(reply.out)) + "\n";
  if (!reply.err.empty()) out += "  stderr  " + base::printable(base::trim(reply.err)) + "\n";
}

}  // namespace

std::string check_text(const Checked& checked, const CheckStyle& style) {
  std::string out = headline(checked.decision, style.colour);
  if (!checked.decision.fault.empty()) out += "  fault    " + base::printable(checked.decision.fault) + "\n";
  if (const Match* leading = checked.decision.leading()) append_match(out, *leading);
  append_operations(out, checked, style.explain);
  if (!style.explain) return out;
  if (!checked.decision.matches.empty()) append_matches(out, checked);
  append_answer(out, checked);
  out += "policy: " + checked.origin + ", " + std::string(model::name_of(checked.decision.mode)) +
         (checked.strict ? ", strict" : "") + "\n";
  return out;
}

}  // namespace belay::cli
