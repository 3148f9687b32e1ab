#pragma once

#include <optional>
#include <string>

#include "model/decision.h"

/// What belay answers when it could not judge a call: one table, so that no path through the program can forget a row.
namespace belay::decide {

enum class Fault : std::uint8_t {
  usage,     ///< the hook was started with options that it does not have
  input,     ///< the payload is not what an agent sends
  policy,    ///< untrusted, unreadable or damaged rules
  deadline,  ///< out of time
  crash,     ///< a signal, an exception that nobody caught
  memory,    ///< none left
  log,       ///< a call that must be recorded cannot be
  internal,  ///< a broken invariant of our own
};
[[nodiscard]] std::string_view name_of(Fault fault);

/// `mode`: as an intact, trusted policy says it; nothing when it was not known yet, which means enforce.
[[nodiscard]] model::Decision failure(Fault fault, const std::string& detail, std::optional<model::Mode> mode);

}  // namespace belay::decide
