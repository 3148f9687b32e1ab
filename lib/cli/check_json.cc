#include "agent/adapter.h"
#include "cli/check_report.h"
#include "cli/operation_text.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

std::string_view name_of(model::Truth truth) {
  switch (truth) {
    case model::Truth::no: return "no";
    case model::Truth::maybe: return "maybe";
    case model::Truth::yes: return "yes";
  }
  return "?";
}

void write_match(json::Writer& w, const model::Match& match, const Checked& checked) {
  w.begin_object().field("rule", match.rule).field("verdict", model::name_of(match.verdict)).field("truth", name_of(match.truth));
  w.field("severity", model::name_of(match.severity)).field("mode", model::name_of(match.mode)).field("floor", match.floor);
  w.field_if("file", match.file).field_if("line", std::uint64_t{match.line});
  if (match.operation != model::kNoOperation) w.field("operation", match.operation);
  w.field_if("summary", match.summary).field_if("instead", match.instead).field_if("effect", match.effect);
  if (checked.write_meta) {
    w.key("meta");
    checked.write_meta(w, match.rule);
  }
  w.end_object();
}

void write_answer(json::Writer& w, const Checked& checked) {
  const agent::Reply reply = agent::answer(checked.call, checked.decision, {});
  w.key("answer")
      .begin_object()
      .field("agent", agent::name_of(checked.call.agent))
      .field("exit", static_cast<std::uint64_t>(reply.exit));
  w.field_if("stdout", reply.out).field_if("stderr", reply.err).end_object();
}

}  // namespace

std::string check_json(const Checked& checked) {
  const model::Decision& decision = checked.decision;
  std::string out;
  json::Writer w(out);
  w.begin_object().field("decision", model::name_of(decision.would)).field("effective", model::name_of(decision.effective));
  w.field("mode", model::name_of(decision.mode)).field_if("fault", decision.fault);
  if (const auto* leading = decision.leading()) w.field("rule", leading->rule);
  w.key("matches").begin_array();
  for (const auto& match : decision.matches) write_match(w, match, checked);
  w.end_array().key("operations").begin_array();
  for (const auto& op : checked.analysis.operations) write_operation(w, op);
  w.end_array().key("flows").begin_array();
  for (const auto& flow : checked.analysis.flows) w.begin_array().number(flow.from).number(flow.to).end_array();
  w.end_array();
  write_answer(w, checked);
  w.key("policy").begin_object().field("origin", checked.origin).field("profile", checked.strict ? "strict" : "standard").field_if("version", decision.policy_version);
  w.field_if("hash", decision.policy_hash).end_object().end_object();
  return out + "\n";
}

}  // namespace belay::cli
