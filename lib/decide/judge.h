#pragma once

#include <span>
#include <string>
#include <vector>

#include "image/image.h"
#include "model/call.h"
#include "model/decision.h"
#include "model/operation.h"
#include "path/path.h"

namespace belay::decide {

/// Who is acting, by kernel fact.
struct Actor {
  std::uint32_t uid = 0;
  std::vector<std::uint32_t> groups;
  std::string user;  ///< name of uid in the password database; empty if it has none
  std::string host;
};

class Patterns;

/// One compiled policy and what it may do. Layers are ordered from the lowest (embedded) up.
///
/// The second layer, unless it is a project's, is the owner's policy: its mode is that of the packs below it as well, and its overrides may
/// relax them (never a floor rule). So may those of a layer with `may_allow`. Overrides of every other layer only tighten: a stricter
/// action, `mode = "enforce"`.
///
/// The strict profile holds when any layer says so. A rule that a layer above has again with lists of its own (policy/adopt.h) gives way
/// to that one if the layer may relax it, and stands beside it otherwise.
struct Layer {
  const image::View* image = nullptr;
  bool may_allow = false;  ///< the system layer only
  bool project = false;    ///< its texts never reach the model
  Patterns* warm = nullptr;  ///< of this image, kept from call to call (conditions.h); null: what is compiled is for one call
};

struct Question {
  const model::Call& call;
  const model::Analysis& analysis;
  const path::Places& places;
  const Actor& actor;
};

/// Which rules hold and what follows: the strictest match wins, at equal strictness the more severe, then the earlier layer. A rule that
/// holds for several operations gives one match, its strictest.
/// If an image turns out to be damaged the decision is a denial with `fault` set. Rules in observe mode count for `would` only,
/// unless they are `floor`. Opaque operations deny instead of asking when the call is unattended. An `allow` counts when allow rules speak
/// for every operation of the call (what an allowed command reads included), and is only recorded otherwise.
[[nodiscard]] model::Decision judge(const Question& question, std::span<const Layer> layers);

/// The decision for a call that could not be judged at all (see failure.h for the table).
[[nodiscard]] model::Decision refuse(std::string fault, model::Mode mode);

}  // namespace belay::decide
