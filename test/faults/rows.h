#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents.h"
#include "child.h"

/// What is done to a hook, and how it must answer.
namespace belay::faults {

/// Whatever happens, a hook must end by itself and in time with one of two answers:
///
///   block   stops the call in every agent: exit 2, a reason in plain text on stderr, on stdout nothing or the agent's own denial
///   silent  exit 0, nothing written: where no tool call follows, or where nothing is wrong with the call
enum class Answer : unsigned char { block, held, silent, either, code_only };

struct Row {
  std::string name;
  Start start;
  Answer expected = Answer::block;
  const Agent* agent = &kAgents[0];  ///< whose call it is; null: nobody can tell, so every agent must be stopped
  std::string never = {};            ///< what must not stand in the reason
};

struct Group {
  const char* name;
  std::vector<Row> rows;
};

/// Ways to start, to feed and to bother a hook, each for a call of every agent. `is_static`: no loader has to open and map files first.
[[nodiscard]] std::vector<Group> agent_groups(bool is_static);
/// Limits as small as they get, and how much memory is enough.
[[nodiscard]] std::vector<Group> limit_groups(const std::string& program, bool is_static);

}  // namespace belay::faults
