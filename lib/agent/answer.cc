#include "agent/adapter.h"
#include "agent/compose.h"
#include "agent/protocol.h"
#include "base/text.h"

namespace belay::agent {

namespace {

using model::Call;
using model::Decision;
using model::Event;
using model::Verdict;

/// Text on stderr and the blocking code: what every agent understands, in whatever dialect it speaks.
Reply blocked(std::string out, std::string_view reason) {
  if (!out.empty()) out += '\n';
  return {std::move(out), std::string(reason) + '\n', kBlockingExit};
}

Reply said(std::string out) { return {std::move(out) + '\n', {}, 0}; }

Reply refusal(const Protocol& protocol, const Call& call, const Decision& decision, Word wanted) {
  const std::string reason = compose(call, decision, {wanted, Word::deny});
  switch (call.event) {
    case Event::tool: return blocked(protocol.on_tool == nullptr ? "" : protocol.on_tool(Word::deny, reason), reason);
    case Event::permission: {
      std::string out = protocol.on_permission == nullptr ? "" : protocol.on_permission(Word::deny, reason);
      return protocol.permission_by_exit ? blocked(std::move(out), reason) : said(std::move(out));
    }
    case Event::unknown: return blocked({}, reason);  // which shape this event wants is not known
    case Event::other: break;
  }
  return {};
}

bool can_ask(const Protocol& protocol, const Call& call, const Terminal& terminal) {
  if (call.event != Event::tool || protocol.on_tool == nullptr) return false;
  switch (protocol.asking) {
    case Asking::always: return true;
    case Asking::on_terminal: return terminal.can_ask;
    case Asking::never: break;
  }
  return false;
}

Reply question(const Protocol& protocol, const Call& call, const Decision& decision, const Terminal& terminal) {
  if (call.event == Event::permission) return {};  // the agent is about to ask by itself
  if (!can_ask(protocol, call, terminal)) return refusal(protocol, call, decision, Word::ask);
  return said(protocol.on_tool(Word::ask, compose(call, decision, {Word::ask, Word::ask})));
}

Reply permission(const Protocol& protocol, const Call& call, const Decision& decision) {
  if (!protocol.can_allow) return {};
  const std::string reason = compose(call, decision, {Word::allow, Word::allow});
  if (call.event == Event::tool && protocol.on_tool != nullptr) return said(protocol.on_tool(Word::allow, reason));
  if (call.event == Event::permission && protocol.on_permission != nullptr)
    return said(protocol.on_permission(Word::allow, reason));
  return {};
}

}  // namespace

Reply answer(const model::Call& call, const model::Decision& decision, const Terminal& terminal) {
  if (call.event == Event::other) return {};
  const Protocol& protocol = protocol_of(call.agent);
  switch (decision.effective) {
    case Verdict::pass:
    case Verdict::log: return {};
    case Verdict::allow: return permission(protocol, call, decision);
    case Verdict::ask: return question(protocol, call, decision, terminal);
    case Verdict::deny: return refusal(protocol, call, decision, Word::deny);
  }
  return {};
}

Reply refuse(std::string_view reason) {
  constexpr std::size_t kLongest = 1500;
  const std::string shown = base::printable(base::trim(reason.substr(0, kLongest)));
  return blocked({}, std::string(kRefused) + (shown.empty() ? std::string("it could not be checked") : shown) + ". " +
                         std::string(kNoOtherWay));
}

}  // namespace belay::agent
