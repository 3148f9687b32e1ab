#include <array>
#include <utility>

#include "agent/adapter.h"
#include "agent/protocol.h"

namespace belay::agent {

using model::Agent;

model::Agent agent_named(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Agent>, 4> kNames{{
      {"claude", Agent::claude},
      {"codex", Agent::codex},
      {"gemini", Agent::gemini},
      {"copilot", Agent::copilot},
  }};
  for (const auto& [known, agent] : kNames) {
    if (name == known) return agent;
  }
  return Agent::unknown;
}

std::string_view name_of(model::Agent agent) {
  switch (agent) {
    case Agent::unknown: return "unknown";
    case Agent::claude: return "claude";
    case Agent::codex: return "codex";
    case Agent::gemini: return "gemini";
    case Agent::copilot: return "copilot";
    case Agent::copilot_pascal: return "copilot-pascal";
  }
  return "unknown";
}

const Protocol& protocol_of(model::Agent agent) {
  switch (agent) {
    case Agent::unknown: return foreign();
    case Agent::claude: return claude();
    case Agent::codex: return codex();
    case Agent::gemini: return gemini();
    case Agent::copilot: return copilot();
    case Agent::copilot_pascal: return copilot_pascal();
  }
  return foreign();
}

bool precedes_nothing(std::string_view event_name) {
  bool known = false;
  for (const Protocol* protocol : {&claude(), &codex(), &gemini(), &copilot(), &copilot_pascal(), &foreign()}) {
    for (const EventName& event : protocol->events) {
      if (event.name != event_name) continue;
      if (event.event != model::Event::other) return false;
      known = true;
    }
  }
  return known;
}

std::string_view name_of(Word word) {
  switch (word) {
    case Word::allow: return "allow";
    case Word::ask: return "ask";
    case Word::deny: return "deny";
  }
  return "deny";
}

}  // namespace belay::agent
