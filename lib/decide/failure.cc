#include "decide/failure.h"

#include "decide/judge.h"

namespace belay::decide {

namespace {

enum class Observing : std::uint8_t { passes, denies };
struct Row {
  std::string_view name;
  std::string_view what;
  Observing observing;
};

/// In observe mode the call goes on and the fault is recorded, unless the fault is that nobody can say what the mode is.
Row row_of(Fault fault) {
  switch (fault) {
    case Fault::usage: return {"usage", "the hook is not registered as it should be", Observing::denies};
    case Fault::input: return {"input", "the call could not be read", Observing::passes};
    case Fault::policy: return {"policy", "the rules cannot be used", Observing::denies};
    case Fault::deadline: return {"deadline", "looking at the call took too long", Observing::passes};
    case Fault::crash: return {"crash", "belay failed while it looked at the call", Observing::passes};
    case Fault::memory: return {"memory", "belay ran out of memory", Observing::passes};
    case Fault::log: return {"log", "the call must be recorded and cannot be", Observing::passes};
    case Fault::internal: return {"internal", "belay contradicted itself", Observing::passes};
  }
  return {"internal", "belay contradicted itself", Observing::denies};
}

}  // namespace

std::string_view name_of(Fault fault) { return row_of(fault).name; }

model::Decision failure(Fault fault, const std::string& detail, std::optional<model::Mode> mode) {
  const Row row = row_of(fault);
  std::string what(row.what);
  if (!detail.empty()) what += ": " + detail;
  const bool observes = mode == model::Mode::observe && row.observing == Observing::passes;
  return refuse(std::move(what), observes ? model::Mode::observe : model::Mode::enforce);
}

model::Decision refuse(std::string fault, model::Mode mode) {
  model::Decision decision;
  decision.fault = std::move(fault);
  decision.mode = mode;
  decision.would = model::Verdict::deny;
  decision.effective = mode == model::Mode::observe ? model::Verdict::pass : model::Verdict::deny;
  return decision;
}

}  // namespace belay::decide
