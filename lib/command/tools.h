#pragma once

#include "command/evaluator.h"
#include "model/call.h"

namespace belay::command {

/// Operations of one action of a call: a shell command, a file tool, a request, a tool of an MCP server.
void apply_action(const model::Action& action, const Text& cwd, Evaluator& evaluator);

}  // namespace belay::command
