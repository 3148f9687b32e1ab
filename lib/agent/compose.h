#pragma once

#include <string>
#include <string_view>

#include "agent/adapter.h"
#include "agent/protocol.h"
#include "model/call.h"
#include "model/decision.h"

namespace belay::agent {

/// What the policy wants and what the agent lets us say: an `ask` that the agent cannot express is said as `deny`.
struct Saying {
  Word wanted = Word::deny;
  Word said = Word::deny;
};

/// The text that goes with an answer: for the model when it is a denial, for the person at the prompt when it is a question.
[[nodiscard]] std::string compose(const model::Call& call, const model::Decision& decision, Saying saying);

}  // namespace belay::agent
