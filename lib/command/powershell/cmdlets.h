#pragma once

#include "command/powershell/binding.h"

/// Cmdlets that knowledge alone cannot describe: they run code, bind names, or put out values that later commands use.
namespace belay::command::powershell {

struct CmdletCall {
  const Bound& bound;
  const Call& call;
  Session& session;
};

struct Cmdlet {
  std::string_view name;
  Value (*run)(const CmdletCall&);
  bool is_command = true;  ///< it is an exec operation as well
};

/// Null: nothing but what knowledge says.
[[nodiscard]] const Cmdlet* cmdlet_behaviour(std::string_view cmdlet);

}  // namespace belay::command::powershell
