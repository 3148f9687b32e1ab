#include "cli/check_call.h"

#include "agent/adapter.h"
#include "cli/machine.h"
#include "json/reader.h"
#include "rulekit/case_world.h"

namespace belay::cli {

namespace {

/// The same invention of a call that rule cases use; only its actions count here.
base::Result<model::Call> invented(const CheckRequest& request) {
  policy::Case one;
  one.agent = request.agent;
  one.cwd = request.cwd;
  if (!request.tool.empty()) {
    if (const auto input = json::Document::parse(request.input); !input) {
      return base::fail(input.error().code, "--input: " + input.error().what);
    }
    one.kind = policy::Case::Kind::tool;
    one.tool = request.tool;
    one.input_json = request.input;
  } else if (!request.path.empty()) {
    one.kind = policy::Case::Kind::path;
    one.path = request.path;
    one.access = request.access;
  } else {
    one.run = request.command;
  }
  BELAY_TRY(auto scene, rulekit::scene_of(one));
  return std::move(scene.call);
}

}  // namespace

base::Result<model::Call> call_of(const CheckRequest& request, const std::string& payload_text) {
  model::Call call;
  if (request.payload) {
    BELAY_TRY(call, agent::read_call(payload_text, agent::agent_named(request.agent)));
    agent::settle_folders(call, process_folder());
  } else {
    BELAY_TRY(call, invented(request));
    if (!request.argv.empty()) call.actions = {model::RunArgv{request.argv}};
    call.project = process_folder();
    call.cwd = call.project;
    call.session.clear();
  }
  if (!request.cwd.empty()) {
    call.cwd = request.cwd;
    call.project = request.cwd;
  }
  call.unattended = call.unattended || request.unattended;
  return call;
}

}  // namespace belay::cli
