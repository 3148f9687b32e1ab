#include "command/invocation.h"

namespace belay::command {

bool nothing_known(const Text& code) {
  return code.view().find_first_not_of(std::string_view("\0 \t\n\"'", 6)) == std::string_view::npos;
}

model::OpaqueReason reason_of(Taint taint, model::OpaqueReason otherwise) {
  if (taint.network) return model::OpaqueReason::download_and_run;
  return taint.decoded ? model::OpaqueReason::decode_and_run : otherwise;
}

ShellKind shell_kind(std::string_view program) {
  if (program == "dash") return ShellKind::dash;
  if (program == "zsh") return ShellKind::zsh;
  if (program == "csh" || program == "tcsh") return ShellKind::csh;
  for (const std::string_view bash : {"bash", "rbash", "ksh", "mksh", "oksh", "yash", "ssh", "fish", "nu", "elvish", "xonsh"}) {
    if (program == bash) return ShellKind::bash;
  }
  return ShellKind::any;
}

}  // namespace belay::command
