// What an agent sends: the first byte says which agent the hook was registered for. A payload is refused or becomes a call; whatever is answered
// has the exit code and the JSON that the agent expects.
#include <array>

#include "agent/adapter.h"
#include "json/reader.h"
#include "shipped.h"

using namespace belay;

namespace {

using model::Verdict;

void check_reply(const agent::Reply& reply, Verdict verdict) {
  if (!reply.out.empty()) fuzz::check(json::Document::parse(reply.out).has_value());
  if (verdict == Verdict::deny) fuzz::check(reply.exit == agent::kBlockingExit && !reply.err.empty());
  if (verdict == Verdict::pass) fuzz::check(reply.exit == 0 && reply.out.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto named = static_cast<model::Agent>(data[0] % 6);
  const std::string payload = fuzz::bytes_of(data + 1, size - 1);
  auto call = agent::read_call(payload, named);
  if (!call) {
    check_reply(agent::refuse(call.error().what), Verdict::deny);
    return 0;
  }
  agent::settle_folders(*call, "/home/dev/project");
  if (call->event == model::Event::other) fuzz::check(call->actions.empty());
  for (const Verdict verdict : {Verdict::pass, Verdict::ask, Verdict::deny}) {
    model::Decision decision;
    decision.effective = decision.would = verdict;
    model::Match match;
    match.rule = "p.a";
    match.verdict = verdict;
    match.effect = payload.substr(0, 200);
    if (verdict != Verdict::pass) decision.matches.push_back(match);
    fuzz::check(agent::reason_text(*call, decision).size() <= 2000);
    if (call->event == model::Event::tool) check_reply(agent::answer(*call, decision, {}), verdict);
  }
  return 0;
}
