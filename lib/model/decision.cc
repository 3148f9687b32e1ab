#include "model/decision.h"

namespace belay::model {

std::string_view name_of(Verdict v) {
  switch (v) {
    case Verdict::pass: return "pass";
    case Verdict::log: return "log";
    case Verdict::allow: return "allow";
    case Verdict::ask: return "ask";
    case Verdict::deny: return "deny";
  }
  return "?";
}

std::string_view name_of(Severity s) {
  switch (s) {
    case Severity::low: return "low";
    case Severity::medium: return "medium";
    case Severity::high: return "high";
    case Severity::critical: return "critical";
  }
  return "?";
}

std::string_view name_of(Mode m) {
  switch (m) {
    case Mode::enforce: return "enforce";
    case Mode::observe: return "observe";
  }
  return "?";
}

}  // namespace belay::model
