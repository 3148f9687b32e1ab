#pragma once

#include <string>
#include <string_view>

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

inline constexpr std::string_view kNoOtherWay =
    "This is final for this task: do not look for another way to the same effect; tell the user and let them decide.";

}  // namespace belay::agent
