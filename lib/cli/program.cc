#include "cli/program.h"

#include "cli/terminal.h"

namespace belay::cli {

trust::Installation installation_or_stop(const trust::Account* account) {
  return value_or_stop(trust::find_installation(account), ExitCode::policy);
}

PolicyStore policy_or_stop(const Program& program, const trust::Account* account, const std::string& project) {
  PolicyRequest request;
  request.embedded = program.embedded;
  request.installation = installation_or_stop(account);
  request.given = program.policy;
  request.project = project;
  base::Diagnostics diagnostics;
  auto store = open_policy(request, diagnostics);
  complain(diagnostics);
  return value_or_stop(std::move(store), ExitCode::policy);
}

}  // namespace belay::cli
