#include "command/invocation.h"

namespace belay::command {

bool nothing_known(const Text& code) {
  return code.view().find_first_not_of(std::string_view("\0 \t\n\"'", 6)) == std::string_view::npos;
}

model::OpaqueReason reason_of(Taint taint, model::OpaqueReason otherwise) {
  if (taint.network) return model::OpaqueReason::download_and_run;
  return taint.decoded ? model::OpaqueReason::decode_and_run : otherwise;
}

Input behind(const Input& before, Input content) {
  Text all = before.text.value_or(Text());
  if (before.hidden()) all.append_hole(model::HoleTrait::any), all.append("\n");
  if (content.text) all.append(*content.text);
  else if (content.hidden()) all.append_hole(model::HoleTrait::any);
  if (before.text || content.text) content.text = std::move(all);
  content.decoded = content.decoded || before.decoded;
  if (before.kind == model::StdinKind::network) content.kind = before.kind;
  return content;
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
