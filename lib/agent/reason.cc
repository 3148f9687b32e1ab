#include <string>

#include "agent/adapter.h"
#include "agent/compose.h"
#include "base/text.h"

namespace belay::agent {

namespace {

using model::Decision;
using model::Match;
using model::Verdict;

constexpr std::size_t kLongest = 2000;
constexpr std::size_t kLongestPart = 500;

/// Harmless to show and of bounded length.
std::string shown(std::string_view s) {
  std::string out = base::printable(base::trim(s.substr(0, kLongestPart)));
  if (s.size() > kLongestPart) out += "…";
  while (out.ends_with('.')) out.pop_back();
  return out;
}

/// What the call is about, when no rule says it better.
std::string subject(const model::Call& call) { return call.tool.empty() ? "the call" : "this use of " + shown(call.tool); }

/// "deletes /home/dev and everything below it: one command deletes the home folder". Rules of the project layer have no texts here.
std::string finding(const model::Call& call, const Match& match) {
  const std::string effect = shown(match.effect);
  const std::string summary = shown(match.summary);
  std::string out = effect.empty() || summary.empty() ? effect + summary : effect + ": " + summary;
  if (out.empty()) out = subject(call) + " is against a rule of this project";
  if (match.truth == model::Truth::maybe) out += " (it cannot be ruled out before the call runs)";
  return out;
}

/// `[rule a]`, `[rules a, b, c and 2 more]`: those that ask for at least what was decided.
std::string rules(const Decision& decision, Verdict least) {
  constexpr std::size_t kNamed = 3;
  std::string names;
  std::size_t count = 0;
  for (const Match& match : decision.matches) {
    if (match.verdict < least || match.rule.empty()) continue;
    const std::string name = shown(match.rule);
    if (names.find(name) != std::string::npos || ++count > kNamed) continue;
    names += (names.empty() ? "" : ", ") + name;
  }
  if (count == 0) return {};
  if (count > kNamed) names += " and " + std::to_string(count - kNamed) + " more";
  return (count == 1 ? " [rule " : " [rules ") + names + "]";
}

std::string opening(Saying saying) {
  if (saying.said == Word::ask) return "belay asks before this call: ";
  if (saying.said == Word::allow) return "belay allows this call: ";
  if (saying.wanted == Word::ask) return "belay refused this call, which needs the user's consent and cannot be asked for here: ";
  return "belay refused this call: ";
}

std::string ending(Saying saying, bool fault) {
  if (saying.said != Word::deny) return {};
  if (fault) return " Tell the user: `belay doctor` shows what is wrong. " + std::string(kNoOtherWay);
  if (saying.wanted == Word::ask) {
    return " Do not look for another way to the same effect: ask the user, who can run it in a terminal.";
  }
  return " " + std::string(kNoOtherWay);
}

void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
}

}  // namespace

std::string compose(const model::Call& call, const model::Decision& decision, Saying saying) {
  const bool fault = !decision.fault.empty();
  const Match* const leading = decision.leading();
  std::string middle;
  if (fault) middle = "it could not be checked: " + shown(decision.fault);
  else if (leading != nullptr) middle = finding(call, *leading) + rules(decision, decision.effective);
  else middle = subject(call) + " is against the policy";
  middle += '.';
  if (!fault && leading != nullptr && !leading->instead.empty()) middle += " Instead: " + shown(leading->instead) + ".";

  const std::string last = ending(saying, fault);
  std::string text = opening(saying) + middle;
  cut(text, kLongest - last.size());
  return text + last;
}

std::string reason_text(const model::Call& call, const model::Decision& decision) {
  switch (decision.effective) {
    case Verdict::pass:
    case Verdict::log: return {};
    case Verdict::allow: return compose(call, decision, {Word::allow, Word::allow});
    case Verdict::ask: {
      const bool asks = protocol_of(call.agent).asking == Asking::always;
      return compose(call, decision, {Word::ask, asks ? Word::ask : Word::deny});
    }
    case Verdict::deny: break;
  }
  return compose(call, decision, {Word::deny, Word::deny});
}

}  // namespace belay::agent
