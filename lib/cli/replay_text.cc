#include "cli/replay_text.h"

#include <algorithm>

#include "agent/adapter.h"
#include "audit/clock.h"
#include "base/text.h"
#include "cli/log_text.h"
#include "cli/terminal.h"
#include "history/subject.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

using history::Change;
using history::Replayed;
using history::Summary;
using model::Verdict;

std::string_view name_of(Change change) {
  switch (change) {
    case Change::same: return "same";
    case Change::stricter: return "stricter";
    case Change::looser: return "looser";
  }
  return "same";
}

void write_decision(json::Writer& w, std::string_view key, const model::Decision& decision) {
  w.key(key).begin_object().field("eff", model::name_of(decision.effective)).field("would", model::name_of(decision.would));
  if (const model::Match* leading = decision.leading()) {
    w.field("rule", leading->rule).field_if("file", leading->file).field_if("line", std::uint64_t{leading->line});
  }
  w.field_if("err", decision.fault).end_object();
}

std::string rule_of(const model::Decision& decision) {
  const model::Match* const leading = decision.leading();
  return leading == nullptr ? std::string() : " [" + base::printable(leading->rule) + "]";
}

std::string counted(std::uint64_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string transitions_text(const Summary& summary) {
  std::string out;
  for (std::size_t from = 0; from < summary.transitions.size(); ++from) {
    for (std::size_t to = 0; to < summary.transitions.size(); ++to) {
      const std::uint64_t n = summary.transitions[from][to];
      if (n == 0 || from == to) continue;
      out += "  " + std::string(model::name_of(static_cast<Verdict>(from))) + " -> " +
             std::string(model::name_of(static_cast<Verdict>(to))) + ": " + std::to_string(n) + "\n";
    }
  }
  return out;
}

std::string rules_text(const Summary& summary) {
  std::vector<std::pair<std::string_view, history::RuleCount>> rules(summary.rules.begin(), summary.rules.end());
  std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.second.matched > b.second.matched; });
  std::string out;
  for (const auto& [rule, count] : rules) {
    out += "  " + base::printable(rule) + ": " + counted(count.matched, "call") + ", decides " + std::to_string(count.led) +
           ", stricter than before " + std::to_string(count.changed) + "\n";
  }
  return out;
}

}  // namespace

std::string replayed_json(const Replayed& one) {
  std::string out;
  json::Writer w(out);
  const audit::Record& record = one.record;
  w.begin_object()
      .field("id", record.id)
      .field("ts", audit::iso_time(record.unix_micros))
      .field("agent", agent::name_of(record.call.agent));
  w.field("tool", record.call.tool).field("subject", history::subject_of(record.call));
  write_decision(w, "then", record.decision);
  write_decision(w, "now", one.decision);
  w.field("change", name_of(one.change)).field_if("doubt", history::describe(one.doubt)).end_object();
  return out + "\n";
}

std::string replayed_text(const Replayed& one, bool colour) {
  const bool stricter = one.decision.effective > one.record.decision.effective || one.change == Change::stricter;
  const Paint paint = stricter ? Paint::red : Paint::green;
  std::string out =
      painted(verdict_text(one.record.decision) + " -> " + verdict_text(one.decision), paint, colour) + rule_of(one.decision);
  if (!one.sure()) out += " (not sure: " + history::describe(one.doubt) + ")";
  const std::string subject = history::subject_of(one.record.call);
  return out + "\n    " + base::printable(one.record.call.tool) + (subject.empty() ? "" : "  ") + subject + "\n";
}

std::string summary_text(const Summary& summary) {
  std::string out = counted(summary.records, "call") + ": " + std::to_string(summary.same) + " decided as before, " +
                    std::to_string(summary.stricter) + " stricter, " + std::to_string(summary.looser) + " looser, " +
                    std::to_string(summary.unsure) + " not sure (" + std::to_string(summary.unsure_changed) +
                    " of them different)\n";
  out += "newly denied " + std::to_string(summary.newly_denied) + ", newly asked " + std::to_string(summary.newly_asked) + "\n";
  if (summary.unreadable != 0) out += counted(summary.unreadable, "line") + " could not be read as records\n";
  if (const std::string moves = transitions_text(summary); !moves.empty())
    out += "what would be decided, before and now:\n" + moves;
  if (const std::string rules = rules_text(summary); !rules.empty()) out += "rules that hold:\n" + rules;
  return out;
}

}  // namespace belay::cli
